import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sentences } from '../src/search/sentences.ts';
import { aQuestionFile, aResponseFile, openTestBot, persons, type TestBot } from './support/bot.ts';
import { lineOf, pages, press, quotesOf, reply, runsOf, wordsOf } from './support/follow.ts';
import { PATIENCE } from './support/runs.ts';

const DATA = join(import.meta.dirname, '..', 'data');
const SEED = parse(readFileSync(join(DATA, 'latin-america-advisor', '2019-04-18-pompeo-trip.yaml'), 'utf8'));
const seedText: string = SEED.responses[0].paragraphs.join('\n\n');
const seedSentences = sentences(seedText, 'en').map(({ start, end }) => seedText.slice(start, end));
const LISTED = ['Ray Walser', 'Francisco Durand', 'Brian Turner', 'Maria Velez de Berliner', 'Walser', 'Durand', 'Berliner'];
const SAMPLE_PUBLICATIONS = /Meridian Brief|Cuaderno del Sur|Carta Atlântica/;
const REAL_PUBLICATION = /Latin America Advisor/;
const WIDE = 100_000;

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot({ data: DATA });
});
afterAll(() => bot.close());

const inputs = [
  'venezuela',
  'migrants',
  'pinera',
  'ma7dygg',
  'sanctions',
  'Lima Group',
  'walser',
  'durand',
  'maria velez de berliner',
];
const lines = [
  '/brief',
  '/topics',
  '/topics venezuela',
  '/briefdesk',
  '/quotes since:2019 until:2019',
  '/quotes "international contact group"',
  ...inputs.flatMap((input) => [
    `/brief ${input}`,
    `/views ${input}`,
    `/read ${input}`,
    `/quotes ${input}`,
    `/quotes by:"${input}"`,
    `/quotes topic:"${input}"`,
    `/respondent ${input}`,
    `/cite ${input}`,
  ]),
  ...LISTED.flatMap((name) => [`/read venezuela by:"${name}"`, `/quotes latin by:"${name}"`]),
  ...['chicago', 'apa', 'memo', 'bibtex', 'csl-json'].flatMap((style) => [
    `/cite ma7dygg style:${style}`,
    `/cite ma7dygg-rpp4h style:${style}`,
  ]),
];

test(
  'no answer anywhere puts the words of the post next to the name of somebody who is only listed',
  async () => {
    const seen = new Set<string>();
    let quoting = 0;
    for (const line of lines) {
      const asked = await bot.message(line);
      const next = runsOf(asked).filter(({ command }) => command !== 'briefings');
      for (const typed of [line, ...next.map(lineOf)]) {
        if (seen.has(typed)) continue;
        seen.add(typed);
        const shown = await bot.say(typed, WIDE);
        if (!seedSentences.some((sentence) => shown.includes(sentence))) continue;
        quoting += 1;
        const naming = shown.split('\n').filter((one) => LISTED.some((name) => one.includes(name)));
        expect(
          naming.filter((one) => !one.startsWith('Not on file')),
          typed,
        ).toEqual([]);
        expect(shown, typed).toMatch(/Author of the post|\[unnamed respondent\]/);
      }
    }
    expect(quoting).toBeGreaterThan(20);
  },
  PATIENCE,
);

test.each(LISTED)('%s, who is only listed, never gets a quote', async (name) => {
  for (const line of [
    `/quotes by:"${name}"`,
    `/quotes latin by:"${name}"`,
    `/respondent ${name}`,
    `/read ma7dygg by:"${name}"`,
  ]) {
    const message = await bot.message(line);
    expect(quotesOf(message)).toEqual([]);
    const shown = await bot.say(line, WIDE);
    expect(seedSentences.filter((sentence) => shown.includes(sentence))).toEqual([]);
  }
});

