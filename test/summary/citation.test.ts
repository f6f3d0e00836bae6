import { expect, test } from 'vitest';
import type { Question, Response } from '../../src/content/question.ts';
import { CITATION_STYLES, type CitationStyle, cite } from '../../src/summary/citation.ts';
import { firstSpan, quoteOf } from '../../src/summary/quotes.ts';
import { aPerson, aQuestion, aRespondent, aResponse } from '../support/builders.ts';

const now = new Date('2026-11-25T12:00:00Z');
const words = 'Rural schools still wait for teachers.';
const torres = aRespondent({ role: 'director', affiliation: 'School Watch' });

function citeQuote(style: CitationStyle, of: { question?: Partial<Question>; response?: Partial<Response> } = {}): string {
  const response = aResponse({ respondents: [torres], ...of.response });
  const question = aQuestion({ responses: [response], ...of.question });
  const span = firstSpan(response.text, words) ?? { start: 0, end: response.text.length };
  return cite({ question, quote: quoteOf(question, response, span) }, style, now);
}

const pompeo: Partial<Question> = {
  code: 'pompeo1',
  title: undefined,
  headline: 'Pompeo’s trip: is the push working?',
  date: '2019?-04-18',
  text: 'U.S. Secretary of State Mike Pompeo this month made a four-day visit to Latin America.',
  publication: {
    id: 'advisor',
    name: 'Latin America Advisor',
    publisher: 'Inter-American Dialogue',
    language: 'en',
    rights: 'whole',
  },
  source: { url: 'https://venezuelablog.example/pompeo/', site: 'Venezuela Blog' },
};
const unnamed: Partial<Response> = { id: 'author', availability: 'unnamed', respondents: [], label: 'Author of the post' };

test('a named respondent, in the styles that are read', () => {
  expect(citeQuote('chicago')).toBe(
    `“${words}”
— Ana Torres, director, School Watch
Ana Torres, response to “School Reform, Ten Years On,” Policy Weekly, Institute of Policy, April 18, 2019, https://policy.example/reform.`,
  );
  expect(citeQuote('apa')).toBe(
    `“${words}”
— Ana Torres, director, School Watch
Torres, A. (2019, April 18). School Reform, Ten Years On [Response in Q&A]. Policy Weekly, Institute of Policy. https://policy.example/reform`,
  );
  expect(citeQuote('memo')).toBe(
    `“${words}”
— Ana Torres, director, School Watch (Policy Weekly, April 18, 2019), https://policy.example/reform`,
  );
});

test('an unnamed respondent of a re-post without a title, with an inferred year', () => {
  expect(citeQuote('chicago', { question: pompeo, response: unnamed })).toBe(
    `“${words}”
— [unnamed respondent], reproduced by Venezuela Blog
[unnamed respondent], response to the question “U.S. Secretary of State Mike Pompeo this month…,” Latin America Advisor, Inter-American Dialogue, April 18, [2019], as reproduced at Venezuela Blog, https://venezuelablog.example/pompeo/.`,
  );
  expect(citeQuote('apa', { question: pompeo, response: unnamed }).split('\n')[2]).toBe(
    '[unnamed respondent]. ([2019], April 18). [Response to the question “U.S. Secretary of State Mike Pompeo this month…”]. Latin America Advisor, Inter-American Dialogue, as reproduced at Venezuela Blog, https://venezuelablog.example/pompeo/',
  );
  expect(citeQuote('memo', { question: pompeo, response: unnamed })).toContain(
    '\n— [unnamed respondent], reproduced by Venezuela Blog (Latin America Advisor, April 18, [2019]), https://venezuelablog.example/pompeo/',
  );
});

test.each(CITATION_STYLES)(
  'an editor’s headline is never cited, and the words and who said them are always there (%s)',
  (style) => {
    const citation = citeQuote(style, { question: pompeo, response: unnamed });
    expect(citation).not.toContain('is the push working');
    expect(citation).toContain(words);
    expect(citation).toContain('[unnamed respondent], reproduced by Venezuela Blog');
  },
);

test('the date of retrieval is given where it is on file, and never invented', () => {
  const source = { url: 'https://blog.example/p', site: 'A Blog', retrieved: '2026-11-20' };
  expect(citeQuote('chicago', { question: { source } })).toContain(
    'as reproduced at A Blog, https://blog.example/p, retrieved November 20, 2026.',
  );
  for (const style of CITATION_STYLES)
    expect(citeQuote(style, { question: { source } })).toContain('as reproduced at A Blog, https://blog.example/p');
  for (const style of CITATION_STYLES) expect(citeQuote(style)).not.toMatch(/2026|retrieved|accessed/);
});

test('co-signed words name everybody, with their particles and suffixes', () => {
  const respondents = [
    torres,
    aRespondent({ name: 'Juan de la Cruz, Jr.', role: 'fellow' }),
    aRespondent({
      name: 'Maria Velez de Berliner',
      person: aPerson({ name: 'Maria Velez de Berliner', sort: 'Velez de Berliner, Maria' }),
    }),
  ];
  expect(citeQuote('apa', { response: { respondents } })).toContain(
    '— Ana Torres, director, School Watch; Juan de la Cruz, Jr., fellow; and Maria Velez de Berliner\nTorres, A., de la Cruz, J., Jr., & Velez de Berliner, M. (2019, April 18).',
  );
  expect(citeQuote('bibtex', { response: { respondents } })).toContain(
    'author = {Torres, Ana and de la Cruz, {Jr.}, Juan and {Velez de Berliner}, Maria}',
  );
  const [record] = JSON.parse(citeQuote('csl-json', { response: { respondents } }));
  expect(record.author).toEqual([
    { family: 'Torres', given: 'Ana' },
    { family: 'Cruz', given: 'Juan', 'non-dropping-particle': 'de la', suffix: 'Jr.' },
    { family: 'Velez de Berliner', given: 'Maria' },
  ]);
});

