import { filterWord } from '../search/terms.ts';
import type { Filter, Match } from './store.ts';

/** A match and its filters as an FTS5 query string. Tokens hold letters, digits and underscores only, and are quoted all the same. */
export function toFts5(match: Match, filter: Filter): string {
  const filters = [
    filter.topic === undefined ? undefined : filterWord.topic(filter.topic),
    filter.country === undefined ? undefined : filterWord.country(filter.country),
    filter.person === undefined ? undefined : filterWord.person(filter.person),
  ].filter((word) => word !== undefined);
  return [...filters.map((word) => quoted([word])), `(${expression(match)})`].join(' AND ');
}

function expression(match: Match): string {
  switch (match.type) {
    case 'phrase':
      return quoted(match.tokens);
    case 'start':
      return `${quoted([match.of])} *`;
    case 'all':
      return match.of.map((one) => `(${expression(one)})`).join(' AND ');
    case 'any':
      return match.of.map((one) => `(${expression(one)})`).join(' OR ');
    case 'without':
      return `(${expression(match.match)}) NOT (${expression(match.not)})`;
  }
}

const quoted = (words: readonly string[]): string => `"${words.join(' ').replaceAll('"', '')}"`;
