import { eld } from 'eld/small';

const MIN_CHARS = 40;
const MAX_CHARS = 4000;
const SUPPORTED = new Set(['en', 'es', 'pt']);

/** The language of a text (BCP 47) as far as its letters tell, and whether that is sure; undefined for text too short. */
export function detectLanguage(text: string): { language: string; isSure: boolean } | undefined {
  if (text.length < MIN_CHARS) return undefined;
  const result = eld.detect(text.slice(0, MAX_CHARS));
  if (result.language === '') return undefined;
  return { language: result.language, isSure: SUPPORTED.has(result.language) && (result.isReliable() || text.length > 200) };
}
