import { type HtmlRead, readHtml } from './html.ts';
import type { Doubt } from './model.ts';
import { unzip } from './zip.ts';

const LIMITS = { parts: 2000, part: 20_000_000, total: 100_000_000, ratio: 200 };
/** Pictures, fonts and embedded files are not even unpacked. */
const READ = /^\[Content_Types\]\.xml$|^_rels\/\.rels$|^word\/(?:_rels\/)?[^/]+\.(?:xml|rels)$/;
const MAX_DEPTH = 400;
const MAX_TAGS = 500_000;
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='caption'] => figcaption:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
];
const MARKUP: readonly { tag: RegExp; message: string }[] = [
  {
    tag: /<w:(?:ins|del|moveFrom|moveTo)\b/,
    message: 'The document holds tracked changes: what was inserted is read, what was deleted is not.',
  },
  { tag: /<w:txbxContent\b/, message: 'The document holds text boxes: where their words belong is not certain.' },
  { tag: /<w:vanish\b/, message: 'The document holds hidden text, which is read like the rest.' },
];
const NOTE_MARK = /<sup><a href="#(?:foot|end)note-[^"]{1,40}" id="[^"]{1,60}">\[\d{1,4}\]<\/a><\/sup>/g;
const NOTES = /<ol>(?=<li id="(?:foot|end)note-)([\s\S]*)<\/ol>\s*$/;

/** A Word document by way of HTML, so that bold, headings, lists and tables survive; nothing outside the file is looked at. */
export async function readDocx(bytes: Uint8Array): Promise<HtmlRead> {
  const unpacked = unzip(bytes, (name) => READ.test(name), LIMITS);
  if (unpacked.outcome === 'refused') return unpacked;
  for (const part of unpacked.parts.values()) {
    const reason = xmlProblem(part);
    if (reason !== undefined) return { outcome: 'refused', reason };
  }
  const { outcome, html, messages } = await converted(unpacked.parts);
  if (outcome === 'unreadable')
    return { outcome: 'refused', reason: 'The Word document cannot be read: open it in Word and save it as .docx again.' };
  const notes = NOTES.exec(html);
  const body = (notes === null ? html : html.slice(0, notes.index)).replace(NOTE_MARK, '');
  const read = readHtml(`<article>${body}</article>${notes === null ? '' : `<footer>${notes[0]}</footer>`}`);
  if (read.outcome === 'refused') return read;
  return {
    outcome: 'read',
    document: {
      ...read.document,
      doubts: [...read.document.doubts, ...doubtsOf(unpacked.parts, { hasNotes: notes !== null, messages })],
    },
  };
}

/** Why XML is not handed to a parser; undefined: it may be. */
function xmlProblem(part: Buffer): string | undefined {
  const xml = part.toString('latin1');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    return 'The Word document declares XML entities, which no .docx file may: it is not read.';
  let depth = 0;
  let tags = 0;
  for (const [tag] of xml.matchAll(/<[/a-z][^<>]*>/gi)) {
    tags += 1;
    depth += tag.startsWith('</') ? -1 : tag.endsWith('/>') ? 0 : 1;
    if (depth > MAX_DEPTH) return `The Word document is nested more than ${MAX_DEPTH} levels deep.`;
    if (tags > MAX_TAGS) return `The Word document holds more than ${MAX_TAGS.toLocaleString('en')} tags.`;
  }
  return undefined;
}

type Converted = { outcome: 'html' | 'unreadable'; html: string; messages: string[] };

/** Mammoth gets a zip made anew of what was checked, so that it unpacks nothing else. */
async function converted(parts: ReadonlyMap<string, Buffer>): Promise<Converted> {
  const [{ default: mammoth }, { storedZip }] = await Promise.all([import('mammoth'), import('./zip.ts')]);
  try {
    const { value, messages } = await mammoth.convertToHtml(
      { buffer: storedZip(parts) },
      {
        styleMap: STYLES,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      },
    );
    return { outcome: 'html', html: value, messages: messages.map(({ message }) => message) };
  } catch {
    return { outcome: 'unreadable', html: '', messages: [] };
  }
}

function doubtsOf(
  parts: ReadonlyMap<string, Buffer>,
  { hasNotes, messages }: { hasNotes: boolean; messages: readonly string[] },
): Doubt[] {
  const bodies = [...parts].filter(([name]) => /^word\/document\d*\.xml$/.test(name)).map(([, part]) => part.toString('latin1'));
  const found = MARKUP.filter(({ tag }) => bodies.some((xml) => tag.test(xml))).map(({ message }) => message);
  const lost = messages.filter((message) => /ignored/.test(message) && !/style/i.test(message));
  const about = (message: string, weight: Doubt['weight']): Doubt => ({ message, weight, start: 0, end: 0 });
  return [
    ...found.map((message) => about(message, 'review')),
    ...(hasNotes ? [about('The document has footnotes: they and their numbers were left out of the responses.', 'note')] : []),
    ...(lost.some((message) => /w:sym/.test(message))
      ? [about('The document holds symbols that have no letter: some characters are missing.', 'review')]
      : []),
  ];
}
