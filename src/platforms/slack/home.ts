import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { momentInWords, scheduleInWords } from '../../briefings/schedule.ts';
import type { Subscription } from '../../briefings/subscription.ts';
import { dateInWords } from '../../content/date.ts';
import { findCommand } from '../../line.ts';
import { actions, type Block, heading, line, type Message, note, run, text } from '../../message/document.ts';
import { plainText } from '../../message/slack-elements.ts';
import { rendered } from './answers.ts';
import { PICK } from './buttons.ts';
import { type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';
import { viewBlocks } from './views.ts';

const NEWEST = 5;
const TOPICS = 6;
const MAX_BRIEFINGS = 10;

/** The home tab, made anew whenever somebody opens it. */
export function listenForHome(app: App, listening: Listening): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const workspace = workspaceOf(context);
    // An organisation is kept as one; what other workspaces of it have is none of this one’s business.
    const knowsOthers = !context.isEnterpriseInstall;
    const shown = await home({ caller: event.user, workspace, knowsOthers }, listening);
    const messages = await rendered(shown, { ...listening, workspace });
    try {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [...picker(), ...viewBlocks(messages)].slice(0, 100) },
      });
    } catch (error) {
      listening.noticed(error);
      listening.log('error', 'home could not be shown', { error });
    }
  });
}

const picker = (): KnownBlock[] => [
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: PICK, style: 'primary', text: plainText('Find a topic, respondent or question') }],
  },
];

interface Visit {
  caller: string;
  workspace: string;
  knowsOthers: boolean;
}

async function home(visit: Visit, listening: Listening): Promise<Message> {
  const blocks = [
    ...(await newest(listening)),
    ...(await topics(listening)),
    ...(await briefings(visit, listening)),
    ...(await examples(listening)),
  ];
  return { title: 'Briefdesk', blocks };
}

/** Real before sample, as in every answer. */
async function newest({ bot: { store } }: Listening): Promise<Block[]> {
  for (const sample of [false, true]) {
    const { questions, total } = await store.questions({ sample }, { limit: NEWEST, offset: 0 });
    if (questions.length === 0) continue;
    const entries = questions.map((question) => ({
      spans: [
        text(question.headline ?? question.title ?? question.text),
        text(` · ${question.publication.name}, ${dateInWords(question.date)}`, 'faint'),
      ],
      action: run('Brief', 'brief', { about: question.code }),
    }));
    return [
      heading('Newest'),
      { type: 'list', entries },
      note(`${total} question${total === 1 ? '' : 's'} on file${sample ? ', all of the fictional sample' : ''}`),
    ];
  }
  return [line('Nothing is on file yet.')];
}

async function topics({ bot: { store } }: Listening): Promise<Block[]> {
  for (const sample of [false, true]) {
    const names = (await Promise.all([store.names('topic', sample), store.names('country', sample)])).flatMap((all) =>
      all.slice(0, TOPICS),
    );
    if (names.length === 0) continue;
    return [
      heading('Topics and countries'),
      {
        type: 'actions',
        actions: [...names.map(({ label }) => run(label, 'brief', { about: label })), run('All topics', 'topics')],
      },
    ];
  }
  return [];
}

/** One’s own; of those of others, which may be in channels one is not in, only how many. */
async function briefings({ caller, workspace, knowsOthers }: Visit, { bot }: Listening): Promise<Block[]> {
  const all = await bot.briefings.owned({ platform: PLATFORM, workspace });
  const own = all.filter(({ owner }) => owner.id === caller);
  const others = knowsOthers ? all.length - own.length : 0;
  const entries = own.slice(0, MAX_BRIEFINGS).map((one) => ({
    spans: [text(one.channelName, 'strong'), text(` · ${whenOf(one)}`)],
  }));
  const counts = [
    own.length > MAX_BRIEFINGS ? `${own.length - MAX_BRIEFINGS} more of yours` : undefined,
    others > 0 ? `${others} of others in this workspace` : undefined,
  ].filter((one) => one !== undefined);
  return [
    heading('Scheduled briefings'),
    entries.length > 0 ? { type: 'list', entries } : line('You have none. In a channel, type /briefings add weekdays at 8am'),
    actions(run('New briefing…', 'briefings', { action: 'add' })),
    ...(counts.length > 0 ? [note(`And ${counts.join(', ')}: type /briefings list in their channels.`)] : []),
  ];
}

function whenOf({ schedule, status, next }: Subscription): string {
  const words = scheduleInWords(schedule);
  if (status.is === 'paused') return `${words} · paused: ${status.because}`;
  return next === undefined ? words : `${words} · next ${momentInWords(next.at, schedule.timeZone)}`;
}

async function examples({ bot, commands }: Listening): Promise<Block[]> {
  const lines = await bot.examples();
  const entries = lines.map((one) => {
    const about = findCommand(one, commands)?.command.description;
    return { spans: [text(one, 'strong'), ...(about === undefined ? [] : [text(` · ${about}`)])] };
  });
  return entries.length === 0 ? [] : [heading('What to type'), { type: 'list', entries }];
}
