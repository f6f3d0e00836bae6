import { fold } from '../../search/tokens.ts';
import { datePieces, isEdtf } from '../date.ts';
import { type DateBasis, type QuestionFile, questionSchema, type RespondentsFile, type Status } from '../schema.ts';
import { findDates, isoDate } from './dates.ts';
import type { Draft, DraftPerson, DraftResponse } from './model.ts';
import { freeId, type Proposals, propose, slugOf } from './proposals.ts';

export interface Choices {
  /** Id of a publication of the collection. */
  publication?: string;
  /** Last piece of the question’s id; left out: from its title or first part. */
  slug?: string;
  /** EDTF; left out: what the document states. */
  date?: string;
  topics?: string[];
  countries?: string[];
  headline?: string;
  sourceUrl?: string;
  site?: string;
  retrieved?: string;
  /** Topics in use in the archive, to propose from. */
  vocabulary?: readonly string[];
  /** Persons on file; never merged with by name alone. */
  persons?: RespondentsFile;
  /** Who is who by an editor’s word: display name to id. */
  same?: Readonly<Record<string, string>>;
  /** Takes proposed topics and countries where none are chosen. */
  acceptProposals?: boolean;
}

export type Questioned =
  | { outcome: 'complete'; question: QuestionFile; persons: RespondentsFile; proposals: Proposals }
  /** `fields`: what is known of the question file; its id only where publication and date are. */
  | { outcome: 'gaps'; missing: string[]; fields: Record<string, unknown>; persons: RespondentsFile; proposals: Proposals };

/** A document with several questions as one draft each. */
export const eachQuestion = (draft: Draft): Draft[] => [
  { ...draft, further: [] },
  ...draft.further.map((section) => ({ ...draft, ...section, further: [] })),
];

/** The last piece of the id of a question. */
export const slugFor = ({ title, question: { parts, text } }: Draft): string => slugOf(title ?? parts[0] ?? text ?? '');

