import { randomUUID } from 'node:crypto';
import { schedule } from 'node-cron';
import type { Bot, BotOptions } from './bot.ts';
import type { Config } from './config.ts';
import type { Follower } from './intake/follow.ts';
import type { Reach } from './intake/sources.ts';
import type { Visitor } from './intake/visit.ts';

type Options = { config: Pick<Config, 'imports'> } & Pick<BotOptions, 'log' | 'now'>;

/** The network as imports and feeds use it. Its libraries are loaded only here. */
export interface World {
  reach: Pick<Reach, 'address' | 'feed'>;
  follower: Follower;
  /** Fetches what a feed names, as a guest. */
  visitor: Visitor;
  close(): Promise<void>;
}

export async function openWorld(
  { feedStore, desk }: Pick<Bot, 'feedStore' | 'desk'>,
  { config, log, now }: Options,
): Promise<World> {
  const [{ openFetcher }, { createVisitor }, { createReach }, { createFollower }] = await Promise.all([
    import('./intake/fetch.ts'),
    import('./intake/visit.ts'),
    import('./intake/feeds.ts'),
    import('./intake/follow.ts'),
  ]);
  const fetcher = openFetcher({ allow: config.imports.allow, now });
  const visitor = createVisitor({ fetcher, now });
  const follower = createFollower({ store: feedStore, visitor, desk, now, random: Math.random, log, by: randomUUID() });
  return {
    reach: createReach({ fetcher, visitor, now }),
    follower,
    visitor,
    async close() {
      await follower.stop();
      await fetcher.close();
    },
  };
}

/** Looks every minute for feeds that are due; where none is followed, nothing is loaded for it. Returns what ends it. */
export function startFeeds(bot: Pick<Bot, 'feedStore' | 'desk'>, options: Options): () => Promise<void> {
  let opening: Promise<World> | undefined;

  async function tick(): Promise<void> {
    if (!opening && (await bot.feedStore.all()).length === 0) return;
    opening ??= openWorld(bot, options);
    await (await opening).follower.tick();
  }

  const clock = schedule(
    '0 * * * * *',
    () => tick().catch((error: unknown) => options.log('error', 'feeds could not be looked at', { error })),
    { noOverlap: true },
  );
  return async () => {
    await clock.stop();
    await (await opening)?.close();
  };
}
