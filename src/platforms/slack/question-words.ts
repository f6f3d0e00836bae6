/** Words that ask, and say nothing of what is asked about; in the languages that the archive is asked in most. */
const ASKING = new Set(
  `a about all am an and any anybody anyone are as at be been but by can could did do does for from had has have hello hey hi how i if in
  into is it its know like me mention mentioned mentions my of on or our please said saw say saying says see should show so some tell than
  thank thanks that the their them then there these they think thinks this those thought to us was we were what whats when where which who
  whom whose why will with would you your
  answer answers archive brief comment comments expert experts find file opinion opinions quote quotes respondent respondents response
  responses view views
  que qué quien quién quienes quiénes cual cuál cómo como cuando cuándo donde dónde dice dicen dijo dijeron sobre de del la el los las un una y o en por para
  qual quais quem onde disse disseram o os as um uma e do da dos das no na nos nas
  le les des du une et ou dans sur que quoi qui comment quand où dit disent ont
  was wer wie wo wann sagt sagten über der die das ein eine und oder zu`.split(/\s+/),
);

/** The words of a question that say what it is about, phrases between quotation marks whole; empty where there are none. */
export function wordsOf(question: string): string {
  const pieces = question.match(/-?["“„«][^"“”„«»]*["”“»]|\S+/gu) ?? [];
  return pieces.flatMap(kept).join(' ');
}

function kept(piece: string): string[] {
  if (/^-?["“„«]/.test(piece)) return [piece.replace(/[“”„«»]/g, '"').replace(/"[^"]*$/, '"')];
  const word = piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').replace(/['’]s$/iu, '');
  // An option such as by:walser stays as it is.
  if (/^\p{L}+:\S/u.test(piece)) return [piece];
  return word === '' || ASKING.has(word.toLowerCase()) ? [] : [word];
}
