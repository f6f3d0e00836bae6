import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyCommand, defineCommand, message } from '../src/command.ts';
import { CallerError } from '../src/errors.ts';
import { formatLine, parseLine } from '../src/line.ts';

const run = async () => message({ title: '', blocks: [] });
const option = (description: string) => z.string().optional().describe(description);
const all: AnyCommand[] = [
  defineCommand({
    name: 'brief',
    description: 'The briefing',
    options: z.object({
      topic: option('Topic, such as venezuela'),
      since: option('Date, such as 2019-04'),
      until: option('Date, such as 2019'),
    }),
    words: 'topic',
    run,
  }),
  defineCommand({
    name: 'quotes',
    description: 'Quotes',
    options: z.object({
      words: option('Words, such as sanctions'),
      by: option('Name, such as Ray Walser'),
      topic: option('Topic, such as venezuela'),
      since: option('Date, such as 2019-04'),
    }),
    words: 'words',
    run,
  }),
  defineCommand({ name: 'read', description: 'Read', options: z.object({ question: z.string() }), words: 'question', run }),
  defineCommand({
    name: 'topics',
    description: 'Topics',
    options: z.object({ country: option('Country, such as venezuela') }),
    run,
  }),
];
const commands = new Map(all.map((command) => [command.name, command]));

const brief = (options: Record<string, string>) => ({ command: 'brief', options });
const quotes = (options: Record<string, string>) => ({ command: 'quotes', options });

test.each<[says: string, line: string, expected: { command: string; options: Record<string, string> }]>([
  ['a command alone', '/brief', brief({})],
  ['free words', '/brief venezuela', brief({ topic: 'venezuela' })],
  ['no slash', 'brief venezuela', brief({ topic: 'venezuela' })],
  ['a space after the slash', '/ brief venezuela', brief({ topic: 'venezuela' })],
  ['a name in capitals', '/Brief Venezuela', brief({ topic: 'Venezuela' })],
  ['space around', '  /brief   south   africa ', brief({ topic: 'south africa' })],
  ['a key', '/quotes by:walser', quotes({ by: 'walser' })],
  ['a key in capitals', '/quotes By:walser', quotes({ by: 'walser' })],
  ['a quoted value', '/quotes by:"ray walser"', quotes({ by: 'ray walser' })],
  ['a quotation mark in a quoted value', '/quotes by:"ray \\"r\\" walser"', quotes({ by: 'ray "r" walser' })],
  ['a backslash in a value', '/quotes by:a\\b', quotes({ by: 'a\\b' })],
  ['words before and after keys', '/quotes oil by:walser sanctions', quotes({ words: 'oil sanctions', by: 'walser' })],
  ['a value with a colon', '/brief topic:at:08:00', brief({ topic: 'at:08:00' })],
  ['a space after the colon', '/quotes by: walser', quotes({ by: 'walser' })],
  ['a space after the colon before a quoted value', '/quotes by: “ray walser”', quotes({ by: 'ray walser' })],
  ['keys that touch', '/quotes by:"ray walser"since:2019', quotes({ by: 'ray walser', since: '2019' })],
  ['share with any command', '/topics share:yes', { command: 'topics', options: { share: 'yes' } }],
  [
    'search grammar untouched',
    '/quotes "lima group" -"rolling out" -oil OR gas',
    quotes({ words: '"lima group" -"rolling out" -oil OR gas' }),
  ],
  ['two spaces in a phrase', '/quotes "lima  group"', quotes({ words: '"lima  group"' })],
  ['a key in a phrase', '/quotes "by:walser"', quotes({ words: '"by:walser"' })],
  ['a minus before a key', '/quotes oil -by:walser', quotes({ words: 'oil -by:walser' })],
  ['a phrase that is not closed', '/quotes "oil by:walser', quotes({ words: '"oil', by: 'walser' })],
  ['an address', '/brief http://example.org/a:b', brief({ topic: 'http://example.org/a:b' })],
  ['a time', '/brief 10:30', brief({ topic: '10:30' })],
  ['a colon at the end of a word', '/brief Venezuela: working?', brief({ topic: 'Venezuela: working?' })],
  [
    'a question id',
    '/read latin-america-advisor/2019-04-18/pompeo-trip',
    { command: 'read', options: { question: 'latin-america-advisor/2019-04-18/pompeo-trip' } },
  ],
  ['a Slack mention', '/quotes <@U123>', quotes({ words: '<@U123>' })],
  ['a command after /brief', '/brief quotes by:walser', quotes({ by: 'walser' })],
  ['a command after brief, in capitals', 'brief Topics', { command: 'topics', options: {} }],
  ['a command with its slash after /brief', '/brief /topics', { command: 'topics', options: {} }],
  ['/brief twice', '/brief brief quotes', brief({ topic: 'quotes' })],
  ['a topic named like a command, quoted', '/brief "topics"', brief({ topic: '"topics"' })],
  ['a topic named like a command, in curly quotes', '/brief “topics”', brief({ topic: '"topics"' })],
  ['a topic named like a command, as a key', '/brief topic:topics', brief({ topic: 'topics' })],
  ['curly quotes round a value', '/quotes by:“ray walser”', quotes({ by: 'ray walser' })],
  ['low and angular quotes', '/quotes „lima group“ «oil»', quotes({ words: '"lima group" "oil"' })],
  ['curly apostrophes', '/quotes by:o’brien ‘oil’', quotes({ words: '‘oil’', by: 'o’brien' })],
  ['a long dash before a word', '/quotes oil —gas –"rolling out"', quotes({ words: 'oil -gas -"rolling out"' })],
  ['a long dash between words', '/quotes oil — gas 2018–2019', quotes({ words: 'oil — gas 2018–2019' })],
  ['a long dash in a phrase', '/quotes "oil —gas"', quotes({ words: '"oil —gas"' })],
  ['Slack’s entities', '/quotes R&amp;D &lt;b&gt;', quotes({ words: 'R&D <b>' })],
  ['entities once only', '/quotes &amp;lt;', quotes({ words: '&lt;' })],
  ['hard spaces', '/quotes\u00a0by:"ray\u00a0walser"\u00a0oil', quotes({ words: 'oil', by: 'ray walser' })],
])('understands %s: %s', (_, line, expected) => {
  expect(parseLine(line, commands)).toEqual(expected);
});

