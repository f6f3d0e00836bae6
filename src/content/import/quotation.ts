/** How deep inside double quotation marks a text is, mark by mark; singles are left out, because ’ is an apostrophe too. */
export type Opener = '“' | '«' | '"';

export const CLOSERS: Readonly<Record<Opener, string>> = { '“': '”', '«': '»', '"': '"' };

/** The mark that opens a text, leaving white space out. */
export function openerOf(text: string): Opener | undefined {
  const first = text.trimStart().charAt(0);
  return first === '“' || first === '«' || first === '"' ? first : undefined;
}

export interface Scan {
  /** Depth at the end; 0: closed. */
  depth: number;
  /** Offset just after the mark that first brought the depth to 0; undefined: never. */
  closedAt: number | undefined;
}

/** Follows the marks of one kind from `depth` on. A straight mark opens before a word and closes after one. */
export function scanQuotation(text: string, opener: Opener, from = 0): Scan {
  const closer = CLOSERS[opener];
  let depth = from;
  let closedAt: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter !== opener && letter !== closer) continue;
    const opens = opener === '"' ? opensStraight(text, at, depth) : letter === opener;
    depth = opens ? depth + 1 : Math.max(0, depth - 1);
    if (depth === 0 && closedAt === undefined && !opens) closedAt = at + 1;
  }
  return { depth, closedAt };
}

function opensStraight(text: string, at: number, depth: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  const afterSpace = before === '' || /[\s([—–‘'"]/.test(before);
  const beforeWord = after !== '' && /[\p{L}\p{N}‘'’¿¡$[(…]/u.test(after);
  return afterSpace && (beforeWord || depth === 0);
}

/** Whether a paragraph goes on with a quotation that is open: “ again, or » in Spanish. */
export function resumes(text: string, opener: Opener): boolean {
  const first = text.trimStart().charAt(0);
  return first === opener || (opener === '«' && first === '»');
}
