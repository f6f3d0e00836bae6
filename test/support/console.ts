import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openConsole } from '../../src/app.ts';
import { openBot } from '../../src/bot.ts';
import type { Config } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { Message } from '../../src/message/document.ts';

const root = join(import.meta.dirname, '../..');

export interface TestConsole {
  url: string;
  routes: Awaited<ReturnType<typeof openConsole>>['routes'];
  /** Puts a message of the bot into the first channel; windows opened later show it. */
  post: (message: Message) => Promise<void>;
  stop: () => Promise<void>;
}

const LOCAL: Config['console'] = { host: '127.0.0.1', port: 0, token: undefined, archivePublic: false, publicUrl: undefined };

/** The console over the content of this repository; `start: false` answers requests without a port. */
export async function openTestConsole(
  given: { settings?: Partial<Config['console']>; database?: string; start?: boolean; now?: () => Date } = {},
): Promise<TestConsole> {
  const log = createLog('silent');
  const now = given.now ?? (() => new Date());
  const bot = await openBot({
    config: { data: join(root, 'data'), database: given.database ?? ':memory:', sample: true },
    log,
    now,
  });
  const platform = await openConsole(bot, { settings: { ...LOCAL, ...given.settings }, log, now });
  if (given.start !== false) await platform.start();
  return {
    url: platform.address(),
    routes: platform.routes,
    async post(message) {
      const [channel] = await bot.consoleStore.channels();
      await bot.consoleStore.addMessage({
        id: randomUUID(),
        channel: channel?.id ?? '',
        owner: 'briefdesk',
        visibility: 'public',
        outcome: 'message',
        line: '',
        command: '',
        options: {},
        message,
        at: now(),
      });
    },
    async stop() {
      await platform.stop();
      await bot.close();
    },
  };
}
