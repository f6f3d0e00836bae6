import { inflateSync } from 'node:zlib';

export const PROTECTED = 'The PDF is encrypted: save a copy without protection and import that.';
/** Encryption is declared in the trailer, which is never compressed. */
const ENCRYPTED = /\/Encrypt\s*(?:<<|\d{1,10}\s+\d{1,5}\s+R\b)/;
const CUT_OFF = 'The PDF is cut off: its end is missing. Download or export it again.';
const DAMAGED = 'The PDF is damaged: a part of it cannot be unpacked. Download or export it again.';
const UNCHECKED =
  'The text of the PDF carries no check sum, so that damage to it would not be seen: print it to a new PDF and import that.';

const MAX_STREAM = 64_000_000;
const MAX_TOTAL = 256_000_000;
const MAX_STREAMS = 100_000;
/** The end mark stands there, but for what servers and mailers append. */
const END_WITHIN = 4096;
const DICTIONARY_WITHIN = 2000;
/** Operators that show text, in a part that is not compressed. */
const SHOWS_TEXT = /\bBT\s[\s\S]*?(?:Tj|TJ|\)\s*'|\)\s*")/;

/** Why a PDF is not whole or not open; undefined where its end and its trailer are as they should be. */
export function pdfClosed(bytes: Uint8Array): string | undefined {
  const buffer = view(bytes);
  if (!buffer.toString('latin1', Math.max(0, buffer.length - END_WITHIN)).includes('%%EOF')) return CUT_OFF;
  return ENCRYPTED.test(buffer.toString('latin1')) ? PROTECTED : undefined;
}

/**
 * Why the parts of a PDF are not trusted; undefined: they are sound. A reader that skips what it cannot make out would lose a name in
 * silence, and the words after it would go to the person before; so every part that may hold text must have a check sum that is right,
 * as compressed parts have.
 */
export function pdfDamage(bytes: Uint8Array): string | undefined {
  const buffer = view(bytes);
  let total = 0;
  let seen = 0;
  for (let at = buffer.indexOf('stream'); at >= 0; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    seen += 1;
    if (seen > MAX_STREAMS) return 'The PDF holds too many parts to be read.';
    const before = buffer.toString('latin1', Math.max(0, at - DICTIONARY_WITHIN), at);
    const dictionary = before.slice(before.lastIndexOf('obj'));
    if (/\/Subtype\s*\/Image\b|\/Type\s*\/Metadata\b/.test(dictionary)) continue;
    const start = at + 6 + (buffer[at + 6] === 13 ? (buffer[at + 7] === 10 ? 2 : 1) : buffer[at + 6] === 10 ? 1 : 0);
    const end = buffer.indexOf('endstream', start);
    if (end < 0) return CUT_OFF;
    const size = checkedSize(filtersOf(dictionary), buffer.subarray(start, end));
    if (typeof size === 'string') return size;
    total += size;
    if (size > MAX_STREAM || total > MAX_TOTAL)
      return `The PDF unpacks to more than ${(size > MAX_STREAM ? MAX_STREAM : MAX_TOTAL) / 1e6} MB.`;
  }
  return undefined;
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Short names of the filters of a stream, outermost first. */
function filtersOf(dictionary: string): string[] {
  const listed = /\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(dictionary);
  return [...(listed?.[1] ?? listed?.[2] ?? '').matchAll(/\/(\w+)/g)].map(([, name = '']) => name);
}

/** Bytes that a part unpacks to; else why it is not trusted. */
function checkedSize(filters: readonly string[], packed: Buffer): number | string {
  const [first, second, ...more] = filters;
  if (first === undefined) return SHOWS_TEXT.test(packed.toString('latin1')) ? UNCHECKED : packed.length;
  if (isFlate(first) && second === undefined) return unpackedSize(packed);
  if (/^(?:ASCII85Decode|A85)$/.test(first) && isFlate(second) && more.length === 0) return unpackedSize(fromAscii85(packed));
  // A picture’s filter, in a form that leaves out that it is one; other filters unpack text without a check sum.
  return filters.every((filter) => /^(?:DCT|JPX|JBIG2|CCITTFax)/.test(filter)) ? packed.length : UNCHECKED;
}

const isFlate = (filter: string | undefined): boolean => filter === 'FlateDecode' || filter === 'Fl';

function unpackedSize(packed: Buffer): number | string {
  try {
    return inflateSync(packed, { maxOutputLength: MAX_STREAM }).length;
  } catch (error) {
    return error instanceof RangeError ? MAX_STREAM + 1 : DAMAGED;
  }
}

/** https://www.adobe.com/content/dam/acom/en/devnet/pdf/pdfs/PDF32000_2008.pdf, 7.4.3 */
function fromAscii85(packed: Buffer): Buffer {
  const bytes: number[] = [];
  let group: number[] = [];
  const flush = (count: number) => {
    const value = [...group, 84, 84, 84, 84, 84].slice(0, 5).reduce((sum, digit) => sum * 85 + digit, 0);
    for (let at = 0; at < count; at += 1) bytes.push(Math.floor(value / 256 ** (3 - at)) % 256);
    group = [];
  };
  for (const byte of packed) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) bytes.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) {
      group.push(byte - 0x21);
      if (group.length === 5) flush(4);
    }
  }
  if (group.length > 1) flush(group.length - 1);
  return Buffer.from(bytes);
}
