import { expect, test } from 'vitest';
import { nameParts, wholeFamily } from '../../src/summary/names.ts';

test.each([
  ['Ray Walser', { given: 'Ray', family: 'Walser' }],
  ['Juan de la Cruz', { given: 'Juan', particle: 'de la', family: 'Cruz' }],
  ['Juan de la Cruz Pérez', { given: 'Juan', particle: 'de la', family: 'Cruz Pérez' }],
  ['Inés del Valle', { given: 'Inés', particle: 'del', family: 'Valle' }],
  ['Paulo dos Santos', { given: 'Paulo', particle: 'dos', family: 'Santos' }],
  ['Rosa da Silva', { given: 'Rosa', particle: 'da', family: 'Silva' }],
  ['Mary Ann van der Berg', { given: 'Mary Ann', particle: 'van der', family: 'Berg' }],
  ['Ursula von Stein', { given: 'Ursula', particle: 'von', family: 'Stein' }],
  ['Abdel Fattah el-Sisi', { given: 'Abdel Fattah', particle: 'el-', family: 'Sisi' }],
  ['Noor al-Assad', { given: 'Noor', particle: 'al-', family: 'Assad' }],
  ['Jean d’Ormesson', { given: 'Jean', particle: 'd’', family: 'Ormesson' }],
  ['Seán Ó Briain', { given: 'Seán', family: 'Ó Briain' }],
  ['Awa Marie N’Diaye', { given: 'Awa Marie', family: 'N’Diaye' }],
  ['Ian St. John', { given: 'Ian', family: 'St. John' }],
  ['J. R. Smith, Jr.', { given: 'J. R.', family: 'Smith', suffix: 'Jr.' }],
  ['Maria C. Velez III', { given: 'Maria C.', family: 'Velez', suffix: 'III' }],
  ['Dr. Ana Torres, Ph.D., OBE', { given: 'Ana', family: 'Torres', suffix: 'Ph.D., OBE' }],
  ['Rear Adm. (ret.) Ana Torres', { given: 'Ana', family: 'Torres' }],
])('%s is taken apart', (name, parts) => {
  expect(nameParts(name)).toEqual(parts);
});

test.each([
  'Lula',
  'Luiz Inácio Lula da Silva',
  'José Ortega y Gasset',
  'José Antonio Ocampo Gaviria',
  'Maria Velez de Berliner',
  '王 小明',
  'Studio 54',
])('%s stays as printed: its pieces cannot be told apart', (name) => {
  expect(nameParts(name)).toEqual({ literal: name });
});

test('a sort name on file decides', () => {
  expect(nameParts('Maria Velez de Berliner', 'Velez de Berliner, Maria')).toEqual({
    given: 'Maria',
    family: 'Velez de Berliner',
  });
  expect(nameParts('María Vélez de Berliner', 'Velez de Berliner, Maria')).toEqual({
    given: 'María',
    family: 'Vélez de Berliner',
  });
  expect(nameParts('Luiz Inácio Lula da Silva', 'Lula da Silva, Luiz Inácio')).toEqual({
    given: 'Luiz Inácio',
    family: 'Lula da Silva',
  });
});

test('a sort name for other words than those printed decides nothing', () => {
  expect(nameParts('Ana Torres', 'Torres Vega, Ana')).toEqual({ given: 'Ana', family: 'Torres' });
});

test('a family name is put together again as printed', () => {
  expect(wholeFamily({ particle: 'de la', family: 'Cruz' })).toBe('de la Cruz');
  expect(wholeFamily({ particle: 'al-', family: 'Assad' })).toBe('al-Assad');
  expect(wholeFamily({ particle: 'd’', family: 'Ormesson' })).toBe('d’Ormesson');
});
