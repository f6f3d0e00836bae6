import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Flags that make a browser look elsewhere are left out; nothing of it may leave this machine. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const UNWANTED =
  /^--(single-process|no-zygote|disable-web-security|allow-running-insecure-content|headless|user-agent|window-size)/;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: [...inject('chromiumFlags').filter((flag) => !UNWANTED.test(flag)), '--no-sandbox', ...QUIET],
  });
}

export interface WatchedPage {
  page: Page;
  /** Errors of the page, breaches of the CSP, and requests that did not stay on this machine. */
  complaints: string[];
  close: () => Promise<void>;
}

/** A window of somebody of their own: no cookie is shared with another. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  watch(page, complaints);
  return { page, complaints, close: () => context.close() };
}

function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.hostname !== '127.0.0.1' && url.protocol !== 'data:') complaints.push(`request: ${request.url()}`);
  });
}

/** What axe-core finds wrong with a page, in one line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: string[] = JSON.parse(
    await page.evaluate(
      'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + " " + nodes.map((one) => one.html.slice(0, 160)).join(" | "))))',
    ),
  );
  return found;
}

/** How wide the page is, and the screen. */
export const widths = (page: Page) =>
  page.evaluate<[number, number]>('[document.documentElement.scrollWidth, window.innerWidth]');
