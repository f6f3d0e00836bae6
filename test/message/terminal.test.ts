import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyCommand, defineCommand, message } from '../../src/command.ts';
import {
  type Action,
  actions,
  type Block,
  heading,
  labelled,
  line,
  link,
  type Message,
  note,
  open,
  run,
  type Span,
  text,
} from '../../src/message/document.ts';
import { toTerminal } from '../../src/message/terminal.ts';

const command = (name: string, words: string): [string, AnyCommand] => [
  name,
  {
    ...defineCommand({
      name,
      description: name,
      options: z.object({ [words]: z.string().optional(), by: z.string().optional() }),
      run: async () => message({ title: '', blocks: [] }),
    }),
    words,
  },
];
const commands = new Map([
  command('brief', 'topic'),
  command('quotes', 'words'),
  command('read', 'question'),
  command('views', 'topic'),
  command('cite', 'id'),
]);
const plain = (blocks: Block[], width: number) => toTerminal({ title: 'Title', blocks }, { width, colour: false }, commands);
const coloured = (blocks: Block[], width = 60) =>
  toTerminal({ title: 'Title', blocks }, { width, colour: true }, commands).replaceAll('\u001b', '␛');

const briefing: Block[] = [
  heading('Pompeo’s four-country trip: is the Venezuela push working?'),
  note('Latin America Advisor Q&A · April 18, [2019] · 7 years old'),
  labelled(
    'Bottom line',
    'The one respondent on file argues that the strategy is failing and that regional patience is thinning. [editor] 1 of 5 known respondents on file',
  ),
  {
    type: 'list',
    label: 'Asked',
    entries: [
      { marker: '1', spans: [text('What did Pompeo accomplish on the trip?')] },
      { marker: '2', spans: [text('Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?')] },
    ],
  },
  line(text('Author of the post', 'strong'), ' (not named in the source)'),
  {
    type: 'quote',
    marker: '1',
    words: [
      text('Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on '),
      text('Venezuela', 'hit'),
      text(', and there are signs of cracks in regional support for U.S. policy.'),
    ],
    code: 'k7m2p4x-ab3de',
    tags: ['extracted'],
  },
  { type: 'list', entries: [{ marker: '3', spans: [text('no matching line found', 'faint')] }] },
  labelled('Not on file', 'Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)'),
  actions(
    open('Source', 'https://venezuelablog.org/latin-america-advisor-qa/'),
    run('Whole responses', 'read', { question: 'k7m2p4x' }),
    run('Quotes', 'quotes', { words: 'venezuela' }),
    run('Views', 'views', { topic: 'k7m2p4x' }),
    run('Cite', 'cite', { id: 'k7m2p4x' }),
    run('Share', 'brief', { topic: 'k7m2p4x', share: 'yes' }),
  ),
];

test('a briefing reads well at 60 columns', () => {
  expect(plain(briefing, 60)).toMatchInlineSnapshot(`
    "Pompeo’s four-country trip: is the Venezuela push working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old
    Bottom line  The one respondent on file argues that the
      strategy is failing and that regional patience is
      thinning. [editor] 1 of 5 known respondents on file
    Asked  1 What did Pompeo accomplish on the trip?
           2 Is Washington’s push to end Venezuelan President
             Nicolás Maduro’s rule working?
    Author of the post (not named in the source)
      1 “Secretary Pompeo’s trip served as a reminder of the
        failure of the Trump administration’s strategy on
        Venezuela, and there are signs of cracks in regional
        support for U.S. policy.” [extracted]
      3 no matching line found
    Not on file  Ray Walser · Francisco Durand · Brian Turner
      · Maria Velez de Berliner (named in the source)
    Source  https://venezuelablog.org/latin-america-advisor-qa/
    Whole responses  /read k7m2p4x
    Quotes           /quotes venezuela
    Views            /views k7m2p4x
    Cite             /cite k7m2p4x
    Share            /brief k7m2p4x share:yes"
  `);
});

