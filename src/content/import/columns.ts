import { readName } from './person-name.ts';

const MIN_INTRUSIONS = 3;
const TITLE =
  /(?:Director|President|CEO|Partner|Chair|Chairman|Managing|Professor|Senior|Fellow|Former|Vice|Principal|Ambassador|Counsel|Analyst|Editor|Directora?|Presidente|Profesora?|Professora?|Socio|Sócio)\b/u;

/**
 * Why a text looks like columns of a page read across instead of down; undefined where it does not. Signs: gaps of spaces inside most
 * lines, short capitalised phrases in mid-sentence, names with titles in the middle of sentences.
 */
export function interleavedColumns(text: string): string | undefined {
  const lines = text
    .slice(0, 400_000)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const gapped = lines.filter((line) => /\p{L}[.,;:”"]? {4,}\p{L}/u.test(line) && !line.includes('|')).length;
  if (lines.length >= 8 && gapped >= lines.length * 0.3)
    return 'Two columns stand side by side in its lines: the order of the words is lost.';
  if (intrudingLines(lines) >= MIN_INTRUSIONS)
    return 'Short capitalised lines stand in the middle of its sentences: columns of the page are interleaved.';
  if (intrudingNames(text.slice(0, 400_000)) >= MIN_INTRUSIONS)
    return 'Names with titles stand in the middle of its sentences: columns of the page are interleaved.';
  return undefined;
}

/** Lines such as “Board of Advisors” between “… the government has” and “decided …”. */
function intrudingLines(lines: readonly string[]): number {
  let found = 0;
  for (let index = 1; index < lines.length - 1; index += 1) {
    const [before, line, after] = [lines[index - 1]?.trim() ?? '', lines[index]?.trim() ?? '', lines[index + 1]?.trim() ?? ''];
    if (line.length > 45 || !/^(?:\p{Lu}[\p{L}.’'&-]*(?:[ ,]+|$)(?:(?:of|the|and|de|la|del|y|e|da|do|&) )*){1,7}$/u.test(line))
      continue;
    if (/\p{Ll}[,]?$/u.test(before) && before.length > 30 && /^\p{Ll}/u.test(after)) found += 1;
  }
  return found;
}

/** “… a four-day visit Jane Doe Director, Acme Council to the region”. */
function intrudingNames(text: string): number {
  let found = 0;
  for (const match of text.matchAll(/(?<=\p{Ll} )(?=\p{Lu}[\p{L}.’'-]+ \p{Lu})/gu)) {
    const name = readName(text, match.index);
    if (name === undefined) {
      const words = text.slice(match.index, match.index + 80);
      const cut = TITLE.exec(words);
      if (
        cut &&
        cut.index > 4 &&
        readName(words.slice(0, cut.index).trim(), 0) !== undefined &&
        /^[^.;:]{4,70}? \p{Ll}{2,}/u.test(words.slice(cut.index))
      )
        found += 1;
    } else if (
      TITLE.test(
        text
          .slice(name.end, name.end + 14)
          .trimStart()
          .slice(0, 12),
      )
    )
      found += 1;
    if (found >= MIN_INTRUSIONS) break;
  }
  return found;
}
