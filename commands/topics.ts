import { z } from 'zod';
import { defineCommand, message } from '../src/command.ts';
import { CallerError } from '../src/errors.ts';
import { actions, type Block, heading, labelled, note, run, text } from '../src/message/document.ts';
import { completeNames, name } from '../src/options.ts';
import { findNames, nearestNames } from '../src/search/find-names.ts';
import type { Name, Store } from '../src/store/store.ts';
import { counted, SAMPLE_NOTICE } from '../src/summary/provenance.ts';

const MAX_BUTTONS = 5;
const MAX_LINES = 12;
const MAX_CLOSE = 200;

export default defineCommand({
  name: 'topics',
  description: 'What the archive holds: topics and countries with counts and newest date',
  words: 'country',
  options: z.object({ country: name('Only topics of this country, such as venezuela') }),
  complete: { country: completeNames('country') },

  async run({ country }, { store }) {
    if (country !== undefined) return message(await ofCountry(country, store));
    const blocks: Block[] = [heading('Topics')];
    for (const sample of [false, true]) {
      const [topics, countries] = await Promise.all([store.names('topic', sample), store.names('country', sample)]);
      if (topics.length === 0) continue;
      if (sample) blocks.push({ type: 'divider' }, note(`${SAMPLE_NOTICE}.`));
      blocks.push(...list('Topics', topics), ...(countries.length === 0 ? [] : list('Countries', countries)));
      blocks.push(actions(...topics.slice(0, MAX_BUTTONS).map(({ label }) => run(label, 'brief', { about: label }))));
    }
    if (blocks.length === 1) throw new CallerError('Nothing is on file yet.');
    return message({ title: 'Topics', blocks });
  },
});

/** The first ones a line each, with counts and newest date; the others more closely. */
function list(label: string, names: Name[]): Block[] {
  const rest = names.slice(MAX_LINES);
  const close = rest.slice(0, MAX_CLOSE).map(({ label: name, count }) => `${name} (${count})`);
  const uncounted = rest.length - close.length;
  return [
    {
      type: 'list',
      label,
      entries: names.slice(0, MAX_LINES).map((one) => ({ spans: [text(one.label, 'strong'), text(` · ${counted(one)}`)] })),
    },
    ...(close.length === 0 ? [] : [labelled('More', text(close.join(' · ')))]),
    ...(uncounted > 0 ? [note(`… and ${uncounted} more: completion finds them by their first letters.`)] : []),
  ];
}

async function ofCountry(typed: string, store: Store) {
  const [country] = await findNames(store, typed, ['country']);
  if (!country) {
    const near = await nearestNames(store, typed, ['country']);
    throw new CallerError(`Nothing on “${typed}” yet.`, {
      nearest: near.map(({ label }) => ({ label, command: 'topics', options: { country: label } })),
    });
  }
  const topics = await store.topicsOf(country.ref, country.sample);
  const title = `Topics of ${country.label}`;
  return {
    title,
    blocks: [
      heading(title),
      ...(country.sample ? [note(`${SAMPLE_NOTICE}.`)] : []),
      ...list('Topics', topics),
      actions(run(country.label, 'brief', { about: country.label })),
    ],
  };
}
