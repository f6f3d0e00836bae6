import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { openTestConsole, type TestConsole } from '../support/console.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let desk: TestConsole;
let opened: WatchedPage[] = [];
/** The test stops the server on purpose: that a page cannot reach it is no complaint then. */
let outage = false;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  desk = await openTestConsole();
});
afterEach(async () => {
  const complaints = opened.flatMap((one) => one.complaints).filter((one) => !(outage && /net::ERR|503/.test(one)));
  outage = false;
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
  await desk.stop();
  expect(complaints, 'errors, breaches of the CSP, or requests that left this machine').toEqual([]);
});

async function visit(options: BrowserContextOptions = {}, url = desk.url): Promise<Page> {
  const one = await openPage(browser, options);
  opened.push(one);
  await one.page.goto(url);
  await one.page.getByRole('combobox').waitFor();
  return one.page;
}

async function say(page: Page, line: string): Promise<void> {
  const before = await page.getByRole('article').count();
  await page.getByRole('combobox').fill(line);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('article').nth(before).waitFor();
}

const answers = (page: Page) => page.getByRole('article');

async function violations(page: Page): Promise<string[]> {
  const found: { violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] } = await page.evaluate(
    `${axe}; axe.run(document, { resultTypes: ['violations'] })`,
  );
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('\n')}`,
  );
}

test('a first visit shows what to try, and one click answers', async () => {
  const page = await visit();
  await page.getByRole('heading', { name: 'Ask the archive' }).waitFor();
  await page.getByRole('list', { name: 'Try one' }).getByRole('button').first().click();
  await answers(page).getByText('Only you can see this').waitFor();
  expect(await page.title()).toBe('#general · Briefdesk');
});

test('/brief venezuela is asked and read with the keyboard alone', async () => {
  const page = await visit();
  for (let presses = 0; presses < 30 && (await page.locator('input:focus').count()) === 0; presses++)
    await page.keyboard.press('Tab');
  await page.keyboard.type('/br');
  await page.getByRole('option', { name: '/brief A briefing' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await page.getByRole('combobox').inputValue()).toBe('/brief ');
  await page.keyboard.type('venez');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect((await page.getByRole('combobox').inputValue()).toLowerCase()).toMatch(/^\/brief venezuela/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await answers(page).getByRole('heading', { name: 'Pompeo’s four-country trip' }).waitFor();
  await answers(page)
    .getByText('“Secretary Pompeo’s trip served as a reminder')
    .or(answers(page).getByText('“This, paired with'))
    .first()
    .waitFor();
  expect(await page.locator('[role=combobox]:focus').count()).toBe(1);
  await page.keyboard.press('Shift+Tab');
  expect(await page.locator('input[value=plain]:focus').count()).toBe(1);
});

test('respondents, question ids and dates are completed too', async () => {
  const page = await visit();
  const offered = [
    ['/quotes by:wals', /Ray Walser/],
    ['/read ma7d', /ma7dygg/],
    ['/quotes since:2019-0', /January 2019/],
  ] as const;
  for (const [line, name] of offered) {
    await page.getByRole('combobox').fill(line);
    await page.getByRole('option', { name }).first().waitFor();
  }
});

test('what is shared appears in the other window, and goes when it is taken back', async () => {
  const [mine, theirs] = [await visit(), await visit()];
  await say(mine, '/brief venezuela');
  expect(await answers(theirs).count()).toBe(0);
  await mine.getByRole('button', { name: 'Share in channel' }).click();
  await answers(theirs).getByRole('heading', { name: 'Pompeo’s four-country trip' }).waitFor();
  expect(await theirs.getByRole('button', { name: /share/i }).count()).toBe(0);
  await mine.getByText('You shared this in #general').waitFor();
  await mine.getByRole('button', { name: 'Undo share' }).click();
  await answers(theirs).waitFor({ state: 'detached' });
  await mine.getByText('Only you can see this').waitFor();
});

test('a window that lost the connection misses nothing and doubles nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const database = join(folder, 'desk.db');
  const first = await openTestConsole({ database });
  const port = Number(new URL(first.url).port);
  const page = await visit({}, first.url);
  outage = true;
  await say(page, '/topics share:yes');
  await first.stop();
  await page.getByText('Connecting again').waitFor();
  const second = await openTestConsole({ database, settings: { port } });
  const other = await visit({}, second.url);
  await say(other, '/brief venezuela share:yes');
  await answers(page).nth(1).waitFor();
  await page.getByText('Connecting again').waitFor({ state: 'detached' });
  expect(await answers(page).count()).toBe(2);
  await page.reload();
  await answers(page).nth(1).waitFor();
  expect(await answers(page).count()).toBe(2);
  await second.stop();
  rmSync(folder, { recursive: true });
});

test('paging takes the place of the answer, another button adds one', async () => {
  const page = await visit();
  await say(page, '/quotes topic:trade');
  const next = page.getByRole('button', { name: 'Next page' });
  await next.click();
  await page.getByText('/quotes topic:trade page:2').waitFor();
  expect(await answers(page).count()).toBe(1);
  await page.getByRole('button', { name: /^Cite/ }).first().click();
  await answers(page).nth(1).waitFor();
});

test('an answer can be seen as Slack and as Discord show it', async () => {
  const page = await visit();
  await say(page, '/brief venezuela');
  await page.getByRole('radio', { name: 'Slack' }).check();
  const slack = page.getByRole('region', { name: 'As Slack shows it' });
  await slack.getByText('Bottom line').waitFor();
  await slack.getByText('Whole responses').waitFor();
  await slack.getByText('Latin America Advisor Q&A').waitFor();
  await page.getByRole('radio', { name: 'Discord' }).check();
  const discord = page.getByRole('region', { name: 'As Discord shows it' });
  await discord.getByText('Bottom line').waitFor();
  await discord.getByText('Whole responses').waitFor();
  await page.getByRole('radio', { name: 'Plain' }).check();
  await answers(page).getByRole('heading', { name: 'Pompeo’s four-country trip' }).waitFor();
});

test('answers and channels are there after a reload', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'Create a channel' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Latin America');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '#latin-america' }).waitFor();
  await say(page, '/topics');
  await page.getByRole('button', { name: 'Rename #latin-america' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('general');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('There is already a channel #general.').waitFor();
  opened[0]?.complaints.splice(0);
  await page.getByRole('textbox', { name: 'Name' }).fill('trade');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '#trade' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '#trade' }).waitFor();
  await answers(page).first().waitFor();
  expect(await answers(page).count()).toBe(1);
});

test('a misspelt word offers the right one as a button', async () => {
  const page = await visit();
  await say(page, '/brief venezula');
  await page.getByRole('button', { name: 'Venezuela', exact: true }).click();
  await page.getByRole('heading', { name: 'Pompeo’s four-country trip' }).waitFor();
});

test('on a phone nothing is wider than the screen, and channels come in a drawer', async () => {
  const page = await visit({ viewport: { width: 360, height: 740 } });
  for (const line of ['/brief venezuela', '/views trade', '/cite ma7dygg style:bibtex']) await say(page, line);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  expect(
    await page.evaluate(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.scroller'))`),
  ).toBe(0);
  await page.getByRole('button', { name: 'Channels', exact: true }).click();
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: 'general' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Channels' }).waitFor({ state: 'hidden' });
  expect(await page.locator('button[aria-label=Channels]:focus').count()).toBe(1);
});

