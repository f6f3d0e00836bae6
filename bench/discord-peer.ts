import type { Json } from '../test/support/discord-checks.ts';
import { openFakeDiscord } from '../test/support/fake-discord.ts';

/** A small Discord in a process of its own, so that its work does not hold up the bot. */
const discord = await openFakeDiscord({ checks: false });
const LONGEST_MS = 60_000;

process.on('message', (interactions: Json[]) => void burst(interactions).then((answers) => process.send?.(answers)));
process.send?.(discord.apiUrl);

/** All at once. */
async function burst(interactions: readonly Json[]): Promise<Answers> {
  discord.calls.length = 0;
  const sent = interactions.map((one) => ({ at: performance.now(), id: discord.send(one).id }));
  const isAnswered = () => sent.every(({ id }) => discord.state.callbacks.has(id));
  await Promise.race([discord.until(isAnswered), new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  const answered = new Map(discord.callsOf('POST /callback').map(({ path, at, body }) => [path.split('/')[2], { at, body }]));
  return {
    ms: sent.map(({ id, at }) => (answered.get(id)?.at ?? Number.POSITIVE_INFINITY) - at),
    deferred: [...answered.values()].filter(({ body }) => body.type === 5).length,
  };
}

export interface Answers {
  /** From the interaction to its first answer. */
  ms: number[];
  /** How many were told only that the answer comes. */
  deferred: number;
}
