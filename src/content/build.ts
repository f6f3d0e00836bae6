import type { CollectionToStore } from '../store/store.ts';
import { WITH_TEXT } from './availability.ts';
import { sha256, shortCode } from './code.ts';
import type { QuestionToStore, ResponseToStore } from './question.ts';
import { responseText } from './question-rules.ts';
import type { QuestionFile, ResponseFile, Rights, Status } from './schema.ts';

const QUESTION_CODE_LENGTH = 7;

export interface Placement {
  collection: string;
  sample: boolean;
  /** Default of the publication. */
  rights: Rights;
}

/** Where a question of this collection belongs. */
export function placementOf({ id }: QuestionFile, { name, file }: Pick<CollectionToStore, 'name' | 'file'>): Placement {
  const publication = file.publications.find((one) => id.startsWith(`${one.id}/`));
  return { collection: name, sample: file.sample ?? false, rights: publication?.rights ?? 'link' };
}

/** The short code of a question: its own, else drawn from its id. */
export const questionCode = (file: Pick<QuestionFile, 'id' | 'code'>): string =>
  file.code ?? shortCode(file.id, QUESTION_CODE_LENGTH);

/**
 * A question file as it may be shown at `now`: nothing of what is withheld or under embargo is left in it, a retracted
 * question keeps only its notice. Undefined where the whole question may not be shown.
 */
export function visibleQuestion(file: QuestionFile, placement: Placement, now: number): QuestionToStore | undefined {
  const status = visibleStatus(file.status, now);
  if (!status) return undefined;
  const rights = file.rights ?? placement.rights;
  const {
    responses,
    dateBasis,
    countries,
    corrections,
    repairs,
    kind,
    rights: _rights,
    status: _status,
    code: _code,
    ...rest
  } = file;
  const question: QuestionToStore = {
    ...rest,
    code: questionCode(file),
    collection: placement.collection,
    sample: placement.sample,
    publication: file.id.split('/')[0] ?? '',
    kind: kind ?? 'question',
    dateBasis: dateBasis ?? {},
    parts: file.parts ?? [file.text],
    countries: countries ?? [],
    rights,
    status,
    corrections: corrections ?? [],
    repairs: repairs ?? [],
    responses: withoutOrphans(
      responses.flatMap((response) => visibleResponse(response, { language: file.language, rights, now })),
    ),
  };
  return status.is === 'retracted' ? onlyNotice(question) : withVisibleSummary(question);
}

/** Changes whenever what may be shown of the question does. */
export const visibleHash = (visible: QuestionToStore): string => sha256(JSON.stringify(visible));

/** Moments (ms) at which more of the question may be shown; a question that is withheld waits for one that does not come. */
export function embargoMoments(file: QuestionFile): number[] {
  if (file.status?.is === 'withheld') return [NEVER];
  const statuses = [file.status, ...file.responses.map((response) => response.status)];
  return [...new Set(statuses.flatMap((status) => (status?.is === 'embargoed' ? [Date.parse(status.until)] : [])))].sort(
    (a, b) => a - b,
  );
}

/** The last moment that a Date can hold: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const NEVER = 8.64e15;

function visibleStatus(status: Status | undefined, now: number): Status | undefined {
  switch (status?.is) {
    case undefined:
    case 'usable':
      return { is: 'usable' };
    case 'withheld':
      return undefined;
    case 'embargoed':
      return now < Date.parse(status.until) ? undefined : { is: 'usable' };
    case 'retracted':
      return status;
  }
}

interface Around {
  language: string;
  rights: Rights;
  now: number;
}

function visibleResponse(response: ResponseFile, { language, rights, now }: Around): ResponseToStore[] {
  const status = visibleStatus(response.status, now);
  if (!status) return [];
  const { paragraphs: _paragraphs, respondents, ...rest } = response;
  const text = responseText(response);
  const usable = status.is === 'usable';
  return [
    {
      ...rest,
      respondents: respondents ?? [],
      text,
      hash: sha256(text),
      language: response.language ?? language,
      completeness: response.completeness ?? 'whole',
      stances: usable ? (response.stances ?? []) : [],
      lines: usable ? (response.lines ?? []) : [],
      doesNotAddress: usable ? (response.doesNotAddress ?? []) : [],
      corrections: usable ? (response.corrections ?? []) : [],
      status,
      quotable: usable && rights !== 'link' && text !== '' && WITH_TEXT.includes(response.availability),
    },
  ];
}

/** A translation goes with its original where that may not be shown. */
function withoutOrphans(responses: ResponseToStore[]): ResponseToStore[] {
  const usable = new Set(responses.filter(({ status }) => status.is === 'usable').map(({ id }) => id));
  return responses.filter(({ translationOf }) => translationOf === undefined || usable.has(translationOf));
}

/** A sentence of the summary goes with the first response it rests on that may not be shown. */
function withVisibleSummary(question: QuestionToStore): QuestionToStore {
  if (!question.summary) return question;
  const quotable = new Set(question.responses.filter((response) => response.quotable).map(({ id }) => id));
  const sentences = question.summary.sentences.filter(({ quotes }) => quotes.every((quote) => quotable.has(quote.response)));
  return { ...question, summary: sentences.length === 0 ? undefined : { ...question.summary, sentences } };
}

function onlyNotice(question: QuestionToStore): QuestionToStore {
  return {
    ...question,
    text: '',
    parts: [],
    introduction: undefined,
    summary: undefined,
    corrections: [],
    repairs: [],
    responses: [],
  };
}
