/** How far long work has come: one line that is written over on a terminal, a line now and then elsewhere. */
export interface Progress {
  /** `total` where it is known. */
  show(done: number, total: number | undefined, words: string): void;
  end(): void;
}

const EVERY_MS = 100;
const EVERY = 1000;

export function createProgress(
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number },
  now: () => number,
): Progress {
  const started = now();
  let last = Number.NEGATIVE_INFINITY;
  let isOpen = false;

  return {
    show(done, total, words) {
      if (output.isTTY !== true) {
        if (done % EVERY === 0) output.write(`${counted(done, total)} · ${words}\n`);
        return;
      }
      if (now() - last < EVERY_MS && done !== total) return;
      last = now();
      isOpen = true;
      const line = [bar(done, total), counted(done, total), words, remaining(done, total, now() - started)]
        .filter((piece) => piece !== '')
        .join(' · ');
      output.write(`\r${line.slice(0, (output.columns ?? 80) - 1)}\u001b[K`);
    },
    end() {
      if (isOpen) output.write('\r\u001b[K');
      isOpen = false;
    },
  };
}

const WIDTH = 20;
const bar = (done: number, total: number | undefined): string => {
  if (total === undefined || total === 0) return '';
  const full = Math.round((Math.min(done, total) / total) * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
};
const counted = (done: number, total: number | undefined): string =>
  total === undefined ? done.toLocaleString('en') : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;

function remaining(done: number, total: number | undefined, ms: number): string {
  if (total === undefined || done === 0 || ms < 3000) return '';
  const seconds = Math.ceil(((ms / done) * (total - done)) / 1000);
  return seconds < 60 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}
