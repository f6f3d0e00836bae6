import { partNames } from './zip.ts';

/** What a file is by its own first bytes; `text` where they tell nothing, `foreign` where they tell a format that is not read. */
export type FileKind = { kind: 'pdf' | 'docx' | 'text' } | { kind: 'foreign'; reason: string };

/** Some programs write bytes of their own before a PDF begins. */
const PDF_WITHIN = 1024;
const SIGNATURES: readonly { bytes: readonly number[]; reason: string }[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    reason: 'The file is a Word document of the old kind (.doc) or one with a password: save it as .docx without a password.',
  },
  { bytes: [...Buffer.from('{\\rtf')], reason: 'The file is in Rich Text Format: save it as .docx or as plain text.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], reason: 'The file is a picture: only text can be imported.' },
  { bytes: [0xff, 0xd8, 0xff], reason: 'The file is a picture: only text can be imported.' },
  { bytes: [...Buffer.from('GIF8')], reason: 'The file is a picture: only text can be imported.' },
  { bytes: [...Buffer.from('%!PS')], reason: 'The file is in PostScript: save it as PDF.' },
  { bytes: [0x1f, 0x8b], reason: 'The file is packed with gzip: unpack it and import what it holds.' },
  { bytes: [...Buffer.from('Rar!')], reason: 'The file is a RAR archive: unpack it and import what it holds.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], reason: 'The file is a 7-Zip archive: unpack it and import what it holds.' },
];
const ZIPPED: readonly { part: RegExp; reason: string }[] = [
  { part: /^xl\//, reason: 'The file is a spreadsheet: save the sheet as CSV.' },
  { part: /^ppt\//, reason: 'The file is a presentation: save it as PDF, or its text as .docx.' },
  { part: /^content\.xml$/, reason: 'The file is an OpenDocument file: save it as .docx.' },
  { part: /^META-INF\/container\.xml$/, reason: 'The file is an e-book: import its text as HTML.' },
];

/** Looks at magic bytes, never at the file’s name. */
export function fileKind(bytes: Uint8Array): FileKind {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PDF_WITHIN));
  if (head.startsWith('%PDF-') || /[\r\n]%PDF-\d/.test(head)) return { kind: 'pdf' };
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipKind(bytes);
  const found = SIGNATURES.find((one) => one.bytes.every((byte, at) => bytes[at] === byte));
  return found ? { kind: 'foreign', reason: found.reason } : { kind: 'text' };
}

function zipKind(bytes: Uint8Array): FileKind {
  const names = partNames(bytes);
  if (names === undefined)
    return { kind: 'foreign', reason: 'The file is a zip archive (such as .docx) that is damaged or cut off.' };
  if (names.some((name) => /^word\/document\d*\.xml$/.test(name))) return { kind: 'docx' };
  const found = ZIPPED.find(({ part }) => names.some((name) => part.test(name)));
  return { kind: 'foreign', reason: found?.reason ?? 'The file is a zip archive: unpack it and import what it holds.' };
}
