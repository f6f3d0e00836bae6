import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { aQuestionFile, aResponseFile, openTestBot } from '../support/bot.ts';
import { openBrowser, openPage, violations, widths } from '../support/browser.ts';
import { openTestConsole, type TestConsole } from '../support/console.ts';

const SEED = '/questions/latin-america-advisor/2019-04-18/pompeo-trip';
const SAMPLE = '/questions/meridian-brief/2024-02-14/panama-canal-drought';
const PAGES = [
  '/archive',
  '/archive?sample=on',
  '/archive?since=x',
  '/quotes?q=reservoir',
  '/quotes?q=patiense',
  SEED,
  SAMPLE,
  '/topics',
  '/topics/climate',
  '/countries/VE',
  '/respondents',
  '/respondents/marcus-whitlow',
  '/about',
  '/api',
  '/nothing',
];
let browser: Browser;
let desk: TestConsole;

beforeAll(async () => {
  [browser, desk] = await Promise.all([openBrowser(), openTestConsole({ now: () => new Date('2026-11-25T12:00:00Z') })]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test.each([
  ['desktop, light', { viewport: { width: 1280, height: 860 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
] as const)(
  'every page can be read by everybody: %s',
  async (_, look) => {
    const { page, complaints, close } = await openPage(browser, look);
    const wrong: string[] = [];
    const first = await desk.routes.request('/quotes?q=patience', { headers: { host: '127.0.0.1' } });
    const quote = /\/quotes\/ma7dygg-[a-z0-9]{5}/.exec(await first.text())?.[0] ?? '';
    for (const path of [...PAGES, quote]) {
      await page.goto(`${desk.url}${path}`);
      wrong.push(...(await violations(page)).map((one) => `${path}: ${one}`));
      const [content, screen] = await widths(page);
      if (content > screen) wrong.push(`${path}: ${content} px wide on a screen of ${screen}`);
    }
    expect(wrong).toEqual([]);
    expect(complaints.filter((one) => !/status of 40[04]/.test(one))).toEqual([]);
    await close();
  },
  60_000,
);

test('a reader goes from the front to a question, a quote, its neighbour and a citation', async () => {
  const { page, complaints, close } = await openPage(browser);
  await page.goto(`${desk.url}/archive`);
  await page.getByRole('link', { name: 'Pompeo’s four-country trip' }).click();
  await page.getByRole('link', { name: 'mapped by the editor' }).click();
  await page.locator('mark', { hasText: 'This, paired with' }).waitFor();
  await page.getByRole('link', { name: 'Privately, Latin American diplomats' }).click();
  await page.locator('mark', { hasText: 'Privately, Latin American diplomats' }).waitFor();
  await page.getByText('BibTeX').click();
  await page.getByRole('region', { name: 'Citation, BibTeX' }).click();
  const selected = await page.evaluate<string>('getSelection().toString()');
  expect(selected).toMatch(/^@misc\{ma7dygg-[\s\S]*Privately, Latin American diplomats[\s\S]*\}$/);
  await page.getByRole('link', { name: 'Pompeo’s four-country trip' }).first().click();
  await page.getByRole('link', { name: 'Ray Walser' }).first().click();
  await page.getByRole('heading', { name: 'Ray Walser', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
  await close();
}, 60_000);

test('a search by keyboard alone finds, narrows and can be shared as an address', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${desk.url}/quotes`);
  await page.getByRole('searchbox', { name: 'Search quotes' }).focus();
  await page.keyboard.type('reservoir');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('aguilar');
  await page.keyboard.press('Enter');
  await page.waitForURL(/by=aguilar/);
  expect(new URL(page.url()).searchParams.get('q')).toBe('reservoir');
  expect(await page.locator('.quote-card').count()).toBe(1);
  await close();
}, 60_000);

test('feeds are well-formed XML', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${desk.url}/about`);
  for (const path of ['/feeds/questions.rss?sample=on', '/feeds/quotes.rss?sample=on&q=reservoir', '/feeds/quotes.rss']) {
    const read = await page.evaluate<[string, number, string]>(`fetch('${path}').then((answer) => answer.text()).then((text) => {
      const feed = new DOMParser().parseFromString(text, 'application/xml');
      return [feed.documentElement.nodeName, feed.querySelectorAll('item > guid').length, feed.querySelector('parsererror')?.textContent ?? ''];
    })`);
    expect(read[0]).toBe('rss');
    expect(read[1]).toBeGreaterThan(0);
    expect(read[2]).toBe('');
  }
  await close();
}, 60_000);

test('a hostile archive runs nothing, widens nothing and breaks no feed', async () => {
  const evil = `<script>window.broken = 1</script><img src=x onerror="window.broken = 2">\u202e ]]> & zebra`;
  const now = () => new Date('2026-11-25T12:00:00Z');
  const desk = await openTestBot({
    persons: { mallory: { name: evil } },
    questions: [
      aQuestionFile({
        code: 'hostile',
        headline: evil.slice(0, 110),
        topics: [evil.slice(0, 50)],
        responses: [
          aResponseFile({
            respondents: [{ person: 'mallory', role: evil }],
            paragraphs: [`Zebra ${'x'.repeat(90_000)} ${evil}`, `Zebra once more. ${evil}`],
          }),
        ],
      }),
    ],
  });
  expect(desk.bot.problems()).toEqual([]);
  const settings = { host: '127.0.0.1', port: 0, token: undefined, archivePublic: false, publicUrl: undefined };
  const server = await openConsole(desk.bot, { settings, log: createLog('silent'), now });
  await server.start();
  const { page, complaints, close } = await openPage(browser, { viewport: { width: 390, height: 800 } });
  for (const path of ['/archive', '/questions/hostile', '/quotes?q=zebra', '/respondents/mallory', '/topics']) {
    await page.goto(`${server.address()}${path}`);
    const [content, screen] = await widths(page);
    expect([path, content]).toEqual([path, screen]);
    expect(await page.evaluate('window.broken')).toBeUndefined();
  }
  const wrong = await page.evaluate<string>(
    `fetch('/feeds/quotes.rss?q=zebra').then((answer) => answer.text()).then((text) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent ?? '')`,
  );
  expect(wrong).toBe('');
  expect(complaints).toEqual([]);
  await close();
  await server.stop();
  await desk.close();
}, 60_000);