test('nothing moves for somebody who asked for less motion', async () => {
  const page = await visit({ reducedMotion: 'reduce', viewport: { width: 390, height: 800 } });
  await say(page, '/topics');
  const moving = await page.evaluate(`[...document.querySelectorAll('*')].filter((one) => {
    const { animationName, transitionDuration } = getComputedStyle(one);
    return animationName !== 'none' || transitionDuration.split(', ').some((each) => each !== '0s');
  }).length`);
  expect(moving).toBe(0);
});

test.each(['light', 'dark'] as const)('axe finds nothing to complain of in %s colours', async (colorScheme) => {
  const page = await visit({ colorScheme });
  expect(await violations(page)).toEqual([]);
  for (const line of ['/brief venezuela', '/views trade', '/quotes policy', '/cite ma7dygg', '/nonsense']) await say(page, line);
  await page.getByRole('combobox').fill('/');
  await page.getByRole('listbox').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create a channel' }).click();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing to complain of on a phone', async () => {
  const page = await visit({ viewport: { width: 360, height: 740 } });
  for (const line of ['/brief venezuela', '/views trade']) await say(page, line);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Channels', exact: true }).click();
  expect(await violations(page)).toEqual([]);
});

test('hostile words are shown as words: no script runs, no link leads to one, nothing breaks the page', async () => {
  const script = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const words = `${script} \u202eturned ${'long'.repeat(20_000)}`;
  await desk.post({
    title: words,
    blocks: [
      { type: 'heading', text: words },
      { type: 'text', label: script, spans: [{ type: 'link', text: 'a trap', href: 'javascript:alert(3)' }] },
      { type: 'quote', marker: script, words: [{ type: 'text', text: words, style: 'hit' }], code: '"><b>', tags: [script] },
      { type: 'table', columns: [script, words], rows: [[[{ type: 'text', text: words }]]] },
      { type: 'copy', text: words },
      { type: 'actions', actions: [{ type: 'open', label: 'another trap', href: 'data:text/html,<script>alert(4)</script>' }] },
    ],
  });
  const page = await visit({ viewport: { width: 390, height: 800 } });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.reload();
  await answers(page).getByText('a trap').waitFor();
  await say(page, `/brief ${script} "><svg onload=alert(5)> ${'x'.repeat(450)}`);
  expect(await page.locator('article img, article script, article svg[onload]').count()).toBe(0);
  expect(await page.locator('a[href^="javascript:"], a[href^="data:"]').count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  expect(
    await page.evaluate(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.scroller'))`),
  ).toBe(0);
  await page.getByRole('radio', { name: 'Slack' }).first().check();
  await page.getByRole('region', { name: 'As Slack shows it' }).getByText('a trap').first().waitFor();
  await page.getByRole('radio', { name: 'Discord' }).first().check();
  await page.getByRole('region', { name: 'As Discord shows it' }).getByText('a trap').first().waitFor();
  expect(dialogs).toEqual([]);
});

test('with a token, a form stands before the chat', async () => {
  const closed = await openTestConsole({ settings: { token: 'a secret of the newsroom' } });
  const one = await openPage(browser);
  opened.push(one);
  await one.page.goto(closed.url);
  await one.page.getByLabel('Token').fill('wrong');
  await one.page.keyboard.press('Enter');
  await one.page.getByRole('alert').getByText('That is not the token').waitFor();
  expect(await violations(one.page)).toEqual([]);
  one.complaints.splice(0);
  await one.page.getByLabel('Token').fill('a secret of the newsroom');
  await one.page.keyboard.press('Enter');
  await one.page.getByRole('combobox').waitFor();
  await say(one.page, '/topics');
  await one.page.getByRole('button', { name: 'Sign out' }).click();
  await one.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await closed.stop();
});
