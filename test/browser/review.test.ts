import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completed, LETTER, openReviewer } from '../platforms/console/reviewer.ts';
import { openBrowser, openPage, violations, widths } from '../support/browser.ts';

const LONG = `“Fees are paid by whoever can least avoid them, which is ${'the small island and '.repeat(30)}the smallest importer.”`;
const DOUBTFUL = `${LETTER}
A paragraph that fits nowhere, and that nobody signs.
`;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

const LOOKS: [string, BrowserContextOptions][] = [
  ['desktop, light', { viewport: { width: 1400, height: 900 }, colorScheme: 'light' }],
  ['desktop, dark', { viewport: { width: 1400, height: 900 }, colorScheme: 'dark' }],
  ['phone, light', { viewport: { width: 375, height: 800 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
];

test.each(LOOKS)(
  'every page of the review can be read by everybody: %s',
  async (_, look) => {
    const { url, wait, test: bot } = await openReviewer();
    const { page, complaints, close } = await openPage(browser, look);
    const wrong: string[] = [];
    const inspect = async (what: string) => {
      wrong.push(...(await violations(page)).map((one) => `${what}: ${one}`));
      const [content, screen] = await widths(page);
      if (content > screen) wrong.push(`${what}: ${content} px wide on a screen of ${screen}`);
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await page.goto(`${url}/review`);
    await inspect('nothing waits');
    const key = await wait(DOUBTFUL, { name: 'a letter.txt', sourceUrl: 'https://letter.example/1' });
    await page.goto(`${url}/review`);
    await inspect('list');
    await page.goto(`${url}/review/${key}`);
    await inspect('draft');
    await page.getByText('Reject …').click();
    await inspect('reject asks');

    const form = page.locator('#draft');
    await bot.bot.desk.rewrite(key, (await bot.bot.desk.waitingUnder(key)).text.replace('topics: []', 'topics: [Harbours]'));
    await form.fill(completed(await form.inputValue()).replace('person: rui-prado', 'person: maria-exemplo'));
    await button('Save');
    await page.getByText('Somebody else changed this draft').waitFor();
    await inspect('changed meanwhile');
    await form.fill(`${await form.inputValue()}x: "`);
    await button('Accept');
    await page.getByText('It cannot be stored yet').waitFor();
    await inspect('no YAML');
    await form.fill((await form.inputValue()).replace(/x: "$/, ''));
    await button('Accept');
    await page.getByText('Look at “Who says what” first').waitFor();
    await inspect('another name');
    await button('Accept');
    await page.getByText('Stored as a new question.').waitFor();
    await inspect('accepted');

    await page.goto(`${url}/review/${await wait(LETTER.replace('Port Fees', 'Island Fees'))}`);
    await page.getByText('Is Rui Prado the person of this name on file?').waitFor();
    await inspect('who is who');
    await page.goto(`${url}/review/nothing`);
    await inspect('nothing under this key');
    expect(wrong).toEqual([]);
    expect(complaints.filter((one) => !/status of 4(04|09|22)/.test(one))).toEqual([]);
    await close();
  },
  60_000,
);

test('an editor completes, accepts and reads a question with the keyboard alone and without scripts', async () => {
  const { url, wait } = await openReviewer();
  await wait(LETTER);
  const { page, complaints, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${url}/review`);
  const press = async (key: string, what: 'a' | 'textarea' | 'button', name: string) => {
    const wanted = page.locator(`${what}:focus`, { hasText: name });
    for (let presses = 0; presses < 60 && (await wanted.count()) === 0; presses++) await page.keyboard.press('Tab');
    await page.keyboard.press(key);
  };
  await press('Enter', 'a', 'Port Fees');
  await page.getByRole('heading', { name: 'Port Fees' }).waitFor();
  await press('Control+a', 'textarea', 'topics: []');
  await page.keyboard.insertText(completed(await page.locator('#draft').inputValue()));
  await press('Enter', 'button', 'Accept');
  await page.getByText('Stored as a new question.').waitFor();
  await press('Enter', 'a', 'Port Fees');
  await page.getByText('Consumers will, within a season.').first().waitFor();
  expect(complaints).toEqual([]);
  await close();
}, 60_000);

test.each([1400, 375])(
  'the numbers stand beside their lines on a screen of %i px',
  async (width) => {
    const { url, wait } = await openReviewer();
    const key = await wait(LETTER.replace('“Consumers will, within a season.”', LONG));
    const { page, close } = await openPage(browser, { viewport: { width, height: 800 } });
    await page.goto(`${url}/review/${key}`);
    await page.evaluate('document.fonts.ready');
    const [numbers, lines] = await page.evaluate<[number, number]>(
      `[document.querySelector('.numbers').offsetHeight, (() => {
      const area = document.querySelector('#draft');
      area.style.fieldSizing = 'fixed';
      area.style.height = '0';
      return area.scrollHeight;
    })()]`,
    );
    expect(numbers).toBeGreaterThan(500);
    expect(lines).toBe(numbers);
    await close();
  },
  60_000,
);

test('a link to a line of the draft, or of the source, leads there', async () => {
  const { url, wait } = await openReviewer();
  const key = await wait(LETTER);
  const { page, close } = await openPage(browser, { viewport: { width: 375, height: 600 }, reducedMotion: 'reduce' });
  await page.goto(`${url}/review/${key}`);
  await page.evaluate('document.fonts.ready');
  const inSight = (id: string) =>
    page.evaluate<boolean>(
      `(({ top }) => top > 30 && top < innerHeight - 80)(document.getElementById('${id}').getBoundingClientRect())`,
    );
  for (const link of ['.to-correct a', '.who a[href^="#line-"]', '.who a[href^="#source-"]', '.source .chip', '.reasons-box a']) {
    const to = page.locator(link).last();
    const id = (await to.getAttribute('href'))?.slice(1) ?? '';
    await to.click();
    expect([link, await inSight(id)]).toEqual([link, true]);
  }
  await close();
}, 60_000);

test('a text that is too large is refused in words, and going back finds it again', async () => {
  const { url, wait } = await openReviewer();
  const key = await wait(LETTER);
  const { page, close } = await openPage(browser);
  await page.goto(`${url}/review/${key}`);
  await page.locator('#draft').evaluate((area: unknown) => {
    (area as { value: string }).value += `# ${'much '.repeat(200)}\n`.repeat(2500);
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('That is more than 2 MB').waitFor();
  await page.goBack();
  expect((await page.locator('#draft').inputValue()).length).toBeGreaterThan(2_000_000);
  await close();
}, 60_000);