test(
  'sample content is never mixed into a real answer, and says that it is fictional wherever it is shown',
  async () => {
    const words = [
      'climate',
      'migration',
      'debt',
      'chile',
      'brazil',
      'trade',
      'peralta',
      'faoileain',
      'the',
      'elections OR sanctions',
    ];
    const asked = words.flatMap((word) =>
      ['brief', 'quotes', 'views', 'read', 'respondent'].map((command) => `/${command} ${word}`),
    );
    let samples = 0;
    for (const line of [
      ...asked,
      '/quotes topic:climate',
      '/quotes by:peralta-economist',
      '/quotes since:2018',
      '/cite pktthmy',
    ]) {
      const shown = await bot.say(line, WIDE);
      if (!SAMPLE_PUBLICATIONS.test(shown)) continue;
      samples += 1;
      expect(shown, line).toMatch(/fictional/i);
      expect(shown, line).not.toMatch(REAL_PUBLICATION);
    }
    expect(samples).toBeGreaterThan(10);
    expect(await bot.say('/brief migration')).toMatch(REAL_PUBLICATION);
  },
  PATIENCE,
);

test(
  'everything a button of an answer offers is answered, one step on from every command',
  async () => {
    const seen = new Set<string>();
    for (const line of [
      ...lines,
      '/brief climate',
      '/views debt',
      '/quotes topic:climate',
      '/respondent faoilain',
      '/quotes sanctons',
    ]) {
      for (const action of runsOf(await bot.message(line))) {
        if (seen.has(lineOf(action)) || action.command === 'briefings') continue;
        seen.add(lineOf(action));
        expect((await press(bot, action)).outcome, `${line} → ${lineOf(action)}`).toBe('answered');
        expect((await reply(bot, lineOf(action))).outcome, `${line} → ${lineOf(action)} as typed`).toBe('answered');
      }
    }
    expect(seen.size).toBeGreaterThan(50);
  },
  PATIENCE,
);

test(
  '/read goes to the last word, and every word of every response on file that may be read whole is reached',
  async () => {
    for (const sample of [false, true]) {
      const { questions } = await bot.bot.store.questions({ sample }, { limit: 50, offset: 0 });
      for (const { code, rights, responses } of questions.filter((one) => one.rights === 'whole')) {
        expect(rights).toBe('whole');
        const texts = (await pages(bot, `/read ${code}`)).flatMap(({ blocks }) =>
          blocks.flatMap((block) => (block.type === 'text' ? block.spans.map((span) => span.text) : [])),
        );
        const read = texts.join(' ').replace(/\s+/g, ' ');
        for (const { text } of responses) expect(read).toContain(text.split(/\s+/).slice(-3).join(' '));
        const words = responses.flatMap(({ text }) => text.split(/\s+/).filter((word) => word !== ''));
        expect(words.filter((word) => !read.includes(word))).toEqual([]);
      }
    }
  },
  PATIENCE,
);

test('the briefing of the seed at 60 columns', async () => {
  expect(await bot.say('/brief venezuela', 60)).toMatchInlineSnapshot(`
    "Pompeo’s four-country trip: is the Venezuela push working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old
    Chile, Colombia, Paraguay, Peru, United States, Venezuela
    Bottom line  The one respondent on file argues that the
      strategy is failing and that regional patience is
      thinning. [editor] · 1 of 5 known respondents on file
    Asked  1 What did Pompeo accomplish on the trip?
           2 Is Washington’s push to end Venezuelan President
             Nicolás Maduro’s rule working?
           3 Should the Trump administration be doing more to
             help Venezuelan migrants who have sought refuge in
             the United States?
    Author of the post (not named in the source)
      1 “Secretary Pompeo’s trip served as a reminder of the
        failure of the Trump administration’s strategy on
        Venezuela, and there are signs of cracks in regional
        support for U.S. policy.” [extracted]
      2 “This, paired with the Lima Group’s continued reluctance
        to follow the United States in implementing sanctions
        and its outright condemnation of a ‘military option,’ is
        a sign that Latin America’s patience for U.S.-Venezuela
        policy is thinning.” [mapped by the editor]
      3 no matching line found
    Agreement  cannot be judged: one response on file
    Not on file  Ray Walser · Francisco Durand · Brian Turner
      · Maria Velez de Berliner (named in the source)
    Source
      https://venezuelablog.org/latin-america-advisor-qa-pompeos
      -trip-latin-america/
    Whole responses  /read ma7dygg
    Quotes           /quotes question:ma7dygg
    Views            /views ma7dygg
    Cite             /cite ma7dygg"
  `);
});

