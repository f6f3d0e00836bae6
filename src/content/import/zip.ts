import { crc32, inflateRawSync } from 'node:zlib';

interface Part {
  name: string;
  method: number;
  isEncrypted: boolean;
  crc: number;
  packed: number;
  unpacked: number;
  /** Offset of its local header. */
  at: number;
}

export interface ZipLimits {
  parts: number;
  /** Bytes that one part, and all wanted parts together, may unpack to. */
  part: number;
  total: number;
  /** How many times larger a part may be unpacked than packed. */
  ratio: number;
}

export type Unzipped = { outcome: 'read'; parts: Map<string, Buffer> } | { outcome: 'refused'; reason: string };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** End record and the longest comment that may follow it. */
const END_WITHIN = 22 + 65_535;
const MAX_PARTS = 10_000;
/** Small parts may be as even as they like. */
const RATIO_FROM = 1_000_000;

/** Names of the parts that the directory of a zip file lists; undefined where there is no sound directory. */
export function partNames(bytes: Uint8Array): string[] | undefined {
  return directory(view(bytes))?.map(({ name }) => name);
}

/**
 * The wanted parts of a zip file, none of them unpacked beyond the limits: the declared sizes are checked first, then the real ones
 * while unpacking, then the check sums. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function unzip(bytes: Uint8Array, isWanted: (name: string) => boolean, limits: ZipLimits): Unzipped {
  const buffer = view(bytes);
  const parts = directory(buffer);
  if (parts === undefined) return refused('The file is damaged or cut off: its list of parts cannot be read.');
  if (parts.length > limits.parts) return refused(`The file holds more than ${limits.parts.toLocaleString('en')} parts.`);
  const wanted = parts.filter(({ name }) => isWanted(name));
  if (new Set(wanted.map(({ name }) => name)).size < wanted.length) return refused('The file holds two parts of the same name.');
  if (wanted.some(({ isEncrypted }) => isEncrypted)) return refused('The file is protected by a password: save it without one.');
  const tooLarge = `The file unpacks to more than ${Math.floor(limits.total / 1e6)} MB.`;
  const isTooLarge = wanted.some(({ packed, unpacked }) => unpacked > limits.part || isBomb(packed, unpacked, limits));
  if (isTooLarge || wanted.reduce((sum, { unpacked }) => sum + unpacked, 0) > limits.total) return refused(tooLarge);
  const read = new Map<string, Buffer>();
  for (const part of wanted) {
    const words = unpack(buffer, part);
    if (words === undefined) return refused('The file is damaged: one of its parts cannot be unpacked.');
    read.set(part.name, words);
  }
  return { outcome: 'read', parts: read };
}

/** A zip file of the parts as they are, without packing. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const pieces: Buffer[] = [];
  const listing: Buffer[] = [];
  let at = 0;
  for (const [name, words] of parts) {
    const called = Buffer.from(name);
    const sizes = [crc32(words), words.length, words.length];
    const local = record([LOCAL, 4], [20, 2], [0x800, 2], [0, 2], [0, 4], ...sizes.map(four), [called.length, 2], [0, 2]);
    listing.push(
      record(
        [CENTRAL, 4],
        [20, 2],
        [20, 2],
        [0x800, 2],
        [0, 2],
        [0, 4],
        ...sizes.map(four),
        [called.length, 2],
        [0, 8],
        [0, 4],
        four(at),
      ),
      called,
    );
    pieces.push(local, called, words);
    at += local.length + called.length + words.length;
  }
  const central = Buffer.concat(listing);
  const end = record([END, 4], [0, 4], [parts.size, 2], [parts.size, 2], four(central.length), four(at), [0, 2]);
  return Buffer.concat([...pieces, central, end]);
}

const refused = (reason: string): Unzipped => ({ outcome: 'refused', reason });
const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const isBomb = (packed: number, unpacked: number, { ratio }: ZipLimits): boolean =>
  unpacked > RATIO_FROM && unpacked > packed * ratio;

/** The directory at the end of the file; undefined where it is not whole. Zip64, which only huge files need, counts as damaged. */
function directory(buffer: Buffer): Part[] | undefined {
  const end = buffer.lastIndexOf('PK\x05\x06', buffer.length, 'latin1');
  if (end < 0 || end < buffer.length - END_WITHIN || end + 22 > buffer.length) return undefined;
  const count = buffer.readUInt16LE(end + 10);
  let at = buffer.readUInt32LE(end + 16);
  const parts: Part[] = [];
  for (let n = 0; n < Math.min(count, MAX_PARTS); n += 1) {
    if (at + 46 > end || buffer.readUInt32LE(at) !== CENTRAL) return undefined;
    const nameLength = buffer.readUInt16LE(at + 28);
    if (at + 46 + nameLength > end) return undefined;
    parts.push({
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      isEncrypted: (buffer.readUInt16LE(at + 8) & 1) === 1,
      method: buffer.readUInt16LE(at + 10),
      crc: buffer.readUInt32LE(at + 16),
      packed: buffer.readUInt32LE(at + 20),
      unpacked: buffer.readUInt32LE(at + 24),
      at: buffer.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return parts;
}

function unpack(buffer: Buffer, { method, packed, unpacked, crc, at }: Part): Buffer | undefined {
  if (at + 30 > buffer.length || buffer.readUInt32LE(at) !== LOCAL) return undefined;
  const start = at + 30 + buffer.readUInt16LE(at + 26) + buffer.readUInt16LE(at + 28);
  if (start + packed > buffer.length || (method !== 0 && method !== 8)) return undefined;
  const held = buffer.subarray(start, start + packed);
  try {
    const words = method === 0 ? held : unpacked === 0 ? Buffer.alloc(0) : inflateRawSync(held, { maxOutputLength: unpacked });
    return words.length === unpacked && crc32(words) === crc ? words : undefined;
  } catch {
    return undefined;
  }
}

const four = (value: number): [number, number] => [value, 4];

/** Numbers as little-endian fields of so many bytes. */
function record(...fields: readonly [value: number, bytes: number][]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of fields) {
    if (value !== 0) buffer.writeUIntLE(value, at, Math.min(bytes, 6));
    at += bytes;
  }
  return buffer;
}
