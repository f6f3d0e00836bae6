import { SAID } from './phrases.ts';

/** Verbs that make a line a sentence about somebody instead of a line that names a respondent. */
const VERBS = new Set(
  `is was were are has had have will would can could put told wrote said says argued argues asked warned warns noted notes called calls added
  claimed insisted explained observed remarked suggested recalls recalled once recently famously who which that when because
  es era fue fueron está estaba ha había han dijo dice escribió advirtió señaló explicó afirmó preguntó cuando porque quien que
  é foi era eram está estava tem tinha disse diz escreveu advertiu afirmou explicou perguntou quando porque quem que`.split(
    /\s+/,
  ),
);
const MAX_CHARS = 280;

/** Whether the words after a name read like titles and affiliations: no verb, no sentence, no quotation. */
export function isDescriptor(text: string): boolean {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.length > MAX_CHARS || /[“”"«»!?|]|https?:|@\w/.test(words)) return false;
  if (/\p{L}{5,}\.\s+\p{Lu}/u.test(words)) return false;
  const spoken = words.toLowerCase().match(/[\p{L}’']+/gu) ?? [];
  return spoken.length > 0 && spoken.length <= 45 && !spoken.some((word) => VERBS.has(word));
}

/** A descriptor without the “said” that may end it. */
export function withoutSaid(text: string): { text: string; said: boolean } {
  const found = SAID.exec(text);
  return found ? { text: text.slice(0, found.index), said: true } : { text, said: false };
}

const POST = / (?:at|of the|with|en|da|de la|del|do) (?:the |la |el )?\p{Lu}/u;

/** Whether a block begins as a respondent line does, whatever is wrong with the name: “M4ria Exemp1o, director at Acme: …”. */
export function resemblesLine(words: string): boolean {
  const found = /^([^\s,:“”"«»]+(?: [^\s,:“”"«»]+){1,5})(?:, ([^:“”"«»]{3,260})| \(([^:()“”"«»]{2,120})\)):(?=\s|$)/u.exec(words);
  if (found === null) return false;
  const called = (found[1] ?? '').split(' ');
  const odd = called.filter((word) => !/^\p{Ll}+$/u.test(word)).length;
  return (
    odd >= 2 &&
    odd >= called.length / 2 &&
    (found[3] !== undefined || (isDescriptor(found[2] ?? '') && POST.test(found[2] ?? '')))
  );
}

/** Offset of the colon that ends a respondent line: outside brackets, before any quotation mark, not inside 10:30. */
export function colonAfter(text: string, from: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = from; at < limit; at += 1) {
    const letter = text.charAt(at);
    if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (/["“”«»]/.test(letter)) return undefined;
    else if (letter === ':' && depth === 0 && (at + 1 >= limit || /[\s“"«—‘*_]/.test(text.charAt(at + 1)))) return at;
  }
  return undefined;
}
