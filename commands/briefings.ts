import { z } from 'zod';
import { add } from '../src/briefings/actions/add.ts';
import { edit, now, pause, remove, resume } from '../src/briefings/actions/change.ts';
import { list, preview, why } from '../src/briefings/actions/look.ts';
import type { BriefingAction, BriefingRequest } from '../src/briefings/actions/request.ts';
import { WHEN_EMPTY } from '../src/briefings/subscription.ts';
import { timeZonesLike } from '../src/briefings/time-zones.ts';
import { type Context, defineCommand } from '../src/command.ts';
import { CallerError } from '../src/errors.ts';
import { completeNames, name, typedOptions } from '../src/options.ts';
import { nearest } from '../src/search/spelling.ts';

const actions: Record<string, BriefingAction> = { add, list, edit, pause, resume, remove, preview, now, why };
const VERBS = Object.keys(actions).map((word) => ({ word, count: 0 }));
const SCHEDULES = ['weekdays at 8am', 'every monday 07:30', 'daily 18:00', 'first monday 9:00', 'mon,thu 8:00'];
const MANY = 20;
const ANY = 'Any of these; nothing chosen: everything';
const EMPTY_LABELS = { archive: 'one from the archive', note: 'one line that says so', skip: 'nothing' };

export default defineCommand({
  name: 'briefings',
  description: 'Scheduled briefings of this channel',
  words: 'action',
  options: z.object({
    action: z
      .string()
      .trim()
      .max(300)
      .optional()
      .describe(`What to do: ${Object.keys(actions).join(', ')}; such as add weekdays at 8am`),
    when: z.string().trim().max(200).optional().describe('Days and time, such as weekdays at 8am, or a cron expression'),
    topic: name('Topics or countries, separated by commas, such as venezuela'),
    by: name('Respondents, separated by commas'),
    tz: z.string().trim().max(60).optional().describe('Time zone or city, such as America/New_York'),
    max: z.coerce
      .number('write a number')
      .int('write a whole number')
      .min(1, 'at least 1')
      .max(10, 'at most 10')
      .optional()
      .describe('New questions at most, 1 to 10'),
    empty: z
      .enum(WHEN_EMPTY, `choose ${WHEN_EMPTY.join(', ')}`)
      .optional()
      .describe('When nothing is new: archive, note or skip'),
    mention: z.string().trim().max(100).optional().describe('Group or role to mention'),
    tag: z.string().trim().max(50).optional().describe('Tag of the posts, in a forum'),
    sample: z.enum(['yes', 'no'], 'choose yes or no').optional().describe('Use the fictional sample: yes or no'),
    channel: z.string().trim().max(100).optional().describe('Another channel than this one'),
    id: z.string().trim().max(20).optional().describe('Which briefing of the channel, where there are several'),
  }),
  example: async () => ({ action: 'add weekdays at 8am' }),
  complete: {
    action: async (typed) =>
      Object.keys(actions)
        .filter((one) => one.startsWith(typed.toLowerCase()))
        .map((one) => ({ value: one, label: one })),
    when: async (typed) =>
      SCHEDULES.filter((one) => one.startsWith(typed.toLowerCase())).map((one) => ({ value: one, label: one })),
    topic: completeNames('topic', 'country'),
    by: completeNames('person'),
    tz: async (typed) =>
      timeZonesLike(typed)
        .slice(0, MANY)
        .map((zone) => ({ value: zone, label: zone })),
    empty: async () => WHEN_EMPTY.map((one) => ({ value: one, label: EMPTY_LABELS[one] })),
    channel: async (typed, { asks }) => {
      const found = await asks.channel(typed);
      if (found.outcome === 'unknown') return [...found.nearest];
      return typed === '' ? [] : [{ value: typed, label: found.channel.name ?? typed }];
    },
    id: async (_typed, { briefings, place }) =>
      (await briefings.at(place)).map(({ id, channelName }) => ({ value: id, label: `${id} · ${channelName}` })),
  },

  form: {
    completes: { action: 'add' },
    title: 'New briefing',
    submit: 'Set up',
    isOfferedBy: ({ action = 'list' }) => action === 'list',
    fields: [
      {
        option: 'when',
        label: 'Days and time',
        hint: 'Also every monday 07:30, mon,thu 8:00, first monday 9:00, or a cron expression',
        takes: 'words',
        isRequired: true,
      },
      { option: 'tz', label: 'Time zone', takes: 'one', initial: ({ timeZone }) => timeZone() },
      { option: 'channel', label: 'Channel', takes: 'channel' },
      { option: 'topic', label: 'Topics and countries', hint: ANY, takes: 'several' },
      { option: 'by', label: 'Respondents', hint: ANY, takes: 'several' },
      { option: 'max', label: 'New questions at most', hint: '1 to 10', takes: 'words' },
      { option: 'empty', label: 'When nothing is new', takes: 'choice', initial: async () => 'archive' },
      { option: 'mention', label: 'Mention', takes: 'mention' },
    ],
  },

  async run({ action: typed = 'list', ...request }, context) {
    if (context.place.platform === 'terminal')
      throw new CallerError(
        'A terminal has no channel to brief. Start the bot (npm start) and set briefings up in its console, in Slack or in Discord.',
        { example: '/briefdesk' },
      );
    const [verb = 'list', ...words] = typed.split(/\s+/);
    const act = actions[verb.toLowerCase()];
    if (!act)
      throw new CallerError(`“${verb}” is nothing that briefings can do; they can ${Object.keys(actions).join(', ')}.`, {
        nearest: nearest(verb.toLowerCase(), VERBS, 2).map((one) => ({
          label: one,
          command: 'briefings',
          options: { ...typedOptions(request), action: [one, ...words].join(' ') },
        })),
        example: '/briefings list',
      });
    return act({ ...request, ...(await meant(act, words, context)), action: verb.toLowerCase() }, context);
  },
});

/** What follows the action: days and time after add, after edit an id before them, after the others an id. */
async function meant(act: BriefingAction, words: string[], { briefings }: Context): Promise<Omit<BriefingRequest, 'action'>> {
  const [first, ...others] = words;
  if (first === undefined) return {};
  if (act === add) return { when: words.join(' ') };
  if (act !== edit) return { id: words.join(' ') };
  const isId = (await briefings.get(first.toLowerCase())) !== undefined;
  if (!isId) return { when: words.join(' ') };
  return { id: first, ...(others.length === 0 ? {} : { when: others.join(' ') }) };
}
