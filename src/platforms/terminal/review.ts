import type { Desk } from '../../intake/desk.ts';
import type { Decided } from '../../intake/incoming.ts';
import { literal } from '../../message/literal.ts';
import { sideBySide } from './side-by-side.ts';
import { takenInWords } from './taken.ts';

export interface Reviewing {
  desk: Desk;
  print: (line: string) => void;
  width: number;
}

/** Prints everything that waits, one line each with its first reason. */
export async function listWaiting({ desk, print }: Reviewing): Promise<void> {
  const all = await desk.waiting();
  if (all.length === 0) print('Nothing waits for review.');
  for (const { key, collection, record } of all) {
    const reason = record.draft.reasons[0] ?? (await desk.problems(key))[0] ?? 'ready to be accepted';
    print(`${key}  ${collection}  ${record.on}  ${literal(record.name)}  ${literal(clipped(reason))}`);
  }
  if (all.length > 0) print('\nbriefdesk review show KEY · edit KEY · accept KEY · reject KEY');
}

const SHOWN = 80;
const clipped = (text: string): string => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN).trimEnd()} […]`);

/** Prints the source beside what was made of it, then the draft as it stands in its file. */
export async function showWaiting(key: string, { desk, print, width }: Reviewing): Promise<void> {
  const { file, text, record } = await desk.waitingUnder(key);
  print(sideBySide(record.draft, width));
  print(`${file}\n\n${literal(text)}`);
  print(`briefdesk review edit ${key} · accept ${key} · reject ${key}`);
}

/** Stores what waits; resolves to the exit code: 0 stored, 3 it still has problems, which are printed. */
export async function acceptWaiting(key: string, same: Decided['same'], { desk, print }: Reviewing): Promise<0 | 3> {
  const accepted = await desk.accept(key, same);
  if (accepted.outcome !== 'problems') {
    print(takenInWords(accepted));
    return 0;
  }
  print(
    `It cannot be stored yet:\n${accepted.problems.map((problem) => `  - ${literal(problem)}`).join('\n')}\nbriefdesk review edit ${key}`,
  );
  return 3;
}
