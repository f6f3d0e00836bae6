import { countryName } from '../../../content/countries.ts';
import type { Question, Quote, Respondent, Response } from '../../../content/question.ts';
import { hasWords, originals } from '../../../summary/attribution.ts';
import { leadQuotes } from '../../../summary/quote-lines.ts';
import { verify } from '../../../summary/quotes.ts';
import { questionHref, quoteHref } from './address.ts';
import { webAddress } from './markup.ts';
import { wholeText } from './whole-text.ts';

// https://schema.org/Question, https://schema.org/Answer, https://schema.org/Quotation
const CONTEXT = 'https://schema.org';
const MAX_ANSWERS = 24;

/** A question with its answers as schema.org data: words as far as rights allow, and only names that the source proves. */
export function questionData(question: Question, origin: string): object {
  const { title, headline, text, rights, language, topics, countries, publication, source } = question;
  const held = originals(question).filter(hasWords);
  return {
    '@context': CONTEXT,
    ...part(question, origin),
    ...defined({ alternateName: title === undefined ? undefined : headline, text: rights === 'link' ? undefined : text }),
    inLanguage: language,
    about: topics,
    ...(countries.length === 0
      ? {}
      : { spatialCoverage: countries.map((code) => ({ '@type': 'Country', name: countryName(code), identifier: code })) }),
    ...defined({
      publisher: publication.publisher === undefined ? undefined : { '@type': 'Organization', name: publication.publisher },
    }),
    ...defined({ isBasedOn: webAddress(source?.url) }),
    answerCount: held.length,
    suggestedAnswer: held.slice(0, MAX_ANSWERS).map((response) => answer(question, response, origin)),
  };
}

export function quotationData(quote: Quote, words: string, origin: string): object {
  const { question, response, code } = quote;
  return {
    '@context': CONTEXT,
    '@type': 'Quotation',
    '@id': `${origin}${quoteHref(code)}`,
    identifier: code,
    text: words,
    inLanguage: response.language,
    ...author(response, 'creator'),
    ...author(response, 'spokenByCharacter'),
    ...defined({ citation: webAddress(question.source?.url) }),
    isPartOf: part(question, origin),
    ...fictional(question),
  };
}

function part(question: Question, origin: string): object {
  const { title, headline, date, publication, id } = question;
  return {
    '@type': 'Question',
    '@id': `${origin}${questionHref(question)}`,
    identifier: id,
    ...defined({ name: title ?? headline, datePublished: date.includes('?') ? undefined : date }),
    isPartOf: { '@type': 'Periodical', name: publication.name },
    ...fictional(question),
  };
}

function answer(question: Question, response: Response, origin: string): object {
  const url = `${origin}${questionHref(question)}#response-${response.id}`;
  const quotes = leadQuotes(question, response).flatMap(({ quote }) => {
    const words = verify(quote);
    return words === undefined ? [] : [{ '@type': 'Quotation', '@id': `${origin}${quoteHref(quote.code)}`, text: words }];
  });
  return {
    '@type': 'Answer',
    '@id': url,
    url,
    inLanguage: response.language,
    ...author(response, 'author'),
    ...defined({ text: wholeText(question, response) }),
    ...(quotes.length === 0 ? {} : { hasPart: quotes }),
  };
}

function author({ respondents }: Response, as: 'author' | 'creator' | 'spokenByCharacter'): object {
  return respondents.length === 0 ? {} : { [as]: respondents.map(person) };
}

function person({ name, role, affiliation }: Respondent): object {
  return {
    '@type': 'Person',
    name,
    ...defined({
      jobTitle: role,
      affiliation: affiliation === undefined ? undefined : { '@type': 'Organization', name: affiliation },
    }),
  };
}

const fictional = ({ sample }: Question): object => (sample ? { genre: 'fictional sample' } : {});

const defined = (of: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
