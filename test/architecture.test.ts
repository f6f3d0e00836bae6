import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const filesOf = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
const files = [...filesOf('src'), ...filesOf('commands')].filter((file) => file.endsWith('.ts'));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Lowest first: a file imports from its own layer and those above it in this list. The first pattern that fits a file counts. */
const LAYERS = [
  /^src\/(errors|log|version|turns|threads)\.ts$/,
  /^src\/content\/(schema|question-rules|availability|date|question|status|countries|code)\.ts$/,
  /^src\/(message\/document|search\/(letters|lexicon|tokens|sentences|spelling))\.ts$/,
  /^src\/((search|summary|store|content)\/|briefings\/(subscription|schedule)\.ts$)/,
  /^src\/(briefings\/[a-z-]+\.ts$|intake\/)/,
  /^src\/((command|platform|line|complete(-questions)?|options|examples)\.ts$|message\/|briefings\/actions\/)/,
  /^commands\/[a-z]+\.ts$/,
  /^src\/(dispatch|commands|settings|config)\.ts$/,
  /^src\/platforms\//,
  /^src\/(bot|app|feeds|operator(-import)?|doctor)\.ts$/,
  /^src\/cli\.ts$/,
];
const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.test(file));

const imports = files.flatMap((file) => {
  const found = read(file).matchAll(/^\s*(?:import|export)\b(\s+type\b)?[^'";]*?'([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...found].map(([, type, named, lazy]) => {
    const from = named ?? lazy ?? '';
    return { file, from: from.startsWith('.') ? join(file, '..', from) : from, type: type !== undefined };
  });
});
type Import = (typeof imports)[number];
const filesWhere = (broken: (file: string) => boolean) => files.filter(broken);
const importsWhere = (broken: (one: Import) => boolean) => imports.filter(broken).map(({ file, from }) => `${file} → ${from}`);

test('every file has its place, and imports point one way', () => {
  const placeless = filesWhere((file) => layerOf(file) < 0);
  const upwards = importsWhere(({ file, from }) => /^(src|commands)\//.test(from) && layerOf(from) > layerOf(file));
  const outwards = importsWhere(({ from }) => /^(\.\.|test|bench|dist)(\/|$)/.test(from));
  expect([...placeless, ...upwards, ...outwards]).toEqual([]);
});

test('only store knows the database and SQL', () => {
  const outside = (file: string) => !file.startsWith('src/store/');
  const sql = /[`'"]\s*(select|insert into|update \w+ set|delete from|create (virtual )?(table|index)|pragma)\s/i;
  const drivers = importsWhere(({ file, from }) => outside(file) && /^(kysely|better-sqlite3|pg)\b/.test(from));
  expect([...drivers, ...filesWhere((file) => outside(file) && sql.test(read(file)))]).toEqual([]);
});

test('only platforms know a platform’s SDK; message knows its types', () => {
  const isAllowed = ({ file, type }: Import) => file.startsWith('src/platforms/') || (type && file.startsWith('src/message/'));
  expect(importsWhere((one) => /^(@slack\/|discord\.js)/.test(one.from) && !isAllowed(one))).toEqual([]);
});

test('only config reads the environment, and only app puts the pieces together', () => {
  const environment = /\bprocess\.env\b|\benv\b[^;]*from 'node:process'/;
  const reading = filesWhere((file) => file !== 'src/config.ts' && environment.test(read(file)));
  const wiring = importsWhere(({ file, from, type }) => {
    const piece = /^src\/(platforms|store)\/(?!(store|keys)\.ts$)/.exec(from)?.[0];
    return piece !== undefined && !type && !/^src\/(app|bot|operator(-import)?)\.ts$/.test(file) && !file.startsWith(piece);
  });
  expect([...reading, ...wiring]).toEqual([]);
});

test('no barrels, no drawers for anything, no file over 300 lines', () => {
  const drawers = filesWhere((file) => /(^|\/)(index\.ts|(utils?|helpers?|services?|common|types)(\.ts|\/.*))$/.test(file));
  const long = filesWhere((file) => read(file).trimEnd().split('\n').length > 300);
  expect([...drawers, ...long]).toEqual([]);
});
