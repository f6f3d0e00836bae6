import fc from 'fast-check';
import type { Action, Block, ListEntry, Message, Span } from '../../src/message/document.ts';

const NASTY = [
  '',
  ' ',
  '\n\n',
  '<!channel> *now*',
  '<@U123|x> &amp; <https://evil.example|click>',
  '**bold** __under__ _it_ ~~gone~~ ||secret|| `code` ```fence```',
  '# heading\n## two\n-# small\n- point\n* point\n  1. first\n> quoted\n>>> all',
  '@everyone @here <@123> <@&4> <#5> <t:1> <a:x:1> </brief:1> :smile:',
  'https://evil.example/a_b_(c)?x=*y* [text](https://evil.example) <https://evil.example>',
  '¯\\_(ツ)_/¯ \\ \\* \\\\',
  '👩‍👩‍👧 🇨🇱 e\u0301'.repeat(3),
  'مرحبا بالعالم \u202eevil\u202c שלום',
  '\ud83d',
  '\ude00x',
  '\u0000\u001b[1m\u0085',
  '1',
  '. one',
  '“quoted” — and ‘again’ […]',
  'He went to the U.S. It was 5 p.m. Then he left. '.repeat(120),
  'a\n'.repeat(2_500),
  '"'.repeat(3_500),
  '&'.repeat(3_500),
  '*'.repeat(3_000),
  `${'a\u0301'.repeat(900)} ${'x'.repeat(4_097)}`,
  'w'.repeat(50_000),
  '😀'.repeat(2_000),
];

export const words: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.lorem({ maxCount: 12 }), weight: 4 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 1 },
  { arbitrary: fc.string({ unit: fc.constantFrom(...'*_~`|<>@:[]()#-1.\\ \n&"a'), maxLength: 40 }), weight: 3 },
  { arbitrary: fc.constantFrom(...NASTY), weight: 3 },
);
const short = fc.oneof({ arbitrary: fc.lorem({ maxCount: 2 }), weight: 6 }, { arbitrary: words, weight: 1 });
const href = fc.oneof(
  { arbitrary: fc.webUrl({ withQueryParameters: true }), weight: 6 },
  fc.constantFrom(
    'javascript:alert(1)',
    'not an address',
    '',
    'https://a.example/(x)_"y"',
    `https://a.example/${'()'.repeat(450)}`,
    `https://a.example/${'q'.repeat(4_000)}`,
  ),
);

const style = fc.constantFrom(undefined, 'strong' as const, 'emphasis' as const, 'faint' as const, 'hit' as const);
export const textSpan: fc.Arbitrary<Span> = fc
  .tuple(words, style)
  .map(([text, of]) => (of === undefined ? { type: 'text', text } : { type: 'text', text, style: of }));
const span: fc.Arbitrary<Span> = fc.oneof(
  { arbitrary: textSpan, weight: 4 },
  fc.record({ type: fc.constant('link' as const), text: words, href }),
);
const spans = fc.array(span, { maxLength: 4 });

const runAction: fc.Arbitrary<Action> = fc.record({
  type: fc.constant('run' as const),
  label: short,
  command: fc.constantFrom('brief', 'read', 'cite'),
  options: fc.dictionary(fc.constantFrom('question', 'page', 'by'), fc.lorem({ maxCount: 1 }), { maxKeys: 2 }),
});
const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: runAction, weight: 3 },
  fc.record({ type: fc.constant('open' as const), label: short, href }),
);
const listEntry: fc.Arbitrary<ListEntry> = fc.record({ marker: short, spans, action }, { requiredKeys: ['spans'] });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant('heading' as const), text: words }),
  fc.record({ type: fc.constant('text' as const), label: short, spans }, { requiredKeys: ['type', 'spans'] }),
  fc.record(
    { type: fc.constant('list' as const), label: short, entries: fc.array(listEntry, { maxLength: 12 }) },
    { requiredKeys: ['type', 'entries'] },
  ),
  fc.record(
    { type: fc.constant('quote' as const), marker: short, words: spans, code: short, tags: fc.array(short, { maxLength: 2 }) },
    { requiredKeys: ['type', 'words', 'code', 'tags'] },
  ),
  fc.record({
    type: fc.constant('table' as const),
    columns: fc.array(short, { maxLength: 4 }),
    rows: fc.array(fc.array(spans, { maxLength: 4 }), { maxLength: 4 }),
  }),
  fc.record({ type: fc.constant('note' as const), spans }),
  fc.record({ type: fc.constant('copy' as const), text: words }),
  fc.constant<Block>({ type: 'divider' }),
  fc.record({ type: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 30 }) }),
);

/** Messages of every kind of block, with text that means to break out. */
export const arbitraryMessage: fc.Arbitrary<Message> = fc.record({
  title: words,
  blocks: fc.oneof(
    { arbitrary: fc.array(block, { maxLength: 6 }), weight: 5 },
    fc.array(block, { minLength: 50, maxLength: 70 }),
  ),
});
