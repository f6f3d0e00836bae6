import type { Question, Quote } from '../content/question.ts';
import { type Query, satisfies } from '../search/query.ts';
import type { Filter, Page, Store } from '../store/store.ts';
import { inLanguageOf, originals } from './attribution.ts';
import { leadQuotes } from './quote-lines.ts';

/** So many questions are read at once. */
const A_BATCH = 20;

export interface LeadQuote {
  quote: Quote;
  /** Who chose it. */
  tag: string;
}

/**
 * The quotes that stand for responses, newest first, without those that hold what the query leaves out. In a question each respondent
 * has one before any has a second.
 */
export async function leadingQuotes(
  { store, query, filter }: { store: Store; query: Query; filter: Filter },
  { limit, offset }: Page,
): Promise<{ quotes: LeadQuote[]; more: boolean }> {
  const found: LeadQuote[] = [];
  for (let at = 0, total = 1; at < total && found.length <= offset + limit; at += A_BATCH) {
    const batch = await store.questions(filter, { limit: A_BATCH, offset: at });
    total = batch.total;
    found.push(
      ...batch.questions.flatMap((question) => leadsOf(question, filter.person)).filter((lead) => !isLeftOut(lead, query)),
    );
  }
  return { quotes: found.slice(offset, offset + limit), more: found.length > offset + limit };
}

function leadsOf(question: Question, person: string | undefined): LeadQuote[] {
  const leads = originals(question)
    .filter(({ respondents }) => person === undefined || respondents.some((one) => one.person.id === person))
    .map((response) => leadQuotes(question, inLanguageOf(question, response)));
  const rounds = Math.max(0, ...leads.map((own) => own.length));
  return Array.from({ length: rounds }, (_, round) => leads.flatMap((own) => own[round] ?? [])).flat();
}

function isLeftOut({ quote: { response, start, end } }: LeadQuote, { not }: Query): boolean {
  return not.length > 0 && satisfies({ groups: [not], not: [], text: '' }, response.text, start, end, response.language, 'all');
}