test('a briefing reads well at 120 columns', () => {
  expect(plain(briefing, 120)).toMatchInlineSnapshot(`
    "Pompeo’s four-country trip: is the Venezuela push working?
    Latin America Advisor Q&A · April 18, [2019] · 7 years old
    Bottom line  The one respondent on file argues that the strategy is failing and that regional patience is thinning.
                 [editor] 1 of 5 known respondents on file
    Asked        1 What did Pompeo accomplish on the trip?
                 2 Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?
    Author of the post (not named in the source)
      1 “Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela,
        and there are signs of cracks in regional support for U.S. policy.” [extracted]
      3 no matching line found
    Not on file  Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)
    Source           https://venezuelablog.org/latin-america-advisor-qa/
    Whole responses  /read k7m2p4x    Quotes  /quotes venezuela           Views  /views k7m2p4x
    Cite             /cite k7m2p4x    Share   /brief k7m2p4x share:yes"
  `);
});

test('a briefing in colour marks the hit, the labels and what can be typed', () => {
  expect(coloured(briefing, 120)).toMatchInlineSnapshot(`
    "␛[1mPompeo’s four-country trip: is the Venezuela push working?␛[0m
    ␛[2mLatin America Advisor Q&A · April 18, [2019] · 7 years old␛[0m
    ␛[1mBottom line␛[0m  The one respondent on file argues that the strategy is failing and that regional patience is thinning.
                 [editor] 1 of 5 known respondents on file
    ␛[1mAsked␛[0m        ␛[2m1␛[0m What did Pompeo accomplish on the trip?
                 ␛[2m2␛[0m Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?
    ␛[1mAuthor of the post␛[0m (not named in the source)
    ␛[2m  1␛[0m “Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on ␛[1;7mVenezuela␛[0m,
        and there are signs of cracks in regional support for U.S. policy.”␛[2m [extracted]␛[0m
      ␛[2m3␛[0m ␛[2mno matching line found␛[0m
    ␛[1mNot on file␛[0m  Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)
    Source           ␛[36mhttps://venezuelablog.org/latin-america-advisor-qa/␛[0m
    Whole responses  ␛[36m/read k7m2p4x␛[0m    Quotes  ␛[36m/quotes venezuela␛[0m           Views  ␛[36m/views k7m2p4x␛[0m
    Cite             ␛[36m/cite k7m2p4x␛[0m    Share   ␛[36m/brief k7m2p4x share:yes␛[0m"
  `);
});

test('without colour a hit is unmarked and pipes stay plain text', () => {
  expect(plain([line('a | ', text('b', 'hit'), ' | c')], 60)).toBe('a | b | c');
});

const table: Block = {
  type: 'table',
  columns: ['Topic', 'Questions', 'Newest'],
  rows: [
    [[text('Venezuela')], [text('12')], [text('April 18, [2019]')]],
    [[text('選挙とラテンアメリカ')], [text('3')], [text('2018')]],
  ],
};

test('a table that fits is a grid, its numbers under each other', () => {
  expect(plain([table], 60)).toMatchInlineSnapshot(`
    "Topic                 Questions  Newest
    ────────────────────  ─────────  ────────────────
    Venezuela                    12  April 18, [2019]
    選挙とラテンアメリカ          3  2018"
  `);
});

test('a table that does not fit becomes one record a row', () => {
  expect(plain([table], 30)).toMatchInlineSnapshot(`
    "Topic: Venezuela
      Questions: 12
      Newest: April 18, [2019]
    Topic: 選挙とラテンアメリカ
      Questions: 3
      Newest: 2018"
  `);
});