test('the briefing of the seed at 120 columns', async () => {
  expect(await bot.say('/brief venezuela', 120)).toMatchInlineSnapshot(`
    "Pompeo’s four-country trip: is the Venezuela push working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old
    Chile, Colombia, Paraguay, Peru, United States, Venezuela
    Bottom line  The one respondent on file argues that the strategy is failing and that regional patience is thinning.
                 [editor] · 1 of 5 known respondents on file
    Asked        1 What did Pompeo accomplish on the trip?
                 2 Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?
                 3 Should the Trump administration be doing more to help Venezuelan migrants who have sought refuge in the
                   United States?
    Author of the post (not named in the source)
      1 “Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela,
        and there are signs of cracks in regional support for U.S. policy.” [extracted]
      2 “This, paired with the Lima Group’s continued reluctance to follow the United States in implementing sanctions and
        its outright condemnation of a ‘military option,’ is a sign that Latin America’s patience for U.S.-Venezuela policy
        is thinning.” [mapped by the editor]
      3 no matching line found
    Agreement    cannot be judged: one response on file
    Not on file  Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)
    Source           https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/
    Whole responses  /read ma7dygg    Quotes  /quotes question:ma7dygg    Views  /views ma7dygg
    Cite             /cite ma7dygg"
  `);
});

test('words of the question and of a response find the same briefing; only the latter leads to quotes', async () => {
  const briefing = await bot.say('/brief venezuela', 120);
  expect(await bot.say('/brief migrants', 120)).toBe(briefing);
  expect(await bot.say('/brief pinera', 120)).toBe(`${briefing}\nQuotes on “pinera”  /quotes pinera question:ma7dygg`);
});

test('/brief alone is the newest real question and the topics to choose from', async () => {
  const shown = await bot.say('/brief', 120);
  expect(shown.startsWith(await bot.say('/brief venezuela', 120))).toBe(true);
  expect(shown).toContain('sanctions · 1 question, newest April 18, [2019]  Brief  /brief sanctions');
  expect(shown).toContain('All topics  /topics');
});

test('a misspelt country in capitals is answered with the country', async () => {
  expect(await bot.say('/brief VENEZEULA', 60)).toMatchInlineSnapshot(`
    "Nothing matches “VENEZEULA”.

    Did you mean:
    Venezuela         /brief Venezuela
    Venezuela policy  /brief Venezuela policy
    For example: /brief Chile"
  `);
});

test('quotes by somebody who is only listed: named, no words', async () => {
  expect(await bot.say('/quotes by:walser', 60)).toMatchInlineSnapshot(`
    "No quote by Ray Walser
    Ray Walser is named in 1 question (newest April 18, [2019]),
    but no words that may be quoted are on file.
    About them  /respondent ray-walser"
  `);
});

test('a phrase is found as it stands', async () => {
  expect(await bot.say('/quotes "international contact group"', 60)).toMatchInlineSnapshot(`
    "Quotes: "international contact group"
    1 quote
      “While Chilean President Sebastián Piñera remains an
      active participant in the Lima Group, he has recently
      embraced the International Contact Group (ICG).”
      — Author of the post (not named in the source) · Latin
        America Advisor Q&A · April 18, [2019] · 7 years old ·
        venezuelablog.org
        <https://venezuelablog.org/latin-america-advisor-qa-pomp
        eos-trip-latin-america/>
        Cite kfxp3  /cite ma7dygg-kfxp3"
  `);
  expect(await bot.say('/quotes "international contact group"', 120)).toMatchInlineSnapshot(`
    "Quotes: "international contact group"
    1 quote
      “While Chilean President Sebastián Piñera remains an active participant in the Lima Group, he has recently embraced
      the International Contact Group (ICG).”
      — Author of the post (not named in the source) · Latin America Advisor Q&A · April 18, [2019] · 7 years old ·
        venezuelablog.org <https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/>
        Cite kfxp3  /cite ma7dygg-kfxp3"
  `);
});

