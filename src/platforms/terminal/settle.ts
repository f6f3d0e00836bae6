import type { Considered, Desk } from '../../intake/desk.ts';
import { type Decided, type Incoming, NEW_PERSON, type Taken } from '../../intake/incoming.ts';
import { nameOf } from '../../intake/record.ts';
import { literal } from '../../message/literal.ts';
import { sideBySide } from './side-by-side.ts';
import { recognisedInWords, takenInWords } from './taken.ts';

/** Somebody at a terminal. */
export interface Person {
  print(text: string): void;
  /** What they typed, trimmed; undefined where they left. */
  ask(question: string): Promise<string | undefined>;
  width: number;
}

/** Shows what a document became, asks for what is missing and whether to store it. Returns what became of each question. */
export async function settle(incoming: Incoming, decided: Decided, desk: Desk, person: Person): Promise<(Taken | undefined)[]> {
  const results: (Taken | undefined)[] = [];
  const first = await desk.consider(incoming, decided);
  for (const [at, looked] of first.entries()) {
    person.print(`${shown(looked, person.width)}\n${recognisedInWords(looked)}`);
    if (looked.draft.outcome === 'refused') {
      results.push({ outcome: 'refused', reasons: looked.draft.reasons });
      continue;
    }
    const completed = await complete(looked, decided, person);
    const settled = completed === decided ? looked : ((await desk.consider(incoming, completed))[at] ?? looked);
    if (settled.reasons.length > 0)
      person.print(`To decide:\n${settled.reasons.map((reason) => `  - ${literal(reason)}`).join('\n')}\n`);
    const canStore = settled.made.outcome === 'complete';
    const answer = await person.ask(
      canStore ? 'Store it? [y]es, keep for [r]eview, [N]othing: ' : 'Keep it for review? [r]eview, [N]othing: ',
    );
    const wanted = answer?.toLowerCase().charAt(0);
    if (wanted === 'y' && canStore) results.push(await desk.put(settled, true));
    else if (wanted === 'r')
      results.push(
        await desk.put({ ...settled, reasons: settled.reasons.length > 0 ? settled.reasons : ['kept for review by hand'] }),
      );
    else results.push(undefined);
    const last = results.at(-1);
    person.print(last === undefined ? 'Nothing was stored.' : takenInWords(last));
  }
  return results;
}

function shown({ draft }: Considered, width: number): string {
  const responses = draft.responses.map((response) => ({ ...response, by: nameOf(response) }));
  return `${sideBySide({ ...draft, responses }, width)}\nOutcome: ${draft.outcome}${draft.reasons.length === 0 ? '' : ` — ${literal(draft.reasons.join('; '))}`}`;
}

/** Asks for each thing that only a person knows. Enter leaves it as it is. */
async function complete({ draft, made, recognised }: Considered, decided: Decided, person: Person): Promise<Decided> {
  const found: Decided = { ...decided };
  if (decided.date === undefined && draft.date?.year === undefined) {
    const date = await person.ask(
      'Date of the Q&A, such as 2019-04-18 (a ? after a piece that is inferred; Enter: leave it open): ',
    );
    if (date) found.date = date;
  }
  if (decided.topics === undefined) {
    const proposed = made.proposals.topics;
    const topics = await person.ask(
      `Topics, with commas${proposed.length === 0 ? '' : ` (Enter: ${literal(proposed.join(', '))})`}: `,
    );
    if (topics) found.topics = list(topics);
    else if (topics === '' && proposed.length > 0) found.topics = proposed;
  }
  if (decided.countries === undefined && made.proposals.countries.length > 0) {
    const proposed = made.proposals.countries;
    const countries = await person.ask(`Countries, with commas (Enter: ${proposed.join(', ')}; - for none): `);
    if (countries !== undefined)
      found.countries = countries === '' ? proposed : countries === '-' ? [] : list(countries.toUpperCase());
  }
  for (const { display, sameName } of made.proposals.persons) {
    const [on] = sameName;
    if (on === undefined || (decided.same?.[display] ?? recognised[display]) !== undefined) continue;
    const same = await person.ask(`Is ${literal(display)} the person on file as “${on}”? [y]es, [n]o, Enter: leave it open: `);
    const answer = same?.toLowerCase().charAt(0);
    if (answer === 'y' || answer === 'n') found.same = { ...found.same, [display]: answer === 'y' ? on : NEW_PERSON };
  }
  const same = JSON.stringify(found) === JSON.stringify(decided);
  return same ? decided : found;
}

const list = (typed: string): string[] =>
  typed
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
