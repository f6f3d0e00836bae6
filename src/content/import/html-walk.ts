import type { Mark, SourceBlock, SourceDocument } from './model.ts';

/** The part of a DOM node that is used. */
export interface HtmlNode {
  nodeType: number;
  nodeName: string;
  nodeValue: string | null;
  childNodes: ArrayLike<HtmlNode>;
  getAttribute?(name: string): string | null;
}

type WalkedBlock = Omit<SourceBlock, 'start' | 'end' | 'rows'> & { text: string; rows?: string[][] };

export interface Walked {
  blocks: WalkedBlock[];
  page: SourceDocument['page'];
  hasArticle: boolean;
}

const SKIPPED = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG MATH OBJECT SELECT BUTTON INPUT TEXTAREA VIDEO AUDIO CANVAS LINK IMG'.split(' '),
);
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR HTML LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  ),
);
const FURNITURE_TAGS = new Set(['NAV', 'FOOTER', 'FORM', 'DIALOG']);
const FURNITURE_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'search', 'dialog', 'menu']);
const FURNITURE_CLASS =
  /(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|share|sharing|social|newsletter|subscribe|subscription|signup|cookies?|consent|gdpr|related|recommend(?:ed|ations)?|sidebar|widget|footer|comments?|comment-list|respond|advert(?:isement)?|ads?|promo|popup|modal|tags?|tag-list|post-nav|pagination|byline|author-box|masthead|skip-link|board|advisers|advisors)(?:$|[\s_-])/i;
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i;

interface State {
  kind: SourceBlock['kind'];
  level?: number;
  furniture?: SourceBlock['furniture'];
  bold: boolean;
  italic: boolean;
  link: boolean;
  pre: boolean;
}

/** Walks a tree without recursion; every block-level element ends the block before it. */
export function walkHtml(root: HtmlNode): Walked {
  const walked: Walked = { blocks: [], page: {}, hasArticle: false };
  const writer = blockWriter(walked.blocks);
  const plain: State = { kind: 'paragraph', bold: false, italic: false, link: false, pre: false };
  const stack: ({ node: HtmlNode; state: State } | { close: true })[] = [{ node: root, state: plain }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if ('close' in step) {
      writer.end();
      continue;
    }
    const { node, state } = step;
    if (node.nodeType === 3) writer.add(node.nodeValue ?? '', state);
    if (node.nodeType !== 1) continue;
    const name = node.nodeName.toUpperCase();
    if (name === 'HEAD') readHead(node, walked.page);
    if (name === 'HEAD' || SKIPPED.has(name) || isHidden(node)) continue;
    if (name === 'HTML') languageOf(node, walked.page);
    if (name === 'ARTICLE' || name === 'MAIN') walked.hasArticle = true;
    if (name === 'BR') writer.break();
    if (name === 'TIME' && walked.page.date === undefined) dateOf(node, walked.page, state);
    if (name === 'HR') writer.rule();
    if (name === 'TABLE' && !isLayout(node)) {
      writer.table(tableRows(node), inside(node, name, state).furniture);
      continue;
    }
    const isBlock = BLOCKS.has(name);
    if (isBlock) {
      writer.end();
      stack.push({ close: true });
    }
    const inner = inside(node, name, state);
    // Once: linkedom builds the list anew at every look at it.
    for (const child of Array.from(node.childNodes).reverse()) stack.push({ node: child, state: inner });
  }
  writer.end();
  return walked;
}

function inside(node: HtmlNode, name: string, state: State): State {
  const heading = /^H([1-6])$/.exec(name);
  const marked = furnitureOf(node, name);
  const furniture = state.furniture ?? (marked === undefined ? undefined : { why: marked, page: false });
  const kind = heading
    ? 'heading'
    : name === 'BLOCKQUOTE'
      ? 'quote'
      : name === 'LI'
        ? state.kind === 'quote'
          ? 'quote'
          : 'list'
        : name === 'FIGCAPTION' || name === 'CAPTION'
          ? 'caption'
          : state.kind;
  return {
    kind,
    ...(heading ? { level: Number(heading[1]) } : state.level === undefined ? {} : { level: state.level }),
    ...(furniture === undefined ? {} : { furniture }),
    bold: state.bold || name === 'B' || name === 'STRONG',
    italic: state.italic || name === 'I' || name === 'EM' || name === 'CITE',
    link: state.link || name === 'A',
    pre: state.pre || name === 'PRE',
  };
}

function furnitureOf(node: HtmlNode, name: string): string | undefined {
  if (FURNITURE_TAGS.has(name)) return `<${name.toLowerCase()}>`;
  if (FURNITURE_ROLES.has(attribute(node, 'role'))) return `role ${attribute(node, 'role')}`;
  if (name === 'BODY' || name === 'HTML' || name === 'MAIN' || name === 'ARTICLE') return undefined;
  const found = FURNITURE_CLASS.exec(`${attribute(node, 'class')} ${attribute(node, 'id')}`);
  return found ? `class or id “${found[0].replace(/^[\s_-]+|[\s_-]+$/g, '')}”` : undefined;
}

