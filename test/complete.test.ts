import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyCommand, defineCommand, message } from '../src/command.ts';
import { completeLine } from '../src/complete.ts';

const run = async () => message({ title: '', blocks: [] });
const option = z.string().optional();
const all: AnyCommand[] = [
  defineCommand({ name: 'brief', description: '', options: z.object({ topic: option, since: option }), words: 'topic', run }),
  defineCommand({ name: 'briefings', description: '', options: z.object({ topic: option }), run }),
  defineCommand({
    name: 'quotes',
    description: '',
    options: z.object({ words: option, by: option, topic: option }),
    words: 'words',
    run,
  }),
  defineCommand({ name: 'topics', description: '', options: z.object({ country: option }), run }),
];
const commands = new Map(all.map((command) => [command.name, command]));
const topics = ['Venezuela', 'South Africa', 'quotes'];
const names = ['Ray Walser', 'Jo Wallace', 'Piñera'];

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

async function complete({ name }: AnyCommand, key: string, typed: string) {
  const values = key === 'topic' ? topics : key === 'by' ? names : name === 'quotes' && key === 'words' ? ['Lima Group'] : [];
  return values
    .filter(
      (one) =>
        plain(one).startsWith(plain(typed)) ||
        plain(one)
          .split(' ')
          .some((word) => plain(word).startsWith(plain(typed))),
    )
    .map((value) => ({ value, label: value }));
}

test.each<[line: string, candidates: string[], replaced: string]>([
  ['', ['/brief ', '/briefings ', '/quotes ', '/topics '], ''],
  ['/br', ['/brief ', '/briefings '], '/br'],
  ['/Q', ['/quotes '], '/Q'],
  ['qu', ['/quotes '], 'qu'],
  ['/xyz', [], '/xyz'],
  ['/xyz a', [], ''],
  ['/brief ven', ['Venezuela'], 'ven'],
  ['/brief south af', ['South Africa'], 'south af'],
  ['/brief s', ['since:', 'share:', 'South Africa'], 's'],
  [
    '/brief ',
    ['brief ', 'briefings ', 'quotes ', 'topics ', 'since:', 'share:', 'Venezuela', 'South Africa', 'topic:quotes'],
    '',
  ],
  ['/brief quo', ['quotes ', 'topic:quotes'], 'quo'],
  ['/brief quotes', ['quotes ', 'topic:quotes'], 'quotes'],
  ['/brief since:2019 ven', ['Venezuela'], 'ven'],
  ['/brief topic:sou', ['topic:"South Africa"'], 'topic:sou'],
  ['/quotes b', ['by:'], 'b'],
  ['/quotes by:rayx', [], 'by:rayx'],
  ['/quotes by:pin', ['by:Piñera'], 'by:pin'],
  ['/quotes by:ray', ['by:"Ray Walser"'], 'by:ray'],
  ['/quotes sanctions by:"ray wa', ['by:"Ray Walser"'], 'by:"ray wa'],
  ['/quotes sanctions by:“ray wa', ['by:"Ray Walser"'], 'by:“ray wa'],
  ['/brief quotes by:ray', ['by:"Ray Walser"'], 'by:ray'],
  ['/quotes sanctions lim', ['Lima Group'], 'lim'],
  ['/quotes by:"Ray Walser" b', [], 'b'],
  ['/quotes "lim', [], ''],
  ['/quotes share:', ['share:yes'], 'share:'],
  ['/topics c', ['country:'], 'c'],
])('after “%s” Tab offers what can follow', async (line, candidates, replaced) => {
  expect(await completeLine(line, { commands, complete })).toEqual([candidates, replaced]);
});

test('where the candidates have less in common than was typed, what was typed stays', async () => {
  expect(await completeLine('/quotes by:wal', { commands, complete })).toEqual([
    ['by:wal', 'by:"Ray Walser"', 'by:"Jo Wallace"'],
    'by:wal',
  ]);
});
