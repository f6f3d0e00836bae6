import type { Question } from '../../../content/question.ts';

/** Paths of the archive pages. */
export const questionHref = ({ id }: Pick<Question, 'id'>): string => `/questions/${id}`;
export const quoteHref = (code: string): string => `/quotes/${encodeURIComponent(code)}`;
export const respondentHref = (person: string): string => `/respondents/${encodeURIComponent(person)}`;
export const topicHref = (topic: string): string => `/topics/${encodeURIComponent(topic)}`;
export const countryHref = (code: string): string => `/countries/${encodeURIComponent(code)}`;

/** A path with what is given as its query. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