test.each<[line: string, says: RegExp, nearest: string[], example: string]>([
  ['', /Nothing was typed/, [], '/brief venezuela'],
  ['  ', /Nothing was typed/, [], '/brief venezuela'],
  ['/', /Nothing was typed/, [], '/brief venezuela'],
  ['/qoutes oil', /no command “\/qoutes”.*\/quotes/, ['/quotes oil'], '/brief venezuela'],
  ['/quo oil', /no command “\/quo”/, ['/quotes oil'], '/brief venezuela'],
  ['/zzzzzz oil', /The commands are \/brief, \/quotes, \/read, \/topics/, ['/brief zzzzzz oil'], '/brief venezuela'],
  ['venezuela', /start with \//, ['/brief venezuela'], '/brief venezuela'],
  ['what about oil', /start with \//, ['/brief what about oil'], '/brief venezuela'],
  ['/topics oil', /takes no free words.*country:, share:/, [], '/topics country:venezuela'],
  ['/brief topics in venezuela', /takes no free words/, ['/brief topic:"topics in venezuela"'], '/topics country:venezuela'],
  ['/quotes bt:walser oil', /no option “bt:”.*by:/, ['/quotes oil by:walser'], '/quotes by:"Ray Walser"'],
  ['/quotes foo:bar', /no option “foo:”.*words:, by:, topic:, since:, share:/, [], '/quotes sanctions'],
  ['/quotes sinc:2019 tpic:oil', /no option “sinc:”/, [], '/quotes since:2019-04'],
  ['/quotes by:a by:b', /by: is given twice, “a” and “b”/, ['/quotes by:a', '/quotes by:b'], '/quotes by:"Ray Walser"'],
  ['/brief topic:oil gas', /topic: and the free words “gas”/, [], '/brief venezuela'],
  ['/quotes by:', /by: needs a value/, [], '/quotes by:"Ray Walser"'],
  ['/quotes by:""', /by: needs a value/, [], '/quotes by:"Ray Walser"'],
  ['/quotes by: since:2019', /by: needs a value/, [], '/quotes by:"Ray Walser"'],
  ['/quotes by:"ray walser', /quotation mark after by: is not closed/, ['/quotes by:"ray walser"'], '/quotes by:"Ray Walser"'],
])('answers %j with what is wrong, the nearest and an example', (line, says, nearest, example) => {
  const thrown = attempt(line);
  expect(thrown.message).toMatch(says);
  expect(thrown.nearest.map(({ label }) => label)).toEqual(nearest);
  expect(thrown.example).toBe(example);
  for (const one of thrown.nearest)
    expect(parseLine(one.label, commands)).toEqual({ command: one.command, options: one.options });
  expect(() => parseLine(example, commands)).not.toThrow();
});

describe('the line to type for an invocation', () => {
  test.each<[line: string, command: string, options: Record<string, string>]>([
    ['/brief', 'brief', {}],
    ['/brief venezuela since:2019', 'brief', { since: '2019', topic: 'venezuela' }],
    ['/brief topic:topics', 'brief', { topic: 'topics' }],
    ['/quotes "lima group" -oil by:"Ray Walser"', 'quotes', { words: '"lima group" -oil', by: 'Ray Walser' }],
    ['/quotes words:by:walser', 'quotes', { words: 'by:walser' }],
    ['/quotes by:"a \\"b\\" \\\\"', 'quotes', { by: 'a "b" \\' }],
    ['/quotes by:&amp;lt;', 'quotes', { by: '&lt;' }],
    ['/topics share:yes', 'topics', { country: '', share: 'yes' }],
  ])('is %s', (line, command, options) => {
    expect(formatLine(command, options, commands)).toBe(line);
  });

  test('is read back as it was meant, whatever the options hold', () => {
    const awkward = fc.constantFrom(
      '"',
      '“',
      '»',
      '\\',
      ' ',
      '\u00a0',
      '—',
      '-',
      ':',
      '&',
      '&amp;',
      '&lt;',
      'by:',
      'topics',
      'quotes',
      'http://',
      'é',
      '\n',
    );
    const value = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.array(fc.oneof(awkward, fc.string({ maxLength: 4 })), { maxLength: 8 }).map((parts) => parts.join('')),
      )
      .filter((one) => one.trim() !== '');
    const invocation = fc.constantFrom(...all).chain((command) =>
      fc.record({
        command: fc.constant(command.name),
        options: fc.dictionary(fc.constantFrom(...Object.keys(command.options.shape), 'share'), value, { noNullPrototype: true }),
      }),
    );
    fc.assert(
      fc.property(invocation, ({ command, options }) => {
        expect(parseLine(formatLine(command, options, commands), commands)).toEqual({ command, options });
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is typed gives an invocation or one clear error', () => {
    fc.assert(
      fc.property(fc.constantFrom('/', '/brief ', '/quotes ', ''), fc.string({ unit: 'grapheme' }), (start, rest) => {
        expect(outcome(start + rest)).toMatch(/^(understood|CallerError)$/);
      }),
      { numRuns: 300 },
    );
  });
});

function outcome(line: string): string {
  try {
    parseLine(line, commands);
    return 'understood';
  } catch (error) {
    return error instanceof CallerError ? error.name : String(error);
  }
}

function attempt(line: string): CallerError {
  try {
    parseLine(line, commands);
  } catch (error) {
    if (error instanceof CallerError) return error;
    throw error;
  }
  throw new Error(`“${line}” was understood`);
}
