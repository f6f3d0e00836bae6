export const FONTS = [
  { name: 'Made-Regular', bold: false, italic: false },
  { name: 'Made-Bold', bold: true, italic: false },
  { name: 'Made-Italic', bold: false, italic: true },
  { name: 'Made-BoldItalic', bold: true, italic: true },
] as const;

const CP1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const LIGATURES = ['ﬁ', 'ﬂ', 'ﬃ'];

/** The byte of a letter in the fonts’ encoding; what they lack is a question mark. */
export function byteOf(letter: string): number {
  const code = letter.codePointAt(0)!;
  if (LIGATURES.includes(letter)) return LIGATURES.indexOf(letter) + 1;
  if (code < 0x80 || (code >= 0xa0 && code < 0x100)) return code < 32 ? 32 : code;
  const special = CP1252.indexOf(letter);
  return special < 0 ? 63 : 0x80 + special;
}

/** Widths by byte, in thousandths of the size. */
export const WIDTHS: readonly number[] = Array.from({ length: 256 }, (_byte, code) => {
  const letter = String.fromCharCode(code);
  if (/[iljtfI.,:;'|!()[\]]/.test(letter) || code === 0x91 || code === 0x92) return 280;
  if (/[mwMW@%—]/.test(letter) || code === 0x97 || code === 0x85) return 850;
  if (/[A-Z]/.test(letter) || (code >= 0xc0 && code <= 0xdd)) return 670;
  return letter === ' ' || code === 0xa0 ? 280 : letter === 'r' ? 340 : 540;
});

export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, letter) => sum + (WIDTHS[byteOf(letter)] ?? 540), 0) * (size / 1000);