test('an entry’s button is typed behind it where there is room, else below', () => {
  const entry = (words: string) => ({
    type: 'list' as const,
    entries: [{ spans: [text(words)], action: run('Read', 'read', { question: 'k7m2p4x' }) }],
  });
  expect(plain([entry('Short'), entry('A title that leaves no room for its button')], 60)).toMatchInlineSnapshot(`
    "  • Short  Read  /read k7m2p4x
      • A title that leaves no room for its button
        Read  /read k7m2p4x"
  `);
});

test('an action whose label is the line itself is shown once', () => {
  expect(plain([actions(run('/brief oil', 'brief', { topic: 'oil' }))], 60)).toBe('/brief oil');
});

test('a link shows its address, once', () => {
  expect(plain([line(link('Source', 'https://a.example/'), ', ', link('https://b.example/', 'https://b.example/'))], 60)).toBe(
    'Source <https://a.example/>, https://b.example/',
  );
});

test('what is to be copied keeps its own lines, however long', () => {
  const copy = `@misc{pompeo,\n  title = {${'long '.repeat(20).trim()}},\n}`;
  expect(plain([{ type: 'copy', text: copy }], 20)).toBe(copy);
});

test('paragraphs stay apart', () => {
  expect(plain([line('One.\n\nTwo.\nThree.\n\n\n')], 20)).toBe('One.\n\nTwo.\nThree.');
});

test('a wide letter takes two columns, a combining mark none', () => {
  expect(plain([line('ああ あ')], 20)).toBe('ああ あ');
  expect(plain([line(`${'あ'.repeat(10)}い`)], 20)).toBe(`${'あ'.repeat(10)}\nい`);
  expect(plain([line(`${'e\u0301'.repeat(20)}f`)], 20)).toBe(`${'e\u0301'.repeat(20)}\nf`);
  expect(plain([line(`${'🇻🇪'.repeat(10)}f`)], 20)).toBe(`${'🇻🇪'.repeat(10)}\nf`);
  expect(plain([line(`${'👩‍👧'.repeat(10)}f`)], 20)).toBe(`${'👩‍👧'.repeat(10)}\nf`);
});

test('a long text without spaces is shown whole', () => {
  const shown = plain([line('選挙'.repeat(50_000))], 80);
  expect(shown.split('\n').length).toBe(2500);
  expect(squeeze(shown)).toBe('選挙'.repeat(50_000));
});

test('an address longer than a line is broken, not lost', () => {
  expect(plain([line(`see ${'x'.repeat(25)}`)], 20)).toBe(`see\n${'x'.repeat(20)}\n${'x'.repeat(5)}`);
});

