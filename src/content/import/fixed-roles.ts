import type { Role, SourceBlock } from './model.ts';
import * as phrases from './phrases.ts';

export interface FixedRole {
  role: Role;
  rule: string;
  /** Whether a response ends here. */
  ends: boolean;
}

/** What the markup or the block’s place on the page says whatever stands around it. */
export function structuralRole(block: SourceBlock, words: string, isPullQuote: boolean): FixedRole | undefined {
  if (block.furniture) return { role: 'furniture', rule: block.furniture.why, ends: !block.furniture.page };
  if (block.kind === 'caption') return { role: 'caption', rule: 'caption markup', ends: false };
  if (words.length < 60 && phrases.CONTINUED_ON.test(words))
    return { role: 'furniture', rule: 'continued on another page', ends: false };
  if (isPullQuote) return { role: 'pull-quote', rule: 'repeats eight or more words of a longer block', ends: false };
  return undefined;
}

/** What the first words say of a block outside a quotation. */
export function textualRole(block: SourceBlock, words: string): FixedRole | undefined {
  if (block.kind === 'quote') return undefined;
  const opening = words.slice(0, 400);
  if (phrases.EDITORS_NOTE.test(opening)) return { role: 'editors-note', rule: 'begins with “Editor’s note”', ends: true };
  if (phrases.CORRECTION.test(opening) && /^.{0,60}[:.(]/.test(opening))
    return { role: 'correction', rule: 'begins with “Correction”', ends: true };
  if (phrases.INTEREST.test(opening)) return { role: 'interest', rule: 'begins with “Disclosure”', ends: true };
  if (words.length < 300 && phrases.CAPTION.test(opening)) return { role: 'caption', rule: 'begins with “Photo”', ends: false };
  if (words.length < 400 && phrases.FURNITURE.test(words))
    return { role: 'furniture', rule: 'words of page furniture', ends: true };
  if (words.length < 20 && phrases.PAGE_FURNITURE.test(words)) return { role: 'furniture', rule: 'page number', ends: false };
  if (words.length < 120 && phrases.BYLINE.test(opening)) return { role: 'byline', rule: 'begins with “By”', ends: true };
  return undefined;
}
