import { expect, test } from 'vitest';
import { repairMojibake } from '../../src/content/import/mojibake.ts';
import { draftPerson, readName } from '../../src/content/import/person-name.ts';
import { hyphenVerdict } from '../../src/content/import/repair.ts';
import { splitRole } from '../../src/content/import/split-role.ts';

const person = (line: string) => {
  const name = readName(line, 0);
  if (name === undefined) return undefined;
  const { printed, display, honorific, family, given, particle, suffix, sort } = draftPerson(name, { start: 0, end: name.end });
  return { printed, display, honorific, family, given, particle, suffix, sort };
};

test.each([
  ['Jane Doe, director', { display: 'Jane Doe', family: 'Doe', given: 'Jane', sort: 'Doe, Jane' }],
  ['Aleida van der Meer:', { family: 'Meer', particle: 'van der', sort: 'van der Meer, Aleida' }],
  ['João d’Ávila, diretor', { family: 'Ávila', particle: 'd’', sort: 'd’Ávila, João' }],
  ['Tomás de la Fuente, professor', { family: 'Fuente', particle: 'de la' }],
  ['Omar el-Sayed: yes', { family: 'Sayed', particle: 'el-' }],
  ['Lena Ó Brádaigh, counsel', { display: 'Lena Ó Brádaigh' }],
  ['Robert Hale Jr., analyst', { display: 'Robert Hale Jr.', family: 'Hale', suffix: 'Jr.', sort: 'Hale, Robert, Jr.' }],
  ['Amos Reed III, analyst', { display: 'Amos Reed III', suffix: 'III' }],
  ['Ida Holm, Ph.D., economist', { printed: 'Ida Holm, Ph.D.', display: 'Ida Holm', suffix: 'Ph.D.' }],
  ['Hon Maria Exemplo OBE, minister', { honorific: 'Hon', display: 'Maria Exemplo', suffix: 'OBE' }],
  ['Rear Adm. (ret.) Jonah Pike, partner', { honorific: 'Rear Adm. (ret.)', display: 'Jonah Pike' }],
  ['H.E. Ngozi N’Diaye, ambassador', { honorific: 'H.E.', display: 'Ngozi N’Diaye' }],
  ['Dra. Lucía Ferreyra, profesora', { honorific: 'Dra.', printed: 'Dra. Lucía Ferreyra' }],
  ['J. R. Quill, editor', { display: 'J. R. Quill', family: 'Quill', given: 'J. R.' }],
  ['José Ortega y Gasset, profesor', { display: 'José Ortega y Gasset' }],
  ['Inés Quiroga Salvatierra, investigadora', { display: 'Inés Quiroga Salvatierra', family: undefined }],
])('%s is a name', (line, expected) => {
  expect(person(line)).toMatchObject(expected);
});

test.each([
  'Latin America, director',
  'Central Bank: text',
  'Costa Rica, the country',
  'Hong Kong: a port',
  'The Economist: text',
  'Jane DoeDirector, Acme',
  'Editor’s Note: text',
  'Jane',
  'jane doe, director',
  'United States: text',
  'Foreign Policy: text',
  'Question One: text',
])('%s holds no name', (line) => {
  expect(readName(line, 0)).toBeUndefined();
});

test.each([
  ['professor of transport economics at Tidewater University', 'professor of transport economics', 'Tidewater University'],
  [
    'partner, trade and customs practice at Harrow, Pike & Odum LLP',
    'partner, trade and customs practice',
    'Harrow, Pike & Odum LLP',
  ],
  ['director of the Delta Institute', 'director', 'Delta Institute'],
  ['head of the Asia desk at the Meridian Centre', 'head of the Asia desk', 'Meridian Centre'],
  ['investigadora en el Instituto Hídrico', 'investigadora', 'Instituto Hídrico'],
  ['professora da Universidade do Planalto', 'professora', 'Universidade do Planalto'],
  ['pesquisador do Instituto Trilhos', 'pesquisador', 'Instituto Trilhos'],
  ['(Saltmarsh Partners)', undefined, 'Saltmarsh Partners'],
  ['experta en América Latina', 'experta en América Latina', undefined],
  ['director, Delta Institute', 'director, Delta Institute', undefined],
  [
    'chair of the Sleeper Alliance and former head of the Rail Office',
    'chair of the Sleeper Alliance and former head of the Rail Office',
    undefined,
  ],
  ['adviser at large', 'adviser at large', undefined],
])('“%s” is split only where that is safe', (descriptor, role, affiliation) => {
  expect([splitRole(descriptor).role, splitRole(descriptor).affiliation]).toEqual([role, affiliation]);
});

test('a hyphen at a line end is joined, kept or flagged by what the rest of the text shows', () => {
  const vocabulary = {
    words: new Set(['international', 'trade', 'union']),
    hyphenated: new Set(['year-round']),
    halves: new Set(['year', 'round', 'south', 'north']),
  };
  expect(hyphenVerdict('inter', 'national', vocabulary)).toBe('join');
  expect(hyphenVerdict('year', 'round', vocabulary)).toBe('keep');
  expect(hyphenVerdict('south', 'north', vocabulary)).toBe('keep');
  expect(hyphenVerdict('Inter', 'American', vocabulary)).toBe('keep');
  expect(hyphenVerdict('trade', 'union', vocabulary)).toBe('flag');
  expect(hyphenVerdict('self', 'made', vocabulary)).toBe('flag');
  expect(hyphenVerdict('govern', 'ment', vocabulary)).toBe('join');
});

test('mojibake is repaired only where all of it is', () => {
  expect(repairMojibake('â€œGarantÃ­asâ€\x9d')).toEqual({ outcome: 'repaired', text: '“Garantías”' });
  expect(repairMojibake('“IRMÔ')).toMatchObject({ outcome: 'clean' });
  expect(repairMojibake('minerÃ­a y minería')).toMatchObject({ outcome: 'unsafe' });
  expect(repairMojibake('Nicolás')).toEqual({ outcome: 'clean', text: 'Nicolás' });
});
