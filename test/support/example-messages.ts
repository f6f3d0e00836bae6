import { actions, heading, labelled, line, link, type Message, note, open, run, text } from '../../src/message/document.ts';

const brief = (of: string) => run('Brief', 'brief', { about: of });

const briefing: Message = {
  title: 'Pompeo’s four-country trip: is the Venezuela push working?',
  blocks: [
    heading('Pompeo’s four-country trip: is the Venezuela push working?'),
    note('Latin America Advisor Q&A · April 18, [2019] · 7 years old'),
    note('Chile, Colombia, Paraguay, Peru, United States, Venezuela'),
    labelled(
      'Bottom line',
      'The one respondent on file argues that the strategy is failing and that regional patience is thinning. ',
      text('[editor]', 'faint'),
      ' · ',
      text('1 of 5 known respondents on file', 'faint'),
    ),
    {
      type: 'list',
      label: 'Asked',
      entries: [
        { marker: '1', spans: [text('What did Pompeo accomplish on the trip?')] },
        { marker: '2', spans: [text('Is Washington’s push to end Venezuelan President Nicolás Maduro’s rule working?')] },
        {
          marker: '3',
          spans: [text('Should the Trump administration be doing more to help Venezuelan migrants in the United States?')],
        },
      ],
    },
    line(text('Author of the post (not named in the source)', 'strong')),
    {
      type: 'quote',
      marker: '1',
      words: [
        text(
          'Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela, and there are signs of cracks in regional support for U.S. policy.',
        ),
      ],
      code: 'k7m2p4x-ab3de',
      tags: ['mapped by the editor'],
    },
    note('3  no matching line found'),
    labelled('Agreement', 'cannot be judged: one response on file'),
    labelled('Not on file', 'Ray Walser · Francisco Durand · Brian Turner · Maria Velez de Berliner (named in the source)'),
    actions(
      open('Source', 'https://venezuelablog.org/latin-america-advisor-qa-pompeos-trip-latin-america/'),
      run('Whole responses', 'read', { question: 'k7m2p4x' }),
      run('Quotes', 'quotes', { question: 'k7m2p4x' }),
      run('Views', 'views', { about: 'k7m2p4x' }),
      run('Cite', 'cite', { of: 'k7m2p4x' }),
      run('Share', 'brief', { about: 'k7m2p4x', share: 'yes' }),
    ),
    {
      type: 'list',
      label: 'Also',
      entries: [
        { spans: [text('Can the Lima Group hold together? · May 2, 2019')], action: brief('p3q9r2s') },
        { spans: [text('What would an oil embargo change? · January 30, 2019')], action: brief('b8c1d5f') },
      ],
    },
  ],
};

const quotes: Message = {
  title: 'Quotes on “sanctions”',
  blocks: [
    heading('Quotes on “sanctions”'),
    note('2 quotes, newest first'),
    line(text('Ana Torres', 'strong'), text(' · director, Institute of Policy', 'faint')),
    {
      type: 'quote',
      words: [text('More '), text('sanctions', 'hit'), text(' won’t work:\n- they hurt <the poor> & *nobody* else.')],
      code: 'k7m2p4x-ab3de',
      tags: [],
    },
    note('Policy Weekly Q&A · April 18, 2019 · ', link('source', 'https://policy.example/reform_(2019)')),
    { type: 'divider' },
    line(text('Author of the post (not named in the source)', 'strong')),
    {
      type: 'quote',
      words: [text('implementing '), text('sanctions', 'hit'), text(' … “military option,” @everyone said.')],
      code: 'k7m2p4x-cd4fg',
      tags: ['translated from Spanish'],
    },
    actions(run('Next page', 'quotes', { words: 'sanctions', page: '2' })),
  ],
};

const views: Message = {
  title: 'Views: Has the school reform worked?',
  blocks: [
    heading('Views: Has the school reform worked?'),
    {
      type: 'table',
      columns: ['Respondent', '1', '2'],
      rows: [
        [
          [text('Ana Torres', 'strong')],
          [text('“The reform has reached the north.”'), text(' [extracted]', 'faint')],
          [text('no matching line found', 'faint')],
        ],
        [
          [text('Luis Peña', 'strong'), text(' · translated into English', 'faint')],
          [text('no, confidence 3 ', 'strong'), text('“It has '), text('not', 'hit'), text('.”')],
          [text('does not address this [recorded by the editor]', 'faint')],
        ],
      ],
    },
    labelled('Agreement', 'part 1: 1 no'),
    { type: 'copy', text: '@article{torres2019,\n  title = {School Reform, Ten Years On}\n}' },
    actions(brief('reform1')),
  ],
};

const paragraph =
  'The reform has reached most of the schools in the north, said Dr. Torres at 5 p.m. on the U.S. side of the border. Rural schools still wait for teachers; in the south nothing has changed. ';
const reading: Message = {
  title: 'School Reform, Ten Years On',
  blocks: [
    heading('School Reform, Ten Years On'),
    note('Policy Weekly · April 18, 2019 · page 1 of 2'),
    line(text('Ana Torres', 'strong')),
    ...Array.from({ length: 6 }, (_, index) => line(`${index + 1}. ${paragraph.repeat(index === 3 ? 30 : 8).trim()}`)),
    note('[…] continues on the next page'),
    actions(run('Next page', 'read', { question: 'reform1', page: '2' }), brief('reform1')),
  ],
};

/** Messages as commands make them. */
export const examples = { briefing, quotes, views, reading };
