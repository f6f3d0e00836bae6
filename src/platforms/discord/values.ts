import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Invocation } from '../../command.ts';
import { type ActionEncoder, decodeAction, encodeAction } from '../../message/actions.ts';
import type { DiscordStore } from '../../store/discord.ts';

export type Run = Pick<Invocation, 'command' | 'options'>;

const STORED = 'stored:';
const run = z.tuple([z.string(), z.record(z.string(), z.string())]);

/** Ids for the buttons and choices of one answer; what has no room in an id must be stored before the message is sent. */
export interface Values {
  encode: ActionEncoder;
  store(store: Pick<DiscordStore, 'putAction'>): Promise<void>;
}

export function createValues(): Values {
  const long = new Map<string, string>();
  return {
    encode({ command, options }) {
      const short = encodeAction({ command, options });
      if (short !== undefined) return short;
      const json = JSON.stringify([command, options]);
      const id = createHash('sha256').update(json).digest('base64url').slice(0, 22);
      long.set(id, json);
      return `${STORED}${id}`;
    },
    async store(store) {
      for (const [id, json] of long) await store.putAction(id, json);
    },
  };
}

/** What a button or a choice does; undefined where its id is none of ours. */
export async function readValue(value: string, store: Pick<DiscordStore, 'action'>): Promise<Run | undefined> {
  if (!value.startsWith(STORED)) return decodeAction(value);
  const json = await store.action(value.slice(STORED.length));
  if (json === undefined) return undefined;
  const { data } = run.safeParse(JSON.parse(json));
  return data && { command: data[0], options: data[1] };
}
