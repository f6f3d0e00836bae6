import { createHash } from 'node:crypto';
import type { Person, Question, Respondent, Response } from '../../src/content/question.ts';

/** A person whose id and sort name follow from the name, unless given. */
export function aPerson(partial: Partial<Person> = {}): Person {
  const name = partial.name ?? 'Ana Torres';
  const id = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const [last = name, ...before] = name.split(' ').reverse();
  const sort = before.length === 0 ? name : `${last}, ${before.reverse().join(' ')}`;
  return { id, name, sort, variants: [], ...partial };
}

/** Somebody who answered, printed under their display name unless told otherwise. */
export function aRespondent(partial: Partial<Respondent> = {}): Respondent {
  const person = partial.person ?? aPerson(partial.name === undefined ? {} : { name: partial.name });
  return { person, name: person.name, ...partial };
}

/** A response in text by one named respondent; its hash is that of its text. */
export function aResponse(partial: Partial<Response> = {}): Response {
  const text = partial.text ?? 'The reform has reached most of the schools in the north. Rural schools still wait for teachers.';
  return {
    key: 1,
    id: 'ana-torres',
    availability: 'text',
    respondents: [aRespondent()],
    text,
    hash: createHash('sha256').update(text).digest('hex'),
    language: 'en',
    completeness: 'whole',
    stances: [],
    lines: [],
    doesNotAddress: [],
    corrections: [],
    status: { is: 'usable' },
    ...partial,
  };
}

/** A usable question of one part with one response, quoted whole. */
export function aQuestion(partial: Partial<Question> = {}): Question {
  const text = partial.text ?? 'Has the school reform worked?';
  return {
    key: 1,
    id: 'policy-weekly/2019-04-18/school-reform',
    code: 'reform1',
    collection: 'policy-weekly',
    sample: false,
    publication: {
      id: 'policy-weekly',
      name: 'Policy Weekly',
      publisher: 'Institute of Policy',
      language: 'en',
      rights: 'whole',
    },
    kind: 'question',
    title: 'School Reform, Ten Years On',
    date: '2019-04-18',
    dateBasis: {},
    text,
    parts: [text],
    topics: ['education'],
    countries: ['CL'],
    language: 'en',
    source: { url: 'https://policy.example/reform' },
    rights: 'whole',
    status: { is: 'usable' },
    corrections: [],
    repairs: [],
    responses: [aResponse()],
    ...partial,
  };
}
