import type { SourceDocument, Span } from './model.ts';

export const REPAIRS = {
  wraps: 'Line breaks inside a paragraph were joined with a space.',
  hyphens: 'Hyphens at the end of a line were removed and the word joined.',
  keptHyphens: 'Hyphens at the end of a line were kept, because the words are hyphenated elsewhere or go on with a capital.',
  spaces: 'Runs of spaces and non-breaking spaces became one space.',
  invisible: 'Soft hyphens and zero-width characters were removed.',
  ligatures: 'Typographic ligatures (such as ﬁ) were spelt out.',
  splitLigatures: 'Words split after a ligature (such as “offi cials”) were joined.',
} as const;

const LIGATURES: Readonly<Record<string, string>> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };
/** They mostly keep their hyphen. */
const PREFIXES =
  /^(?:self|non|well|co|pro|anti|half|long|short|high|low|year|south|north|east|west|near|post|pre|ex|vice|multi|socio|medium|cross|mid|so|twenty|thirty|forty|fifty|two|three|four|five|six|seven|eight|nine|ten|ibero|afro|franco|latino|centro|norte|sul|sur)$/iu;

export interface Repairer {
  /** The words of a stretch as they will be stored. */
  read(span: Span): string;
  /** The same for words put together from several stretches. */
  mend(raw: string, at: Span): string;
  repairs: Set<string>;
  doubts: { message: string; at: Span }[];
}

/** Reads stretches of a document, undoing what layout did to them; each kind of repair is listed once. */
export function repairer(document: SourceDocument): Repairer {
  const repairs = new Set<string>();
  const doubts: Repairer['doubts'] = [];
  let vocabulary: Vocabulary | undefined;
  const known = () => {
    vocabulary ??= vocabularyOf(document.text);
    return vocabulary;
  };
  const list = (repair: string, changed: string, before: string): string => {
    if (changed !== before) repairs.add(repair);
    return changed;
  };
  const mend = (raw: string, span: Span): string => {
    let text = raw.trim();
    if (/[\u00ad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06]/.test(text)) {
      text = list(
        REPAIRS.invisible,
        text.replace(/\u00ad[ \t]*\n[ \t]*/g, '').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, ''),
        text,
      );
      text = list(
        REPAIRS.ligatures,
        text.replace(/[\ufb00-\ufb06]/g, (letter) => LIGATURES[letter] ?? letter),
        text,
      );
    }
    if (/[\n\f]/.test(text)) text = unwrap(text, { repairs, doubts, known, span });
    if (/ff[il]? \p{Ll}|f[il] \p{Ll}/u.test(text)) text = joinSplitLigatures(text, { repairs, doubts, known, span });
    return list(REPAIRS.spaces, text.replace(/[ \t\u00a0\u2000-\u200a\u202f]+/g, ' '), text);
  };
  return { read: (span) => mend(document.text.slice(span.start, span.end), span), mend, repairs, doubts };
}

export interface Vocabulary {
  words: ReadonlySet<string>;
  hyphenated: ReadonlySet<string>;
  halves: ReadonlySet<string>;
}

/** The words of a text, for telling what a hyphen at the end of a line is. */
export function vocabularyOf(text: string): Vocabulary {
  const lower = text.toLowerCase().replace(/\u00ad/g, '');
  const compounds = lower.match(/[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)+/gu) ?? [];
  return {
    words: new Set(lower.match(/[\p{L}\p{N}]+(?![\p{L}\p{N}]|[-‐‑]\s*\n)/gu) ?? []),
    hyphenated: new Set(compounds),
    halves: new Set(compounds.flatMap((word) => word.split(/[-‐‑]/))),
  };
}

interface Context {
  repairs: Set<string>;
  doubts: Repairer['doubts'];
  known: () => Vocabulary;
  span: Span;
}

function unwrap(text: string, { repairs, doubts, known, span }: Context): string {
  const joined = text.replace(
    /([\p{L}\p{N}]+)([-‐‑])[ \t]*[\n\f]+[ \t]*([\p{L}\p{N}]+)/gu,
    (_whole, left: string, hyphen: string, right: string) => {
      const verdict = hyphenVerdict(left, right, known());
      repairs.add(verdict === 'join' ? REPAIRS.hyphens : REPAIRS.keptHyphens);
      if (verdict === 'flag')
        doubts.push({
          message: `“${left}${hyphen}${right}” was parted at the end of a line: the hyphen may be part of the word.`,
          at: span,
        });
      return verdict === 'join' ? left + right : left + hyphen + right;
    },
  );
  const spaced = joined.replace(/(?<=\S[—/])[ \t]*[\n\f]+[ \t]*(?=\S)/g, '').replace(/[ \t]*[\n\f]+[ \t]*/g, ' ');
  if (spaced !== joined) repairs.add(REPAIRS.wraps);
  return spaced;
}

/** Whether the hyphen between two halves of a word came from the line end. */
export function hyphenVerdict(left: string, right: string, { words, hyphenated, halves }: Vocabulary): 'join' | 'keep' | 'flag' {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (hyphenated.has(`${a}-${b}`) || !/^\p{Ll}/u.test(right)) return 'keep';
  if (words.has(a + b)) return 'join';
  if (halves.has(a) && halves.has(b)) return 'keep';
  if (PREFIXES.test(a) || (words.has(a) && words.has(b))) return 'flag';
  return 'join';
}

/** PDF files split words after a ligature; joined only where the whole word stands elsewhere in the document. */
function joinSplitLigatures(text: string, { repairs, doubts, known, span }: Context): string {
  return text.replace(/(?<!\p{L})(\p{L}*(?:ffi|ffl|ff|fi|fl)) (\p{Ll}+)/gu, (whole, left: string, right: string) => {
    const { words } = known();
    if (words.has((left + right).toLowerCase())) {
      repairs.add(REPAIRS.splitLigatures);
      return left + right;
    }
    if (/(?:ffi|ffl|fl|[^w]fi)$/i.test(left) && !/^(?:hi-?fi|sci-?fi|wi-?fi)$/i.test(left)) {
      doubts.push({ message: `“${whole}” may be one word that was split after a ligature.`, at: span });
    }
    return whole;
  });
}
