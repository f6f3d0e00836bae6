import { z } from 'zod';
import { defineCommand, message } from '../src/command.ts';
import { actions, type Block, run, text } from '../src/message/document.ts';
import { completeSubjects, dateFilter, exampleSubject, since, until, words } from '../src/options.ts';
import { type Chosen, chooseQuestions } from '../src/search/choose.ts';
import { briefing } from '../src/summary/briefing.ts';
import { matchedNote, otherQuestions } from '../src/summary/other-questions.ts';
import { counted, questionName } from '../src/summary/provenance.ts';

const TOPICS_OFFERED = 5;

export default defineCommand({
  name: 'brief',
  description: 'A briefing: what was asked, what each respondent said, and what is missing',
  words: 'about',
  options: z.object({
    about: words('Topic, country, words, or a question id; nothing: the newest question'),
    since,
    until,
  }),
  example: exampleSubject,
  complete: { about: completeSubjects },

  async run({ about, ...dates }, context) {
    const chosen = await chooseQuestions({
      store: context.store,
      about,
      dates: dateFilter(dates),
      again: { command: 'brief', option: 'about' },
    });
    const blocks: Block[] = [
      ...matchedNote(chosen, about),
      ...briefing(chosen.best, context),
      ...whereFound(chosen, about),
      ...otherQuestions(chosen, { command: 'brief', option: 'about', label: 'Brief' }),
    ];
    if (about === undefined) blocks.push(...(await topicsToChoose(context.store)));
    return message({ title: questionName(chosen.best), blocks });

    async function topicsToChoose(store: typeof context.store): Promise<Block[]> {
      const names = await store.names('topic', chosen.best.sample);
      const offered = names.slice(0, TOPICS_OFFERED);
      return [
        {
          type: 'list',
          label: 'Topics',
          entries: offered.map((name) => ({
            spans: [text(`${name.label} · ${counted(name)}`)],
            action: run('Brief', 'brief', { about: name.label }),
          })),
        },
        actions(run('All topics', 'topics')),
      ];
    }
  },
});

/** The words may stand in a sentence that the briefing does not show. */
function whereFound({ quoted, best }: Chosen, about: string | undefined): Block[] {
  if (about === undefined || !quoted) return [];
  return [actions(run(`Quotes on “${about}”`, 'quotes', { words: about, question: best.code }))];
}
