import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentences } from '../../src/search/sentences.ts';

/** Where a person would cut, marked with “ | ”. */
const ENGLISH = [
  'Sen. Marco Rubio backed the plan. | Rep. Ilhan Omar did not.',
  'Gov. Ron DeSantis met Amb. James Story in Bogotá. | They spoke for an hour.',
  'Dr. Ana Pérez and Prof. J. K. Galbraith disagree. | Both signed the letter.',
  'Gen. Vladimir Padrino spoke first. | Lt. Col. Hugo Soto followed.',
  'Mr. Guaidó left. | Mrs. Machado stayed.',
  'The U.S. Treasury froze the assets. | OFAC issued a licence.',
  'Sanctions came from the U.S. | The E.U. followed in May.',
  'He teaches in Washington, D.C. | His latest book is on Chile.',
  'U.S. and U.K. officials met in Washington, D.C. on Monday.',
  'The vote is at 5 p.m. Tuesday in Lima.',
  'Polls open at 8 a.m. and close at 4 p.m. | The count begins at once.',
  'No. 2 on the list is Brazil. | No. 3 is Peru.',
  'Will it work? | No. | The regime has survived worse.',
  'On Nov. 6, 2018, voters chose. | On Jan. 10 he took office.',
  'The deal collapsed in Dec. 2019. | It was never revived.',
  'In Maduro vs. Guaidó, the army decides.',
  'Copper, lithium, oil, etc. are taxed. | Farms are not.',
  'They export copper, lithium, etc. | The rest is services.',
  'Some allies, i.e. Cuba and Russia, stayed. | Others, e.g. Bolivia, left.',
  'Chevron Corp. said it would stay. | Exxon Mobil Corp. is leaving.',
  'Citgo Petroleum Corp. and PDV Holding Inc. are in court.',
  'Growth was 3.5 percent in 2018. | Inflation reached 1.7 million percent.',
  'It costs $1.5 billion. | That is 0.4% of GDP.',
  'The economy shrank by a third by 2019. | Nobody expects growth.',
  'The law dates from 1999. | Article 233 covers vacancies.',
  'Patience is thinning ... and allies know it.',
  'He paused... | Then he resigned.',
  'He hesitated… but signed.',
  'He waited… | The call never came.',
  'The region wants “a peaceful ... Venezuelan solution” and soon.',
  'The “[...] Bolivarian revolution” has failed. | Everybody knows.',
  '“Sanctions work.” | “They do not,” she said.',
  'He called it “a serious mistake.” | Others agreed.',
  '"The strategy failed." | "It never began."',
  '“Is it working?” he asked.',
  '“Get out!” shouted the crowd. | The police moved in.',
  '"Will they go?" asked one diplomat. | Nobody knew.',
  'Is the push working? | Should it do more? | Analysts differ.',
  'What now?! | Nobody can say.',
  'The plan failed (see below.) | A new one is due.',
  '(He declined to comment.) | The ministry did too.',
  'The opposition (led by J. Guaidó) is split. | Why?',
  'Sen. Bob Menendez (D-N.J.) wrote the bill. | It passed.',
  'Sen. Rick Scott (R-Fla.) voted no. | The bill failed.',
  'George W. Bush and John F. Kelly knew it. | Trump did not.',
  'J. Michael Waller, Ph.D., disagrees. | He has said so since 2002.',
  'Robert Smith Jr. chairs the board. | Juan Pérez Sr. founded it.',
  'St. Lucia abstained. | So did St. Kitts and Nevis.',
  'The U.N. Security Council met. | Russia vetoed the text.',
  'The U.S. “Monroe Doctrine” is back. | Few are pleased.',
  'He left the U.S. | “We will not return,” he said.',
  'Under Secretary Hale and U.S. Under Secretary Malpass met.',
  'The paper (Smith et al. 2017) finds no effect. | It is often cited.',
  'See art. 5 of the treaty. | Chapter 2 is silent.',
  'See p. 14 and pp. 20-22. | The rest is noise.',
  'iPhone exports rose. | eBay left the country.',
  'The law passed.¹ | The court struck it down.',
  'The law passed.[1] | The court struck it down.',
  '1. The economy is shrinking. | 2. The army is loyal.',
  'Secretary Pompeo’s trip served as a reminder of the failure of the Trump administration’s strategy on Venezuela, and there are signs of cracks in regional support for U.S. policy.',
  'This, paired with the Lima Group’s outright condemnation of a ‘military option,’ is a sign that patience for U.S.-Venezuela policy is thinning. | It will not hold.',
  'Washington pressed on: sanctions, visas, indictments. | Caracas shrugged; Moscow paid.',
  'Maduro remains. | But for how long?',
  'GDP fell 35% from 2013 to 2018. | 3 million people left.',
  'The company, Rosneft Trading S.A., was sanctioned. | Its parent was not.',
  'He is a fellow at Brookings Inst. and teaches. | She is not.',
];
const SPANISH = [
  'El Sr. Guaidó habló. | La Sra. Machado también.',
  'El Dr. Ricardo Lagos y la Dra. Michelle Bachelet coinciden. | El Lic. Fox no.',
  '¿Funciona la presión? | No lo creo. | ¡Ojalá!',
  '—¿Funciona? —preguntó el senador. | —Nadie lo sabe.',
  '¿Qué hará EE.UU. ante la crisis? | Nadie lo sabe.',
  'Las sanciones de EE. UU. afectan al petróleo. | La UE duda.',
  'Vive en EE.UU. | El gobierno lo sabe.',
  'El art. 233 de la Constitución es claro. | El núm. 4 no lo es.',
  'Véase la pág. 14 del informe. | El resto es conocido.',
  'Algunos países, p. ej. Bolivia, se abstuvieron. | Otros no.',
  'La inflación fue de 1.370.000 por ciento en 2018. | Nadie lo duda.',
  'El PIB cayó 3,5%. | El desempleo subió.',
  'El 1.º de mayo hubo marchas. | El 2.º día, calma.',
  '«La estrategia fracasó». | Así lo dijo el canciller.',
  '«La estrategia fracasó.» | Otros discrepan.',
  'Dijo: “No habrá diálogo.” | Después se fue.',
  'El Gral. Padrino no respondió. | El Cnel. Soto sí.',
  'Petróleos de Venezuela, S.A. debe 60 mil millones. | Nadie cobra.',
  'La Cía. Minera del Sur cerró. | Hubo protestas.',
  'Llegaron por mar. | Venezuela protestó.',
  'Cobre, litio, etc. pagan impuestos. | El agro no.',
  'El presidente calló… | Luego renunció.',
  'Ud. sabe la respuesta. | Uds. también.',
  'J. L. Borges lo dijo antes. | Nadie escuchó.',
  'Según el Prof. Pérez, hay salida. | ¿Cuál?',
];
const PORTUGUESE = [
  'O Sr. Bolsonaro falou. | A Sra. Rousseff discordou.',
  'O Dr. Celso Amorim e a Profa. Maria Silva concordam. | O Dep. Maia não.',
  'O art. 5 da Constituição é claro. | A lei n.º 13.445 também.',
  'Funciona a pressão? | Não. | Ninguém acredita.',
  '“Vai funcionar?”, perguntou o senador. | Ninguém sabe.',
  '— Vai funcionar? — perguntou o senador.',
  'As sanções dos E.U.A. afetam o petróleo. | A UE hesita.',
  'A inflação foi de 3,75% em 2018. | O PIB caiu 0,2%.',
  'Vale S.A. e Odebrecht Ltda. negociam. | O governo observa.',
  'Alguns países, p. ex. Bolívia, abstiveram-se. | Outros não.',
  'O 1.º turno foi calmo. | O 2.º não foi.',
  'Veja a pág. 20. | O resto é conhecido.',
  'Ele hesitou… mas assinou. | Depois saiu.',
  'Gen. Mourão discordou. | É grave.',
];
const ALL = [
  ...ENGLISH.map((marked) => ({ marked, language: 'en' })),
  ...SPANISH.map((marked) => ({ marked, language: 'es' })),
  ...PORTUGUESE.map((marked) => ({ marked, language: 'pt-BR' })),
];

