import { archiveRoutes } from '../../../../src/platforms/console/archive/routes.ts';
import { openTestBot, type TestBot, type TestBotOptions } from '../../../support/bot.ts';

export interface Reader extends TestBot {
  /** The answer to a GET. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The page at a path. */
  read(path: string): Promise<string>;
}

/** Somebody who reads the archive pages of a bot, without a port. */
export async function openReader(options: TestBotOptions = {}): Promise<Reader> {
  const test = await openTestBot(options);
  const { bot } = test;
  let now = new Date(options.now ?? '2026-11-25T12:00:00Z');
  const routes = archiveRoutes({
    store: bot.store,
    now: () => now,
    refresh: bot.refresh,
    publicUrl: 'https://archive.example',
    status: bot.status,
    log: (level, event, fields) => test.logged.push({ level, event, fields }),
  });
  const get = async (path: string, headers: Record<string, string> = {}) => routes.request(path, { headers });
  const setNow = (iso: string) => {
    now = new Date(iso);
    test.setNow(iso);
  };
  return { ...test, setNow, get, read: async (path) => (await get(path)).text() };
}

/** Every address that may show content of a question with this id and code, by the person and on the topic. */
export const everyPath = ({ id, code, person, topic }: { id: string; code: string; person: string; topic: string }): string[] => [
  '/archive',
  `/archive?topic=${topic}`,
  '/quotes',
  '/quotes?q=zebra',
  `/quotes?by=${person}`,
  `/questions/${id}`,
  `/questions/${code}`,
  '/respondents',
  `/respondents/${person}`,
  '/topics',
  `/topics/${topic}`,
  '/countries/CL',
  '/api/questions',
  '/api/questions?q=zebra',
  '/api/quotes',
  '/api/quotes?q=zebra',
  '/api/respondents',
  '/feeds/questions.rss',
  '/feeds/questions.json',
  '/feeds/quotes.rss',
  '/feeds/quotes.json?q=zebra',
];