/** A question file out of a draft and an editor’s choices, checked by the schema, with the persons to add; else what is missing. */
export function draftToQuestion(draft: Draft, choices: Choices = {}): Questioned {
  const known = choices.persons ?? {};
  const proposals = propose(draft, choices.vocabulary ?? [], known);
  const ids = new Map(proposals.persons.map((person) => [fold(person.display), choices.same?.[person.display] ?? person.id]));
  const persons: RespondentsFile = {};
  for (const { id, display, sort } of proposals.persons) {
    if (choices.same?.[display] === undefined) persons[id] = { name: display, ...(sort === undefined ? {} : { sort }) };
  }
  const missing: string[] = [];
  const publication = choices.publication ?? draft.publication;
  const date = dateOf(draft, choices.date);
  const topics = choices.topics ?? (choices.acceptProposals ? proposals.topics : []);
  if (draft.outcome === 'refused') missing.push(...draft.reasons);
  if (publication === undefined) missing.push('the publication');
  if (date === undefined) missing.push(draft.date === undefined ? 'the date' : 'the year of the date');
  if (topics.length === 0) missing.push('at least one topic');
  if (draft.question.text === undefined) missing.push('the question');
  if (draft.language === undefined) missing.push('the language');
  for (const one of draft.corrections) if (one.on === undefined) missing.push('the day of a correction');
  const url = choices.sourceUrl ?? draft.sourceUrl;
  const status = embargoStatus(draft.embargo);
  const countries = choices.countries ?? (choices.acceptProposals ? proposals.countries : []);
  const { parts, text, kind } = draft.question;
  const fields = {
    ...(publication === undefined || date === undefined
      ? {}
      : { id: `${publication}/${date.edtf.replaceAll('?', '')}/${choices.slug ?? slugFor(draft)}` }),
    ...(kind === 'question' ? {} : { kind }),
    ...(draft.title === undefined ? {} : { title: draft.title }),
    ...(choices.headline === undefined ? {} : { headline: choices.headline }),
    ...(date === undefined ? {} : { date: date.edtf }),
    ...(date?.basis === undefined ? {} : { dateBasis: date.basis }),
    ...(text === undefined ? {} : { text }),
    ...(parts.length < 2 ? {} : { parts }),
    ...(draft.introduction === undefined ? {} : { introduction: draft.introduction }),
    topics,
    ...(countries.length === 0 ? {} : { countries }),
    ...(draft.language === undefined ? {} : { language: draft.language }),
    ...(url === undefined
      ? {}
      : {
          source: {
            url,
            ...(choices.site === undefined ? {} : { site: choices.site }),
            suppliedBy: 'operator',
            ...(choices.retrieved === undefined ? {} : { retrieved: choices.retrieved }),
          },
        }),
    ...(status === undefined ? {} : { status }),
    ...(draft.corrections.length === 0 ? {} : { corrections: draft.corrections }),
    ...(draft.repairs.length === 0 ? {} : { repairs: draft.repairs }),
    responses: responsesOf(draft.responses, ids, known),
  };
  if (missing.length > 0) return { outcome: 'gaps', missing, fields, persons, proposals };
  const parsed = questionSchema.safeParse(fields);
  if (parsed.success) return { outcome: 'complete', question: parsed.data, persons, proposals };
  return {
    outcome: 'gaps',
    missing: parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.message}`),
    fields,
    persons,
    proposals,
  };
}

/** The date as EDTF with how each piece is known: stated by the document, inferred (?), or told by the operator. */
function dateOf({ date: stated }: Draft, chosen: string | undefined): { edtf: string; basis?: DateBasis } | undefined {
  const edtf = chosen ?? (stated?.year === undefined ? undefined : edtfOf(stated));
  if (edtf === undefined || !isEdtf(edtf)) return undefined;
  const pieces = datePieces(edtf);
  const basis: DateBasis = {};
  for (const piece of ['year', 'month', 'day'] as const) {
    const held = pieces[piece];
    if (held === undefined) continue;
    if (held.inferred) basis[piece] = 'inferred';
    else if (stated?.[piece] !== held.value || stated.basis === 'operator') basis[piece] = 'operator';
  }
  return Object.keys(basis).length === 0 ? { edtf } : { edtf, basis };
}

function edtfOf({ year = 0, month, day, inferred = [] }: NonNullable<Draft['date']>): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  const mark = (piece: 'year' | 'month' | 'day') => (inferred.includes(piece) ? '?' : '');
  return [
    `${String(year).padStart(4, '0')}${mark('year')}`,
    ...(month === undefined ? [] : [`${pad(month)}${mark('month')}`]),
    ...(month === undefined || day === undefined ? [] : [`${pad(day)}${mark('day')}`]),
  ].join('-');
}

/** Until when, where the moment has its offset; else withheld, because a guess would publish too early. */
function embargoStatus(embargo: string | undefined): Status | undefined {
  if (embargo === undefined) return undefined;
  const date = findDates(embargo).find((one) => one.year !== undefined);
  const time = /(\d{1,2}):(\d{2})(?::\d{2})?\s*(GMT|UTC|Z|[+-]\d{2}:\d{2})(?![\p{L}\d])/u.exec(embargo);
  if (date?.year === undefined || time === null || Number(time[1]) > 23) return { is: 'withheld' };
  const offset = /^[+-]/.test(time[3] ?? '') ? time[3] : 'Z';
  return {
    is: 'embargoed',
    until: `${isoDate({ ...date, year: date.year })}T${(time[1] ?? '').padStart(2, '0')}:${time[2]}:00${offset}`,
  };
}

function responsesOf(responses: readonly DraftResponse[], ids: ReadonlyMap<string, string>, known: RespondentsFile): unknown[] {
  const taken = new Set<string>();
  return responses.map((one) => {
    const [first] = one.respondents;
    const id = freeId(
      first
        ? slugOf(first.family ?? first.display)
        : slugOf(one.label === 'Author of the post' ? 'author' : (one.label ?? 'unnamed'), 40),
      taken,
    );
    taken.add(id);
    const retractedOn =
      one.retracted === undefined ? undefined : findDates(one.retracted).find((date) => date.year !== undefined);
    const status =
      one.retracted === undefined
        ? undefined
        : {
            is: 'retracted',
            ...(retractedOn?.year === undefined ? {} : { on: isoDate({ ...retractedOn, year: retractedOn.year }) }),
            notice: one.retracted,
          };
    return {
      id,
      availability: one.availability,
      ...(first === undefined ? {} : { respondents: one.respondents.map((person) => asPrinted(person, ids, known)) }),
      ...(one.label === undefined ? {} : { label: one.label }),
      ...(one.paragraphs.length === 0 ? {} : { paragraphs: one.paragraphs.map((paragraph) => paragraph.text) }),
      ...(one.language === undefined ? {} : { language: one.language }),
      ...(one.translatedBy === undefined ? {} : { translatedBy: one.translatedBy }),
      ...(one.completeness === undefined ? {} : { completeness: one.completeness }),
      ...(one.note === undefined ? {} : { note: one.note }),
      ...(one.stances === undefined ? {} : { stances: one.stances }),
      ...(status === undefined ? {} : { status }),
    };
  });
}

function asPrinted(person: DraftPerson, ids: ReadonlyMap<string, string>, known: RespondentsFile) {
  const id = ids.get(fold(person.display)) ?? slugOf(person.display);
  const shown = known[id]?.name ?? person.display;
  return {
    person: id,
    ...(person.printed === shown ? {} : { name: person.printed }),
    ...(person.role === undefined ? {} : { role: person.role }),
    ...(person.affiliation === undefined ? {} : { affiliation: person.affiliation }),
  };
}
