import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../errors.ts';

/** A JSON Lines file on its way into a collection: nobody sees it before it is whole. */
export interface LinesFile {
  add(value: unknown): Promise<void>;
  /** Puts it in its place under a name that is free; returns that, relative to the data folder. */
  finish(): Promise<string>;
  /** Leaves nothing behind, unless it is in its place. */
  discard(): Promise<void>;
}

const CHARS_A_WRITE = 500_000;

/** Throws OperatorError, as do its functions, where the folder cannot be written. */
export async function openLinesFile(folder: string, collection: string, name: string): Promise<LinesFile> {
  const path = join(folder, collection, `.${name}.jsonl.part`);
  const failed = (cause: unknown): never => {
    throw new OperatorError(
      `${path} cannot be written: let the process write in the content folder, and see that the disk has room.`,
      {
        cause,
      },
    );
  };
  const file = await open(path, 'w').catch(failed);
  let pending = '';

  async function flush(): Promise<void> {
    await file.writeFile(pending).catch(failed);
    pending = '';
  }

  return {
    async add(value) {
      pending += `${JSON.stringify(value)}\n`;
      if (pending.length >= CHARS_A_WRITE) await flush();
    },
    async finish() {
      await flush();
      await file.sync().catch(failed);
      await file.close();
      for (let n = 1; ; n += 1) {
        const placed = `${collection}/${name}${n === 1 ? '' : `-${n}`}.jsonl`;
        if (existsSync(join(folder, placed))) continue;
        await rename(path, join(folder, placed)).catch(failed);
        return placed;
      }
    },
    async discard() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
