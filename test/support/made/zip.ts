import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  words: string | Buffer;
  /** What its headers say instead of the truth. */
  lies?: { unpacked?: number; crc?: number; flags?: number };
}

/** A zip file, its parts packed. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const pieces: Buffer[] = [];
  const listing: Buffer[] = [];
  let at = 0;
  for (const { name, words, lies = {} } of parts) {
    const called = Buffer.from(name);
    const raw = Buffer.from(words);
    const packed = deflateRawSync(raw);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(lies.flags ?? 0, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(lies.crc ?? crc32(raw), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(lies.unpacked ?? raw.length, 18);
    head.writeUInt16LE(called.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    listing.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, called);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), head, called, packed];
    pieces.push(...local);
    at += local.reduce((sum, piece) => sum + piece.length, 0);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(
    listing.reduce((sum, piece) => sum + piece.length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, ...listing, end]);
}
