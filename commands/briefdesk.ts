import { z } from 'zod';
import { type Context, defineCommand, message } from '../src/command.ts';
import { dateInWords } from '../src/content/date.ts';
import { formatLine } from '../src/line.ts';
import { type Block, heading, type ListEntry, line, note, run, text } from '../src/message/document.ts';
import { SAMPLE_NOTICE } from '../src/summary/provenance.ts';

const MAX_PROBLEMS = 5;

export default defineCommand({
  name: 'briefdesk',
  description: 'Help with working examples from this archive, version, and what is loaded',
  options: z.object({}),

  async run(_options, context) {
    const { version } = context.content;
    const title = 'Briefdesk';
    const blocks: Block[] = [
      heading(title),
      line('Expert Q&As on policy: who said what, in their own words, with source and date.'),
      { type: 'list', label: 'Try', entries: await examples(context) },
      ...(await loaded(context)),
      ...problems(context),
      note(`Version ${version}`),
    ];
    return message({ title, blocks });
  },
});

async function examples(context: Context): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for (const { name, description, example } of context.commands.values()) {
    if (name === 'briefdesk') continue;
    const options = example ? await example(context) : {};
    const works = !example || Object.keys(options).length > 0;
    const action = run(formatLine(name, options, context.commands), name, options);
    entries.push({ spans: [text(description)], ...(works ? { action } : {}) });
  }
  return entries;
}

async function loaded({ store }: Context): Promise<Block[]> {
  const collections = await store.collections();
  if (collections.length === 0) return [line('Nothing is loaded: put a collection into the content folder (BRIEFDESK_DATA).')];
  const entries = collections.map(({ name, sample, questions, responses, newest, about }) => {
    const counts = `${questions} question${questions === 1 ? '' : 's'}, ${responses} response${responses === 1 ? '' : 's'}`;
    const told = sample ? SAMPLE_NOTICE : about;
    const pieces = [name, counts, newest === undefined ? undefined : `newest ${dateInWords(newest)}`, told];
    return { spans: [text(pieces.filter((piece) => piece !== undefined).join(' · '))] };
  });
  return [{ type: 'list', label: 'Loaded', entries }];
}

function problems({ content }: Context): Block[] {
  if (content.problems.length === 0) return [];
  const shown = content.problems.slice(0, MAX_PROBLEMS);
  const entries = shown.map(({ file, line: at, field, wrong }) => ({ spans: [text(`${file}:${at} ${field} ${wrong}`)] }));
  const rest = content.problems.length - shown.length;
  return [
    { type: 'list', label: 'Problems', entries },
    note(
      `${rest > 0 ? `… and ${rest} more. ` : ''}The last good version of these stays in use. briefdesk check prints all of them.`,
    ),
  ];
}
