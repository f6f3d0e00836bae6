import { fold } from '../../search/tokens.ts';
import { countryNames } from '../countries.ts';
import type { RespondentsFile } from '../schema.ts';
import type { Draft, DraftPerson } from './model.ts';
import { countryCodes } from './not-persons.ts';

export interface PersonProposal {
  id: string;
  display: string;
  sort?: string;
  /** Ids on file under the same name: an editor decides whether one of them is this person. */
  sameName: string[];
}

export interface Proposals {
  topics: string[];
  countries: string[];
  /** Pieces of the source, verbatim, that would do as a headline. */
  headlines: string[];
  persons: PersonProposal[];
}

const MAX_COUNTRIES = 40;
let names: { code: string; name: string }[] | undefined;

/** What an editor may accept: topics of the vocabulary and countries that the draft names, persons new or of a known name. */
export function propose(draft: Draft, vocabulary: readonly string[], known: RespondentsFile): Proposals {
  const asked = [draft.title, draft.question.text].filter((text) => text !== undefined).join('\n');
  const said = draft.responses.flatMap((one) => one.paragraphs.map((paragraph) => paragraph.text)).join('\n');
  const headlines = [draft.title, ...draft.question.parts].filter(
    (text): text is string => text !== undefined && text.length <= 120 && text.split(/\s+/).length <= 12 && !text.includes('\n'),
  );
  return {
    topics: topicsIn(asked, said, vocabulary),
    countries: countriesIn(`${asked}\n${draft.introduction ?? ''}`),
    headlines: [...new Set(headlines)],
    persons: personsOf(draft, known),
  };
}

/** Topics whose words the question holds; those of the responses only where the question has none. */
function topicsIn(asked: string, said: string, vocabulary: readonly string[]): string[] {
  const within = (text: string) => {
    const words = ` ${fold(text)} `;
    return vocabulary.filter((topic) => fold(topic) !== '' && words.includes(` ${fold(topic)} `)).slice(0, 12);
  };
  const found = within(asked);
  return found.length > 0 ? found : within(said);
}

/** Countries whose names a text holds, in English, Spanish or Portuguese; names are proper nouns, so capitals count. */
export function countriesIn(text: string): string[] {
  names ??= countryCodes().flatMap((code) =>
    countryNames(code)
      .filter((name) => name.length > 3)
      .map((name) => ({ code, name })),
  );
  const found = new Map<string, number>();
  for (const { code, name } of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(at + name.length))) continue;
      found.set(code, Math.min(found.get(code) ?? at, at));
      break;
    }
  }
  if (/\bU\.S\.(?!\p{L})|\bEE\. ?UU\.|\bEUA\b/u.test(text) && !found.has('US')) found.set('US', text.length);
  return [...found]
    .sort((a, b) => a[1] - b[1])
    .map(([code]) => code)
    .slice(0, MAX_COUNTRIES);
}

function personsOf(draft: Draft, known: RespondentsFile): PersonProposal[] {
  const persons = new Map<string, DraftPerson>();
  for (const person of draft.responses.flatMap((one) => one.respondents)) {
    if (!persons.has(fold(person.display))) persons.set(fold(person.display), person);
  }
  const taken = new Set(Object.keys(known));
  return [...persons].map(([folded, person]) => {
    const sameName = Object.entries(known)
      .filter(([, held]) => fold(held.name) === folded || held.variants?.some((one) => fold(one.name) === folded))
      .map(([id]) => id);
    const id = freeId(slugOf(person.display), taken);
    taken.add(id);
    return { id, display: person.display, ...(person.sort === undefined ? {} : { sort: person.sort }), sameName };
  });
}

/** Lower-case letters, digits and hyphens out of a name or title. */
export const slugOf = (text: string, max = 60): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, max)
    .replace(/^-+|-+$/g, '') || 'unnamed';

export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}
