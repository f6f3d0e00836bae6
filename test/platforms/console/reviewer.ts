import { parseHTML } from 'linkedom';
import { onTestFinished } from 'vitest';
import { openConsole } from '../../../src/app.ts';
import type { Config } from '../../../src/config.ts';
import type { Decided } from '../../../src/intake/incoming.ts';
import { createLog } from '../../../src/log.ts';
import type { TestBot } from '../../support/bot.ts';
import { aCollection, aContentFolder, type ContentFolder } from '../../support/folder.ts';

export interface Shown {
  status: number;
  headers: Headers;
  html: string;
  /** Its words as a reader sees them, blanks made one. */
  words: string;
  document: ReturnType<typeof parseHTML>['document'];
  /** What is in the form. */
  typed: string;
  seen: string;
}

export interface Reviewer {
  test: TestBot;
  files: ContentFolder;
  url: string;
  /** Imports a text; resolves to the key under which it waits. */
  wait(text: string, options?: { name?: string; decided?: Decided; sourceUrl?: string }): Promise<string>;
  get(path: string, headers?: Record<string, string>): Promise<Shown>;
  /** Opens the page of a draft, to press buttons on it later. */
  open(key: string): Promise<Form>;
  post(path: string, body: FormData | URLSearchParams | string, headers?: Record<string, string>): Promise<Shown>;
}

export interface Form {
  shown: Shown;
  /** `fields`: radio buttons that were chosen. */
  press(action: string, typed?: string, headers?: Record<string, string>, fields?: Record<string, string>): Promise<Shown>;
}

/** Somebody at the review page of a console that listens on a port, over a content folder of its own. */
export async function openReviewer(settings: Partial<Config['console']> = {}): Promise<Reviewer> {
  const files = aContentFolder({ 'real/collection.yaml': aCollection() });
  const test = await files.open();
  const server = await openConsole(test.bot, {
    settings: { host: '127.0.0.1', port: 0, token: undefined, archivePublic: false, publicUrl: undefined, ...settings },
    log: createLog('silent'),
    now: () => new Date('2026-11-25T12:00:00Z'),
  });
  await server.start();
  onTestFinished(() => server.stop());
  const url = server.address();
  const post: Reviewer['post'] = async (path, body, headers = {}) => {
    const sent = { origin: url, 'sec-fetch-site': 'same-origin', ...headers };
    const answer = await fetch(`${url}${path}`, { method: 'POST', body, headers: sent, redirect: 'manual' });
    const to = answer.headers.get('location');
    return answer.status === 303 && to?.startsWith('/review') ? reviewer.get(to, headers) : shownBy(answer);
  };
  const reviewer: Reviewer = {
    test,
    files,
    url,
    async wait(text, { name = 'letter.txt', decided = {}, sourceUrl } = {}) {
      const hints = sourceUrl === undefined ? {} : { sourceUrl };
      const [taken] = await test.bot.desk.take({ name, bytes: Buffer.from(text), hints }, decided);
      if (taken?.outcome !== 'review') throw new Error(`does not wait: ${JSON.stringify(taken)}`);
      return taken.key;
    },
    get: async (path, headers = {}) => shownBy(await fetch(`${url}${path}`, { headers, redirect: 'manual' })),
    async open(key) {
      const shown = await reviewer.get(`/review/${key}`);
      return formOf(shown, key, reviewer);
    },
    post,
  };
  return reviewer;
}

/** The form of a page as it was answered. */
export function formOf(shown: Shown, key: string, { post }: Pick<Reviewer, 'post'>): Form {
  return {
    shown,
    press(action, typed = shown.typed, headers, fields = {}) {
      const body = new FormData();
      body.set('action', action);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      // As browsers send it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
      body.set(`draft:${shown.seen}`, typed.replaceAll('\n', '\r\n'));
      return post(`/review/${key}`, body, headers);
    },
  };
}

async function shownBy(answer: Response): Promise<Shown> {
  const html = await answer.text();
  const { document } = parseHTML(html === '' ? '<p></p>' : html);
  const words = plain(/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html)
    .replace(/\s+/g, ' ')
    .trim();
  // A browser leaves out the line feed after the start tag, and reads what stands for characters.
  const area = plain(/<textarea[^>]*>\n?(.*?)<\/textarea>/s.exec(html)?.[1] ?? '');
  const seen = document.querySelector('[name^="draft:"], [name^="seen:"]')?.getAttribute('name')?.split(':')[1] ?? '';
  return { status: answer.status, headers: answer.headers, html, words, document, typed: area, seen };
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const plain = (html: string): string =>
  html.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => NAMED[name] ?? '');

export const LETTER = `Port Fees

Harbour Letter | March 4

Question: Norvania plans to charge container ships for each call at its ports. Will importers or consumers carry the cost?

Maria Exemplo, professor of economics at Tidewater University: “Consumers will, within a season.”

Rui Prado, director at Harbour Institute: “Importers will carry most of it, because margins are wide.”
`;
/** The letter’s draft, completed by an editor. */
export const completed = (typed: string): string => typed.replace('topics: []', 'date: 2026-03-04\n  topics:\n    - Ports');
