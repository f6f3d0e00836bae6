import { parseHTML } from 'linkedom';
import { type HtmlNode, type Walked, walkHtml } from './html-walk.ts';
import { documentBuilder } from './markdown.ts';
import type { SourceBlock, SourceDocument } from './model.ts';
import { readableText } from './readable.ts';

const MAX_CHARS = 3_000_000;
const MAX_DEPTH = 500;
const MAX_TAGS = 60_000;

/** Shapes, of which one page may draw many; mostly closed in themselves. */
const DRAWN = /^(?:path|rect|circle|use)$/i;
/** Names of classes that no page has; the parser fails at them. */
const LONG_CLASS = /\sclass\s*=\s*["']?[^"'>]{20000}/i;

export type HtmlRead = { outcome: 'read'; document: SourceDocument } | { outcome: 'refused'; reason: string };

/** HTML as blocks, page furniture marked by its tags, classes and roles. */
export function readHtml(source: string): HtmlRead {
  if (source.length > MAX_CHARS) return { outcome: 'refused', reason: 'The page is longer than 3,000,000 characters.' };
  const marks = source.match(/[<&]/g)?.length ?? 0;
  if (marks > 3 * MAX_TAGS)
    return { outcome: 'refused', reason: `The page holds more than ${(3 * MAX_TAGS).toLocaleString('en')} tags and entities.` };
  const size = measure(source);
  if (size.depth > MAX_DEPTH) return { outcome: 'refused', reason: `The markup is nested more than ${MAX_DEPTH} levels deep.` };
  if (size.tags > MAX_TAGS)
    return { outcome: 'refused', reason: `The page holds more than ${MAX_TAGS.toLocaleString('en')} tags.` };
  if (LONG_CLASS.test(source))
    return { outcome: 'refused', reason: 'The page holds an attribute of more than 20,000 characters.' };
  const { document } = parseHTML(/<html[\s>]/i.test(source) ? source : `<!doctype html><html><body>${source}</body></html>`);
  const root: HtmlNode | null = document.documentElement;
  if (root === null) return { outcome: 'refused', reason: 'The page holds no markup that can be read.' };
  const walked = walkHtml(root);
  const readable = needsReadable(walked) ? readableText(source) : undefined;
  const builder = documentBuilder();
  for (const { rows, ...block } of walked.blocks) {
    if (rows) builder.table(rows);
    else builder.add({ ...block, ...outside(block, readable) });
  }
  return { outcome: 'read', document: { ...builder.done(), page: walked.page } };
}

/** Deepest nesting that the tags can lead to, without building anything. */
function measure(source: string): { depth: number; tags: number } {
  let depth = 0;
  let deepest = 0;
  let tags = 0;
  for (const { 1: closing, 2: name = '', index } of source.matchAll(/<(\/?)([a-z][a-z0-9-]{0,20})/gi)) {
    tags += 1;
    if (/^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i.test(name)) continue;
    if (DRAWN.test(name) && source.charAt(source.indexOf('>', index) - 1) === '/') continue;
    depth = Math.max(0, depth + (closing === '' ? 1 : -1));
    deepest = Math.max(deepest, depth);
    if (deepest > MAX_DEPTH || tags > MAX_TAGS) break;
  }
  return { depth: deepest, tags };
}

/** Only a page that marks neither article nor furniture needs a guess at what its article is. */
const needsReadable = ({ blocks, hasArticle }: Walked): boolean =>
  !hasArticle && blocks.length > 12 && blocks.every((block) => block.furniture === undefined);

function outside(block: Omit<Walked['blocks'][number], 'rows'>, readable: string | undefined): Pick<SourceBlock, 'furniture'> {
  if (readable === undefined || block.kind === 'heading' || block.kind === 'rule') return {};
  const words = block.text.replace(/\s+/g, '');
  const isLinks =
    block.marks.filter((mark) => mark.type === 'link').reduce((sum, mark) => sum + mark.end - mark.start, 0) >
    block.text.length * 0.7;
  return isLinks && !readable.includes(words) ? { furniture: { why: 'links outside the article', page: false } } : {};
}