test('words that are left out leave nothing here: the search without them is offered', async () => {
  expect(await bot.say('/quotes sanctions -military', 60)).toMatchInlineSnapshot(`
    "No quote matches sanctions -military.

    Did you mean:
    sanctions  /quotes sanctions
    For example: /quotes topic:"Venezuela policy""
  `);
});

test('the views of the seed at 60 columns', async () => {
  expect(await bot.say('/views venezuela', 60)).toMatchInlineSnapshot(`
    "Views: Pompeo’s four-country trip: is the Venezuela push
    working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old ·
    1 of 5 known respondents on file
    Asked  1 What did Pompeo accomplish on the trip?
           2 Is Washington’s push to end Venezuelan President
             Nicolás Maduro’s rule working?
           3 Should the Trump administration be doing more to
             help Venezuelan migrants who have sought refuge in
             the United States?
    Respondent: Author of the post (not named in the source)
      1: “Secretary Pompeo’s trip served as a reminder of the
      failure of the Trump administration’s strategy on
      Venezuela, and there are signs of cracks in regional
      support for U.S. policy.” [extracted]
      2: “This, paired with the Lima Group’s continued
      reluctance to follow the United States in implementing
      sanctions and its outright condemnation of a ‘military
      option,’ is a sign that Latin America’s patience for
      U.S.-Venezuela policy is thinning.” [mapped by the editor]
      3: no matching line found
    Agreement  cannot be judged: one response on file
    Not on file  Ray Walser · Francisco Durand · Brian Turner
      · Maria Velez de Berliner (named in the source)
    How lines are chosen: an editor’s first, else by rule. The
    sentence that holds the largest share of the words that only
    this part of the question uses: at least two of them, and a
    third of all.
    Source
      https://venezuelablog.org/latin-america-advisor-qa-pompeos
      -trip-latin-america/
    Brief            /brief ma7dygg
    Whole responses  /read ma7dygg"
  `);
});

test('the views of the seed at 120 columns', async () => {
  expect(await bot.say('/views venezuela', 120)).toMatchInlineSnapshot(`
    "Views: Pompeo’s four-country trip: is the Venezuela push working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old · 1 of 5 known respondents on file
    Asked        1 What did Pompeo accomplish on the trip?
                 2 Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?
                 3 Should the Trump administration be doing more to help Venezuelan migrants who have sought refuge in the
                   United States?
    Respondent: Author of the post (not named in the source)
      1: “Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela,
      and there are signs of cracks in regional support for U.S. policy.” [extracted]
      2: “This, paired with the Lima Group’s continued reluctance to follow the United States in implementing sanctions and
      its outright condemnation of a ‘military option,’ is a sign that Latin America’s patience for U.S.-Venezuela policy is
      thinning.” [mapped by the editor]
      3: no matching line found
    Agreement    cannot be judged: one response on file
    Not on file  Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)
    How lines are chosen: an editor’s first, else by rule. The sentence that holds the largest share of the words that only
    this part of the question uses: at least two of them, and a third of all.
    Source  https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/
    Brief   /brief ma7dygg    Whole responses  /read ma7dygg"
  `);
});

