const UPPER = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The characters that Windows-1252 puts where Latin-1 has controls: byte to character. */
export const CP1252: ReadonlyMap<number, string> = new Map([...UPPER].map((letter, index) => [0x80 + index, letter]));
const BYTE_OF: ReadonlyMap<string, number> = new Map([...CP1252].map(([byte, letter]) => [letter, byte]));

const TELLTALE = /[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â(?:€|\x80)|ï»¿/;

export type Mojibake = { outcome: 'clean' | 'repaired' | 'unsafe'; text: string };

/**
 * UTF-8 that somebody read as Windows-1252, read again as UTF-8: only where every character beyond ASCII is part of such a sequence,
 * because “IRMÔ at the end of a quotation looks like one too.
 */
export function repairMojibake(text: string): Mojibake {
  if (!TELLTALE.test(text)) return { outcome: 'clean', text };
  const bytes = toBytes(text);
  if (bytes === undefined) return { outcome: sureSign(text) ? 'unsafe' : 'clean', text };
  try {
    const again = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { outcome: 'repaired', text: again };
  } catch {
    return { outcome: sureSign(text) ? 'unsafe' : 'clean', text };
  }
}

/** Sequences that no language writes, unlike a capital à before a closing quotation mark. */
const sureSign = (text: string): boolean => /Ã[©¡³ºª±§¢£µ\u00ad]|â€[œ™\x9d”“¦]|Â[«»¿¡]/.test(text);

function toBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const byte = code < 0x100 ? code : BYTE_OF.get(text.charAt(at));
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}