test('partial dates stay partial', () => {
  const dated = (style: CitationStyle, date: string) => citeQuote(style, { question: { date } });
  expect(dated('chicago', '2019-04')).toContain(', April 2019, ');
  expect(dated('apa', '2019-04')).toContain('(2019, April).');
  expect(dated('apa', '2019?-04?')).toContain('([2019], [April]).');
  expect(dated('apa', '2019?')).toContain('([2019]).');
  expect(JSON.parse(dated('csl-json', '2019-04'))[0].issued).toEqual({ 'date-parts': [[2019, 4]] });
  expect(JSON.parse(dated('csl-json', '2019?-04-18'))[0].issued).toEqual({ 'date-parts': [[2019, 4, 18]], circa: true });
  expect(dated('bibtex', '2019')).not.toMatch(/month|day/);
  expect(dated('bibtex', '2019?-04?-18')).toContain('year = {[2019]},\n  month = "[" # apr # "]",\n  day = {18}');
});

test('a translation, a correction and a retraction are said', () => {
  const translated = {
    translationOf: 'original',
    translatedBy: 'Luz Vera',
    corrections: [{ on: '2026-03-02', what: 'A figure.' }],
  };
  for (const style of CITATION_STYLES) {
    const citation = citeQuote(style, { response: translated });
    expect(citation).toContain('translated by Luz Vera');
    expect(citation).toContain('corrected March 2, 2026');
  }
  expect(citeQuote('memo', { response: { corrections: [{ on: '2027-01-05', what: 'To come.' }] } })).not.toContain('corrected');
  const retracted = aQuestion({ status: { is: 'retracted', on: '2026-03-02', notice: 'Made up.' } });
  expect(cite({ question: retracted }, 'chicago', now)).toContain('retracted March 2, 2026');
});

test('a question is cited without naming anybody', () => {
  const question = aQuestion();
  expect(cite({ question }, 'chicago', now)).toBe(
    '“School Reform, Ten Years On,” Policy Weekly, Institute of Policy, April 18, 2019, https://policy.example/reform.',
  );
  expect(cite({ question }, 'apa', now)).toBe(
    'School Reform, Ten Years On [Q&A]. (2019, April 18). Policy Weekly, Institute of Policy. https://policy.example/reform',
  );
  expect(cite({ question }, 'memo', now)).toBe(
    '“School Reform, Ten Years On” (Policy Weekly, April 18, 2019), https://policy.example/reform',
  );
  expect(cite({ question: aQuestion(pompeo) }, 'apa', now)).toContain(
    '[Question “U.S. Secretary of State Mike Pompeo this month…”]. ([2019], April 18).',
  );
  for (const style of CITATION_STYLES) expect(cite({ question }, style, now)).not.toContain('Torres');
});

test('a whole response is cited with who gave it, but somebody who declined gave none', () => {
  expect(cite({ question: aQuestion(), response: aResponse() }, 'chicago', now)).toMatch(
    /^Ana Torres, response to “School Reform/,
  );
  expect(
    cite({ question: aQuestion(), response: aResponse({ availability: 'declined', text: '' }) }, 'chicago', now),
  ).not.toContain('Ana Torres');
});

test('words that no longer match, or may not be shown, are not cited', () => {
  const response = aResponse();
  const quote = quoteOf(aQuestion(), response, { start: 0, end: 9 });
  expect(() => cite({ question: aQuestion(), quote: { ...quote, end: 12 } }, 'memo', now)).toThrow(/no longer matches/);
  const linked = aQuestion({ rights: 'link' });
  expect(() => cite({ question: linked, quote: { ...quote, question: linked } }, 'memo', now)).toThrow(/may not be shown/);
});

test('BibTeX reads every character as a character', () => {
  const question = { title: '50% of {R&D} is #1: a_b ~ c^2 \\ $5', source: { url: 'https://a.example/x_y?q=%7B{z}' } };
  const citation = citeQuote('bibtex', { question });
  expect(citation).toContain(
    'title = {{50\\% of \\{R\\&D\\} is \\#1: a\\_b \\textasciitilde{} c\\textasciicircum{}2 \\textbackslash{} \\$5}}',
  );
  expect(citation).toContain('url = {https://a.example/x_y?q=%7B%7Bz%7D}');
  expect(citation).toMatch(/^@misc\{reform1-[0-9a-z]{5},\n/);
  expect(citation).toContain(`note = {“${words}” — Ana Torres, director, School Watch}`);
});

test('CSL-JSON holds the quote and its attribution in the note', () => {
  const [record] = JSON.parse(
    citeQuote('csl-json', { question: { source: { url: 'https://a.example/x', retrieved: '2026-11-20' } } }),
  );
  expect(record).toEqual({
    id: expect.stringMatching(/^reform1-.{5}$/),
    type: 'article-magazine',
    genre: 'Response in Q&A',
    title: 'School Reform, Ten Years On',
    author: [{ family: 'Torres', given: 'Ana' }],
    'container-title': 'Policy Weekly',
    publisher: 'Institute of Policy',
    issued: { 'date-parts': [[2019, 4, 18]] },
    URL: 'https://a.example/x',
    accessed: { 'date-parts': [[2026, 11, 20]] },
    language: 'en',
    note: `“${words}” — Ana Torres, director, School Watch`,
  });
});

test('a citation of the fictional sample says so in every style', () => {
  for (const style of CITATION_STYLES) expect(citeQuote(style, { question: { sample: true } })).toContain('fictional sample');
});