test('a citation holds the quote, the attribution and the source', async () => {
  expect(await bot.say('/cite ma7dygg-rpp4h', 60)).toMatchInlineSnapshot(`
    "Citation (chicago)
    Latin America Advisor Q&A · April 18, [2019] · 7 years old
    “This, paired with the Lima Group’s continued reluctance to follow the United States in implementing sanctions and its outright condemnation of a ‘military option,’ is a sign that Latin America’s patience for U.S.-Venezuela policy is thinning.”
    — [unnamed respondent], reproduced by venezuelablog.org
    [unnamed respondent], response to the question “U.S. Secretary of State Mike Pompeo this month…,” Latin America Advisor Q&A, Inter-American Dialogue, April 18, [2019], as reproduced at venezuelablog.org, https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/.
    apa       /cite ma7dygg-rpp4h style:apa
    memo      /cite ma7dygg-rpp4h style:memo
    bibtex    /cite ma7dygg-rpp4h style:bibtex
    csl-json  /cite ma7dygg-rpp4h style:csl-json"
  `);
});

describe('words that were changed in the database behind the bot’s back', () => {
  const text = 'The tariffs will hold because nobody gains from lifting them. Exporters have already priced them in.';
  let folder: string;
  let tampered: TestBot;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'briefdesk-tampered-'));
    const database = join(folder, 'briefdesk.db');
    const line = { part: 1, quote: 'Exporters have already priced them in.' };
    tampered = await openTestBot({
      database,
      persons,
      questions: [aQuestionFile({ code: 'tariffs', responses: [aResponseFile({ paragraphs: [text], lines: [line] })] })],
    });
    const db = new Sqlite(database);
    db.exec(`update response set text = replace(text, 'nobody gains', 'everybody gains')`);
    db.close();
  });
  afterAll(async () => {
    await tampered.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    '/brief tariffs',
    '/quotes tariffs',
    '/quotes by:quill',
    '/quotes topic:trade',
    '/views tariffs',
    '/read tariffs',
    '/respondent quill',
    '/cite tariffs',
  ])('are refused by %s, logged, and never shown', async (line) => {
    tampered.logged.length = 0;
    const shown = await tampered.say(line, WIDE);
    expect(shown).not.toMatch(/gains|priced them in|Something broke/);
    expect(tampered.logged.filter(({ level, event }) => level === 'error' && event.includes('refused')).length).toBeGreaterThan(
      0,
    );
  });

  test('are refused by /cite of a quote that was not touched itself', async () => {
    const clean = await openTestBot({
      persons,
      questions: [aQuestionFile({ code: 'tariffs', responses: [aResponseFile({ paragraphs: [text] })] })],
    });
    const [quote] = quotesOf(await clean.message('/quotes exporters'));
    await clean.close();
    expect(quote && wordsOf(quote)).toBe('Exporters have already priced them in.');
    const shown = await tampered.say(`/cite ${quote?.code}`, WIDE);
    expect(shown).toContain('A quote was refused');
    expect(shown).not.toContain('priced');
  });
});

test('Markdown, mentions and terminal codes in content are shown as text', async () => {
  const nasty = 'See *this* <!channel> and @everyone at [x](javascript:alert(1)) `now` \u001b[31mred &amp; end.';
  const literal = await openTestBot({
    persons,
    questions: [
      aQuestionFile({ code: 'nasty1', headline: '<@U123> *Will* it hold?', responses: [aResponseFile({ paragraphs: [nasty] })] }),
    ],
  });
  for (const line of ['/brief nasty1', '/quotes everyone', '/views nasty1', '/read nasty1', '/respondent quill']) {
    const message = await literal.message(line);
    expect(JSON.stringify(message), line).toContain(JSON.stringify('<!channel> and').slice(1, -1));
    const shown = await literal.say(line, WIDE);
    expect(shown, line).toContain(
      'See *this* <!channel> and @everyone at [x](javascript:alert(1)) `now` \ufffd[31mred &amp; end.',
    );
    expect(shown).not.toContain('\u001b');
  }
  expect(await literal.say('/brief nasty1')).toContain('<@U123> *Will* it hold?');
  await literal.close();
});
