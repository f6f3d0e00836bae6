import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDiscord } from '../src/app.ts';
import type { Bot } from '../src/bot.ts';
import type { Json } from '../test/support/discord-checks.ts';
import { completionOf, slashOf, TOKEN } from '../test/support/fake-discord.ts';
import type { Answers } from './discord-peer.ts';
import { type Corpus, generate } from './generate.ts';
import { longestBlock, percentiles, type Times } from './measure.ts';

export interface BurstTimes extends Times {
  max: number;
  deferred: number;
  bursts: number;
}

export interface DiscordTimes {
  /** To the first answer, ms, of interactions that come at once. */
  quiet: BurstTimes;
  /** The same while a collection is being loaded. */
  loading: BurstTimes;
  load: { responses: number; ms: number; problems: number };
  /** Longest block of the event loop by such a load with nobody asking, ms. */
  loadBlockMs: number;
}

export const BURST = 200;
const LOADED = 3_000;
const FIRST_ANSWER_MS = 3_000;

/** Slash commands and completions, all at once, from a small Discord in another process; what is loaded meanwhile stays in the archive. */
export async function measureDiscord(bot: Bot, corpus: Corpus): Promise<DiscordTimes> {
  const peer = fork(fileURLToPath(import.meta.resolve('./discord-peer.ts')));
  try {
    const [apiUrl]: [string] = await answerOf(peer);
    const discord = await openDiscord(bot, {
      config: {
        discord: { token: TOKEN, applicationId: undefined, guildId: undefined, apiUrl, shards: 'auto' },
        briefings: { catchUpHours: 6, managers: [] },
      },
      log: () => undefined,
      now: () => new Date('2026-11-25T12:00:00Z'),
      say: () => undefined,
    });
    if (!discord) throw new Error('Discord is not configured');
    await discord.start();
    const burst = async (): Promise<Answers> => {
      const [answers]: [Answers] = await answerOf(peer, () => peer.send(interactions(corpus)));
      return answers;
    };
    await burst();
    const quiet = summed([await burst(), await burst(), await burst()]);
    await generate({ folder: corpus.folder, responses: LOADED, seed: 2, name: 'first' });
    const loadBlockMs = await longestBlock(() => bot.load());
    await generate({ folder: corpus.folder, responses: LOADED, seed: 3, name: 'second' });
    const started = performance.now();
    let ms = 0;
    const load = bot.load().then(() => {
      ms = performance.now() - started;
    });
    const during: Answers[] = [];
    while (ms === 0) during.push(await burst());
    await load;
    await discord.stop();
    return { quiet, loading: summed(during), load: { responses: LOADED, ms, problems: bot.problems().length }, loadBlockMs };
  } finally {
    peer.kill();
  }
}

/** What the peer says next, after `ask`. */
async function answerOf<Answer>(peer: ChildProcess, ask: () => unknown = () => undefined): Promise<[Answer]> {
  const answer = once(peer, 'message');
  ask();
  return (await answer) as [Answer];
}

const summed = (bursts: readonly Answers[]): BurstTimes => {
  const all = bursts.flatMap(({ ms }) => ms);
  const deferred = bursts.reduce((sum, one) => sum + one.deferred, 0);
  return { ...percentiles(all), max: Math.max(...all), deferred, bursts: bursts.length };
};

/** Different commands, every other one a completion. */
function interactions({ persons, frequency, responses }: Corpus): Json[] {
  const words = [...frequency]
    .filter(([, count]) => count >= 0.03 * responses && count <= 0.12 * responses)
    .map(([word]) => word);
  const countries = ['chile', 'venezuela', 'brazil', 'norway', 'japan', 'peru', 'canada', 'poland'];
  const topics = ['trade', 'energy', 'mining', 'public debt', 'health'];
  const of = <Value>(values: readonly Value[], index: number): Value => values[index % values.length]!;
  const commands: ((index: number) => Json)[] = [
    (index) => slashOf('brief', { about: of(countries, index) }),
    (index) => slashOf('quotes', { words: of(words, index) }),
    (index) => slashOf('respondent', { name: of(persons, index * 7).name }),
    (index) => slashOf('views', { about: of(topics, index) }),
    (index) => slashOf('quotes', { by: of(persons, index * 11).id, page: 1 }),
    (index) => slashOf('brief', { about: `${of(words, index)} ${of(words, index + 1)}` }),
    (index) => slashOf('read', { question: `q${index.toString(36).padStart(6, '0')}` }),
    () => slashOf('topics'),
    (index) => slashOf('cite', { of: `q${(index * 3).toString(36).padStart(6, '0')}`, style: 'apa' }),
    () => slashOf('briefdesk'),
  ];
  const completions: ((index: number) => Json)[] = [
    (index) => completionOf('brief', 'about', of(countries, index).slice(0, index % 4)),
    (index) => completionOf('quotes', 'by', of(persons, index * 13).name.slice(0, 3)),
    (index) => completionOf('respondent', 'name', of(persons, index * 17).name.slice(0, 5)),
    (index) => completionOf('quotes', 'topic', of(topics, index).slice(0, 2)),
    (index) => completionOf('cite', 'of', `q00${index.toString(36)}`),
    (index) => completionOf('read', 'question', of(topics, index).slice(0, 4)),
  ];
  return Array.from({ length: BURST }, (_, index) => {
    const half = Math.floor(index / 2);
    return of(index % 2 === 0 ? commands : completions, half)(half);
  });
}

/** That every first answer comes in time. */
export function discordGoals({ quiet, loading, load, loadBlockMs }: DiscordTimes): string[][] {
  const verdict = (passes: boolean) => (passes ? 'pass' : 'MISS');
  const row = (what: string, { p50, p99, max, deferred, bursts }: BurstTimes) => [
    '',
    `Discord, ${bursts} × ${BURST} interactions at once${what}: first answer p50/p99, ${deferred} deferred`,
    `${p50.toFixed(0)}/${p99.toFixed(0)}, max ${max.toFixed(0)} ms`,
    `max < ${FIRST_ANSWER_MS} ms`,
    verdict(max < FIRST_ANSWER_MS),
  ];
  return [
    row('', quiet),
    row(` while ${load.responses} responses load in ${(load.ms / 1000).toFixed(1)} s (${load.problems} problems)`, loading),
    ['5', `longest block by such a load alone`, `${loadBlockMs.toFixed(0)} ms`, '≤ 50 ms', verdict(loadBlockMs <= 50)],
  ];
}
