import { expect, test } from 'vitest';
import type { Response } from '../../src/content/question.ts';
import type { Stance } from '../../src/content/schema.ts';
import { agreement } from '../../src/summary/agreement.ts';
import { aQuestion, aResponse } from '../support/builders.ts';

const holds = (id: string, ...stances: Stance[]) => aResponse({ id, stances });
const yes: Stance = { part: 1, value: 'Yes', by: 'respondent' };
const no: Stance = { part: 1, value: 'No', by: 'respondent' };
const shown = (...responses: Response[]) =>
  agreement(aQuestion({ responses })).map((one) => ({
    verdict: one.verdict === 'cannot be judged' ? one.reason : one.verdict,
    groups: one.groups.map(({ value, held }) => [value, ...held.map(({ response }) => response.id)]),
  }));

test('two responses with the same value on the same part agree', () => {
  expect(shown(holds('a', yes), holds('b', { ...yes, value: 'yes' }))).toEqual([
    { verdict: 'agree', groups: [['Yes', 'a', 'b']] },
  ]);
});

test('different values differ, the larger group first', () => {
  expect(shown(holds('a', no), holds('b', yes), holds('c', yes))).toEqual([
    {
      verdict: 'differ',
      groups: [
        ['Yes', 'b', 'c'],
        ['No', 'a'],
      ],
    },
  ]);
});

test('a translation does not agree with its original', () => {
  const translated = { ...holds('b', yes), translationOf: 'a', language: 'es' };
  expect(shown(holds('a', yes), translated)).toEqual([{ verdict: 'one response on file', groups: [['Yes', 'a']] }]);
});

test('words alone are no stance', () => {
  expect(shown(aResponse({ id: 'a' }), aResponse({ id: 'b' }))).toEqual([{ verdict: 'no stance on file', groups: [] }]);
});

test('what is missing is named: a response, a second one, a second stance', () => {
  const listed = aResponse({ id: 'z', availability: 'listed', text: '' });
  expect(shown(listed)[0]?.verdict).toBe('no response on file');
  expect(shown(listed, aResponse({ id: 'a' }))[0]?.verdict).toBe('one response on file');
  expect(shown(holds('a', yes), aResponse({ id: 'b' }))[0]?.verdict).toBe('one stance on file');
});

test('a retracted stance no longer counts', () => {
  const retracted = { ...holds('b', yes), status: { is: 'retracted' as const, on: '2026-03-02', notice: 'Withdrawn.' } };
  expect(shown(holds('a', yes), retracted)[0]?.verdict).toBe('one response on file');
});

test('stances on different parts are never compared; those on the whole question stand by themselves', () => {
  const parts = ['Has it worked?', 'Should it go on?'];
  const whole: Stance = { value: 'Yes', by: 'editor' };
  const question = aQuestion({ parts, responses: [holds('a', yes, whole), holds('b', { ...yes, part: 2 }, whole)] });
  expect(agreement(question).map(({ part, verdict }) => [part, verdict])).toEqual([
    [1, 'cannot be judged'],
    [2, 'cannot be judged'],
    [undefined, 'agree'],
  ]);
});

test('a respondent’s own stance goes before an editor’s reading, and each says whose it is', () => {
  const [only] = agreement(
    aQuestion({ responses: [holds('a', { ...no, by: 'editor' }, yes), holds('b', { ...yes, by: 'editor' })] }),
  );
  expect(only?.verdict).toBe('agree');
  expect(only?.groups[0]?.held.map(({ stance }) => stance.by)).toEqual(['respondent', 'editor']);
});