const cut = (text: string, language = 'en') => sentences(text, language).map(({ start, end }) => text.slice(start, end));

test('prose full of titles, initials and abbreviations is cut where a person would cut it', () => {
  let [right, found, wanted] = [0, 0, 0];
  const differing: string[] = [];
  for (const { marked, language } of ALL) {
    const text = marked.replaceAll(' | ', ' ');
    const expected = new Set(ends(marked.split(' | ')));
    const actual = ends(cut(text, language));
    right += actual.filter((end) => expected.has(end)).length;
    found += actual.length;
    wanted += expected.size;
    if (actual.join() !== [...expected].join()) differing.push(cut(text, language).join(' | '));
  }
  const f1 = (2 * right) / (found + wanted);
  expect(ALL.length).toBeGreaterThanOrEqual(80);
  expect(f1, differing.join('\n')).toBeGreaterThanOrEqual(0.96);
});

/** Ends of all sentences but the last, where no one can err. */
function ends(parts: string[]): number[] {
  let end = -1;
  return parts.slice(0, -1).map((part) => {
    end += part.length + 1;
    return end;
  });
}

test.each([
  ...ALL.slice(0, 8),
  ...ALL.slice(33, 38),
  ...ALL.filter(({ marked }) => /Fla\.|EE\. ?UU|Pompeo’s trip|p\. e[jx]\./.test(marked)),
])('“$marked” is cut exactly so', ({ marked, language }) => {
  expect(cut(marked.replaceAll(' | ', ' '), language)).toEqual(marked.split(' | '));
});