const attribute = (node: HtmlNode, name: string): string => (node.getAttribute?.(name) ?? '').slice(0, 1000);
const isHidden = (node: HtmlNode): boolean =>
  node.getAttribute?.('hidden') != null || attribute(node, 'aria-hidden') === 'true' || HIDDEN.test(attribute(node, 'style'));

function languageOf(node: HtmlNode, page: Walked['page']): void {
  const language = attribute(node, 'lang');
  if (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) page.language = language;
}

function dateOf(node: HtmlNode, page: Walked['page'], state: State): void {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(attribute(node, 'datetime'))?.[0];
  if (date !== undefined && state.furniture === undefined) page.date = date;
}

function readHead(head: HtmlNode, page: Walked['page']): void {
  for (const child of Array.from(head.childNodes)) {
    if (child.nodeName.toUpperCase() === 'TITLE') page.title = textOf(child).trim();
  }
}

/** The words of a small tree. */
function textOf(node: HtmlNode): string {
  const words: string[] = [];
  const stack = [node];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (one.nodeType === 3) words.push(one.nodeValue ?? '');
    if (SKIPPED.has(one.nodeName.toUpperCase())) continue;
    if (one.nodeName.toUpperCase() === 'BR') words.push('\n');
    for (const child of Array.from(one.childNodes).reverse()) stack.push(child);
  }
  return words.join('').replace(/[ \t\n]+/g, ' ');
}

function descendants(node: HtmlNode, wanted: RegExp, stop: RegExp): HtmlNode[] {
  const found: HtmlNode[] = [];
  const stack = Array.from(node.childNodes).reverse();
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    const name = one.nodeName.toUpperCase();
    if (wanted.test(name)) found.push(one);
    else if (!stop.test(name)) for (const child of Array.from(one.childNodes).reverse()) stack.push(child);
  }
  return found;
}

const tableRows = (table: HtmlNode): string[][] =>
  descendants(table, /^TR$/, /^TABLE$/).map((row) => descendants(row, /^T[DH]$/, /^TABLE$/).map((cell) => textOf(cell).trim()));

/** A table for looks: one cell a row, or tables and paragraphs in its cells. */
function isLayout(table: HtmlNode): boolean {
  const rows = descendants(table, /^TR$/, /^TABLE$/).map((row) => descendants(row, /^T[DH]$/, /^TABLE$/));
  return (
    rows.every((row) => row.length < 2) ||
    rows.some((row) => row.some((cell) => descendants(cell, /^(?:TABLE|H[1-6]|ARTICLE|BLOCKQUOTE)$/, /^$/).length > 0))
  );
}

/** Collects text into blocks; white space is collapsed as a browser does, `<br>` is a line break and two of them a new block. */
function blockWriter(blocks: WalkedBlock[]) {
  // In pieces: a string that grows would be copied at every look at its end.
  let pieces: string[] = [];
  let length = 0;
  let marks: Mark[] = [];
  let state: State | undefined;
  const lastLetter = () => pieces.at(-1)?.at(-1) ?? '';
  const append = (words: string) => {
    pieces.push(words);
    length += words.length;
  };
  const dropSpaces = () => {
    while (lastLetter() === ' ') {
      const last = pieces.pop() ?? '';
      const kept = last.replace(/ +$/, '');
      length -= last.length - kept.length;
      if (kept !== '') pieces.push(kept);
    }
  };
  const end = () => {
    const text = pieces.join('').replace(/[ \n]+$/, '');
    if (text !== '' && state) {
      const { kind, level, furniture } = state;
      const held = marks
        .map((mark) => ({ ...mark, end: Math.min(mark.end, text.length) }))
        .filter((mark) => mark.start < mark.end);
      blocks.push({
        kind,
        ...(kind === 'heading' && level !== undefined ? { level } : {}),
        ...(furniture === undefined ? {} : { furniture }),
        text,
        marks: held,
      });
    }
    pieces = [];
    length = 0;
    marks = [];
    state = undefined;
  };
  const mark = (type: Mark['type'], start: number) => {
    const last = marks.findLast((one) => one.type === type);
    if (last && last.end === start) last.end = length;
    else marks.push({ type, start, end: length });
  };
  return {
    end,
    add(value: string, now: State) {
      const words = now.pre ? value : value.replace(/[ \t\n\r\f]+/g, ' ');
      const shown = length === 0 || /[ \n]/.test(lastLetter()) ? words.replace(/^ +/, '') : words;
      if (shown === '') return;
      state ??= now;
      const start = length;
      append(shown);
      if (now.bold) mark('bold', start);
      if (now.italic) mark('italic', start);
      if (now.link) mark('link', start);
    },
    break() {
      if (lastLetter() === '\n') end();
      else if (length > 0) {
        dropSpaces();
        append('\n');
      }
    },
    rule() {
      end();
      blocks.push({ kind: 'rule', text: '* * *', marks: [] });
    },
    table(rows: string[][], furniture: SourceBlock['furniture']) {
      end();
      blocks.push({ kind: 'table', text: '', marks: [], rows, ...(furniture === undefined ? {} : { furniture }) });
    },
  };
}
