import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** The words of what looks like the article of a page, without white space; undefined where nothing looks like one. */
export function readableText(source: string): string | undefined {
  try {
    const { document } = parseHTML(source);
    const article = new Readability(document, { maxElemsToParse: 20_000, charThreshold: 200 }).parse();
    return article?.textContent?.replace(/\s+/g, '');
  } catch {
    return undefined;
  }
}
