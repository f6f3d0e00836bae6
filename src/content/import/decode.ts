import chardet from 'chardet';
import { CP1252, repairMojibake } from './mojibake.ts';

export type Decoded =
  | { outcome: 'text'; text: string; repairs: string[]; doubts: string[] }
  | { outcome: 'refused'; reason: string };

const SAMPLE = 64 * 1024;
const WESTERN = /^(?:iso-8859-(?:1|2|9|15)|windows-125[0-8]|ascii)$/i;
/** Letters and marks of English, Spanish, Portuguese, French and German in Windows-1252, beyond ASCII. */
const EXPECTED = /^[\u00a0¡¿«»ªº°§©®·´’‘“”„…–—•€£™†áéíóúàèìòùâêîôûãõñäëïöüçÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÃÕÑÄËÏÖÜÇßœŒæÆøåØÅ¼½¾²³¹×±]*$/u;

/** The text of a file with what had to be changed to read it; UTF-8 first, because it is rarely valid by accident. */
export function decode(bytes: Uint8Array): Decoded {
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return finish(marked, [], []);
  if (isBinary(bytes)) return { outcome: 'refused', reason: 'The file is not text: it holds binary data.' };
  const declared = declaredCharset(bytes);
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) {
    const wrong = declared !== undefined && !/^utf-?8$/i.test(declared) && /[^\0-\x7f]/.test(utf8);
    return finish(utf8, wrong ? [`Read as UTF-8, although the page declares ${declared}.`] : [], []);
  }
  return decodeLegacy(bytes, declared);
}

function decodeMarked(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return tryDecode(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return tryDecode(bytes, 'utf-16be');
  return undefined;
}

function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  const controls = sample.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) ? 1 : 0), 0);
  return sample.includes(0) || controls > sample.length / 50;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return (
    /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})/i.exec(head)?.[1] ??
    /^<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})/i.exec(head)?.[1]
  );
}

function decodeLegacy(bytes: Uint8Array, declared: string | undefined): Decoded {
  const guess = chardet.detect(bytes.subarray(0, SAMPLE)) ?? 'windows-1252';
  // Node 20 reads windows-1252 as Latin-1: https://github.com/nodejs/node/issues/56542
  const western = fromControls(tryDecode(bytes, 'windows-1252') ?? '');
  const strange = [...new Set(western.replace(/[\0-\x7f]/g, ''))].join('');
  const although = declared === undefined ? '' : `, although the page declares ${declared}`;
  if (WESTERN.test(guess) || EXPECTED.test(strange)) {
    const repair = `Read as Windows-1252${/^(?:windows-1252|cp1252)$/i.test(declared ?? '') ? '' : although}.`;
    const doubts = EXPECTED.test(strange) ? [] : ['The encoding is not certain: some letters may be wrong.'];
    return finish(western, [repair], doubts);
  }
  const text = tryDecode(bytes, guess);
  if (text === undefined) return { outcome: 'refused', reason: 'The encoding of the file cannot be told.' };
  return finish(text, [`Read as ${guess}${although}.`], ['The encoding is not certain: some letters may be wrong.']);
}

function finish(raw: string, repairs: string[], doubts: string[]): Decoded {
  let text = raw.replace(/^\ufeff/, '');
  if (/[\x80-\x9f]/.test(text)) {
    text = fromControls(text);
    repairs.push('Control characters 0x80–0x9F were read as the Windows-1252 punctuation that they stand for.');
  }
  const mojibake = repairMojibake(text);
  if (mojibake.outcome === 'repaired')
    repairs.push('UTF-8 that had been read as Windows-1252 (such as “â€™”) was read again as UTF-8.');
  if (mojibake.outcome === 'unsafe')
    doubts.push('Some letters look like UTF-8 read as Windows-1252 and could not be repaired safely.');
  if (mojibake.text.includes('\ufffd')) doubts.push('The source holds “�” where characters have been lost.');
  return { outcome: 'text', text: mojibake.text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), repairs, doubts };
}

const fromControls = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (control) => CP1252.get(control.charCodeAt(0)) ?? control);

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: encoding === 'utf-8' }).decode(bytes);
  } catch {
    return undefined;
  }
}