test('nothing in the content can command the terminal', () => {
  const nasty = 'a\u001b[31mb\u009b2Jc\u0007d\u202ee\u2066f\rg\u0000h\u007fi\ud800j';
  const blocks: Block[] = [
    heading(nasty),
    labelled(nasty, nasty),
    {
      type: 'list',
      label: nasty,
      entries: [{ marker: nasty, spans: [link(nasty, nasty)], action: run(nasty, nasty, { [nasty]: nasty }) }],
    },
    { type: 'quote', marker: nasty, words: [text(nasty, 'hit')], code: nasty, tags: [nasty] },
    { type: 'table', columns: [nasty], rows: [[[text(nasty)]]] },
    { type: 'copy', text: nasty },
    actions(open(nasty, nasty), run(nasty, 'brief', { topic: nasty })),
  ];
  for (const width of [20, 60, 120]) {
    expect(plain(blocks, width)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    expect(coloured(blocks, width).replace(/␛\[[\d;]*m/g, '')).not.toMatch(/(?!\n)\p{Cc}|␛|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
  }
});

const sgr = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const words = fc.oneof(
  fc.lorem({ maxCount: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('選挙', '“x” ', ' — ', 'a\nb', '\u00a0', '👩‍👧', 'x'.repeat(150), '|', '\u001b[1m', ''),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: words, style: fc.constantFrom('strong' as const, 'hit' as const) }),
  fc.record({ type: fc.constant('link' as const), text: words, href: fc.webUrl() }),
);
const spans = fc.array(span, { maxLength: 4 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('open' as const), label: words, href: fc.webUrl() }),
  fc.record({
    type: fc.constant('run' as const),
    label: words,
    command: fc.constantFrom('brief', 'read'),
    options: fc.constant({ by: 'ray walser' }),
  }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  words.map(heading),
  spans.map((of) => line(...of)),
  fc.tuple(words, spans).map(([label, of]) => labelled(label, ...of)),
  spans.map((of) => note(...of)),
  fc.record({
    type: fc.constant('quote' as const),
    marker: words,
    words: spans,
    code: words,
    tags: fc.array(words, { maxLength: 2 }),
  }),
  fc.record(
    {
      type: fc.constant('list' as const),
      label: words,
      entries: fc.array(fc.record({ marker: words, spans, action }, { requiredKeys: ['spans'] }), { maxLength: 3 }),
    },
    { requiredKeys: ['type', 'entries'] },
  ),
  fc.record({
    type: fc.constant('table' as const),
    columns: fc.array(words, { maxLength: 3 }),
    rows: fc.array(fc.array(spans, { maxLength: 3 }), { maxLength: 3 }),
  }),
  fc.array(action, { maxLength: 5 }).map((of) => actions(...of)),
);
const aMessage: fc.Arbitrary<Message> = fc.record({ title: words, blocks: fc.array(block, { maxLength: 5 }) });

test('no word is lost at any width, no line ends in a space, in colour or not', () => {
  fc.assert(
    fc.property(aMessage, fc.integer({ min: 20, max: 140 }), (of, width) => {
      const bare = toTerminal(of, { width, colour: false }, commands);
      const squeezed = squeeze(bare);
      let at = 0;
      for (const shown of textsOf(of.blocks)) {
        const found = squeezed.indexOf(shown, at);
        expect(found, `“${shown}” in ${bare}`).toBeGreaterThanOrEqual(at);
        at = found + shown.length;
      }
      expect(bare).not.toMatch(/[^\S\n]$/m);
      const stripped = toTerminal(of, { width, colour: true }, commands).replace(sgr, '');
      expect(stripped).toBe(bare);
    }),
    { numRuns: 300 },
  );
});

test('no line is wider than the terminal', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), fc.integer({ min: 20, max: 140 }), (blocks, width) => {
      for (const shown of plain(blocks, width).split('\n')) {
        // A lower bound on the columns taken: letters that are certainly seen.
        const columns = (shown.match(/\p{ASCII}/gu)?.length ?? 0) + 2 * (shown.match(/[選挙]/gu)?.length ?? 0);
        expect(columns).toBeLessThanOrEqual(width);
      }
    }),
    { numRuns: 300 },
  );
});

/** Every piece of text of the blocks, in the order of reading. */
function textsOf(blocks: readonly Block[]): string[] {
  const of = (list: readonly Span[]) => list.map((one) => one.text);
  const textsIn = (one: Block): string[] => {
    switch (one.type) {
      case 'heading':
      case 'copy':
        return [one.text];
      case 'text':
        return [one.label ?? '', ...of(one.spans)];
      case 'note':
        return of(one.spans);
      case 'quote':
        return [one.marker ?? '', ...of(one.words), ...one.tags];
      case 'list':
        return [
          one.label ?? '',
          ...one.entries.flatMap((entry) => [entry.marker ?? '', ...of(entry.spans), entry.action?.label ?? '']),
        ];
      case 'table':
        return one.rows.flatMap((row) => row.flatMap(of));
      case 'actions':
        return one.actions.map(({ label }) => label);
      case 'divider':
        return [];
    }
  };
  return blocks
    .flatMap(textsIn)
    .map((one) => squeeze(one.replace(/(?![\n\r\t\v\f\u0085])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '\ufffd')));
}

function squeeze(of: string): string {
  return of.replace(/[\s\u0085]/gu, '');
}
