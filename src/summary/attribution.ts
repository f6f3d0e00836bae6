import { type Availability, WITH_TEXT } from '../content/availability.ts';
import { dateInWords } from '../content/date.ts';
import type { Question, Respondent, Response } from '../content/question.ts';

/** Whose words these are, as the source names them: never a name that the source does not give. */
export function respondentName({ respondents, label, availability }: Response): string {
  if (respondents.length > 0) return inWords(respondents.map(({ name }) => name));
  return label ?? (availability === 'anonymous' ? 'Anonymous respondent' : 'Unnamed respondent');
}

/** Name with role and affiliation as printed with this response; for the nameless, why there is no name. */
export function attribution(response: Response): string {
  const who =
    response.respondents.length > 0
      ? inWords(response.respondents.map(asPrinted))
      : `${respondentName(response)} (${nameless(response)})`;
  return response.respondents.length > 1 ? `${who} (one response)` : who;
}

export const nameless = ({ availability }: Response): string =>
  availability === 'anonymous' ? 'asked not to be named' : 'not named in the source';

export function asPrinted({ name, role, affiliation }: Respondent): string {
  return [name, role, affiliation].filter((piece) => piece !== undefined).join(', ');
}

export function inWords(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Original responses; a translation is not another respondent. */
export const originals = (question: Question): Response[] =>
  question.responses.filter((response) => response.translationOf === undefined);

/** A translation into the question’s language, where one is on file; else the response itself. */
export function inLanguageOf(question: Question, response: Response): Response {
  if (response.language === question.language) return response;
  const isTranslation = (one: Response) =>
    one.translationOf === response.id && one.language === question.language && hasWords(one);
  return question.responses.find(isTranslation) ?? response;
}

export const hasWords = (response: Response): boolean =>
  response.status.is === 'usable' && WITH_TEXT.includes(response.availability);

/** Those known to have been asked or to have answered whose words are not on file, by the reason. */
export function notOnFile(question: Question): { reason: string; responses: Response[] }[] {
  const reasons = new Map<string, Response[]>();
  for (const response of originals(question)) {
    const reason = absence(response);
    if (reason !== undefined) reasons.set(reason, [...(reasons.get(reason) ?? []), response]);
  }
  return [...reasons].map(([reason, responses]) => ({ reason, responses }));
}

/** Why no words of a response are on file; undefined where they are. */
export function absence(response: Response): string | undefined {
  if (response.status.is === 'retracted') return `retracted on ${dateInWords(response.status.on)}: ${response.status.notice}`;
  return hasWords(response) ? undefined : REASONS[response.availability];
}

const REASONS: Record<Availability, string | undefined> = {
  text: undefined,
  unnamed: undefined,
  anonymous: undefined,
  listed: 'named in the source',
  declined: 'declined',
  'no-reply': 'no reply',
  'did-not-answer': 'did not answer',
  'stance-only': 'stance only',
  withdrawn: 'withdrawn',
};

/** “1 of 5 known respondents on file”. */
export function onFile(question: Question): string {
  const known = originals(question);
  const held = known.filter(hasWords).length;
  return `${held} of ${known.length} known respondent${known.length === 1 ? '' : 's'} on file`;
}