test('an empty line ends a sentence and a single line break does not', () => {
  expect(cut('A heading without a stop\n\nThe text goes\non here. It ends.\r\n \r\nNext')).toEqual([
    'A heading without a stop',
    'The text goes\non here.',
    'It ends.',
    'Next',
  ]);
});

test('marks without a word are no sentence of their own', () => {
  expect(cut('... The end. *** “Why?” !')).toEqual(['... The end.', '*** “Why?” !']);
  expect(cut('* * *')).toEqual(['* * *']);
});

test('a language that nobody knows is cut like English', () => {
  expect(cut('Sen. Rubio spoke. He left.', 'not a language')).toEqual(['Sen. Rubio spoke.', 'He left.']);
});

test('a long paragraph is cut like the same sentences on their own', () => {
  const one = 'Sen. Rubio (R-Fla.) spoke at 3.5 p.m. (12) – on Venezuela, “and left.” Was it wise? Nobody knows. ';
  const many = cut(one.repeat(300));
  expect(many).toEqual(Array.from({ length: 300 }, () => cut(one)).flat());
});

test('a megabyte without an empty line is cut to its end', () => {
  for (const piece of ['a. b. c. ', 'word', 'The end. ', '1. ', 'A. ', '\n ', '. ( ']) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(sentences(text, 'en').at(-1)?.end ?? 0).toBe(text.trimEnd().length);
  }
});

const prose = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'U.S.',
        'Sen.',
        'The',
        'word',
        '…',
        '...',
        '”',
        '“',
        ')',
        '(',
        '\n',
        '\n\n',
        ' ',
        '?',
        '.',
        '[1]',
        '¹',
        '1',
        'é',
      ),
    )
    .map((pieces) => pieces.join('')),
);

test('sentences hold every character that is not white space, in order, and begin and end with one', () => {
  fc.assert(
    fc.property(prose, fc.constantFrom('en', 'es', 'pt-BR', 'x', ''), (text, language) => {
      let last = 0;
      for (const { start, end } of sentences(text, language)) {
        expect(text.slice(last, start).trim()).toBe('');
        const sentence = text.slice(start, end);
        expect(sentence).not.toBe('');
        expect(sentence.trim()).toBe(sentence);
        expect(sentence).not.toMatch(/\n\s*\n/);
        last = end;
      }
      expect(text.slice(last).trim()).toBe('');
    }),
  );
});

test('sentences end where Intl.Segmenter, given the whole paragraph, lets them end', () => {
  const words = ['Yes', 'no', 'the U.S', 'etc', '3', 'É', 'é', '¿Qué', '“So', 'OK)', '."', '…', ';', 'Yes。', '⁇', '、'];
  const pieces = fc.tuple(fc.constantFrom(...words), fc.constantFrom('', ' ', '. ', '. ', '? ', '.  ', '\n'));
  const prose = fc.array(pieces, { minLength: 3, maxLength: 20, size: 'max' });
  fc.assert(
    fc.property(prose, (said) => {
      const text = said.flat().join('');
      // No short cut is taken where spaces are of another kind.
      expect(sentences(text, 'en')).toEqual(sentences(text.replaceAll(' ', '\u2005'), 'en'));
    }),
    { numRuns: 2000 },
  );
});
