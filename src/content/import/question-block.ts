import { sentences } from '../../search/sentences.ts';
import { isQuestionLabel } from './candidates.ts';
import type { DraftQuestion, Span } from './model.ts';
import { LONE_QUESTION_LABEL, NUMBERED_QUESTION, PROMPT, QUESTION_LABEL, QUESTION_LETTER, STATEMENT_LABEL } from './phrases.ts';
import type { Scene } from './scene.ts';

/** Where a question stands: the last block it takes, and its words without label. */
export interface QuestionAt {
  first: number;
  last: number;
  spans: Span[];
  kind: DraftQuestion['kind'];
  rule: string;
}

const ENDS_ASKING = /\?["”»)]{0,2}$/;

/** A question that a label, a number or its first words mark at block `index`. */
export function markedQuestion(scene: Scene, index: number): QuestionAt | undefined {
  const block = scene.blocks[index];
  if (block === undefined || block.kind === 'quote' || block.kind === 'table' || block.furniture) return undefined;
  const words = scene.text.slice(block.start, block.end);
  const at = (kind: DraftQuestion['kind'], label: number, rule: string): QuestionAt => ({
    first: index,
    last: index,
    kind,
    rule,
    spans: [{ start: block.start + label, end: block.end }],
  });
  if (LONE_QUESTION_LABEL.test(words)) return loneLabel(scene, index);
  if (isQuestionLabel(scene.text, block)) {
    const label = QUESTION_LABEL.exec(words) ?? QUESTION_LETTER.exec(words);
    return goOn(scene, at('question', label?.[0].length ?? 0, 'question label'));
  }
  const statement = STATEMENT_LABEL.exec(words);
  if (statement && words.length > statement[0].length) return at('statement', statement[0].length, 'statement label');
  const numbered = NUMBERED_QUESTION.exec(words);
  if (numbered) return at('question', numbered[0].length, 'numbered question');
  return undefined;
}

/** “Question” alone: its words follow, or stand before where a respondent line follows. */
function loneLabel(scene: Scene, index: number): QuestionAt | undefined {
  const isAnswer = scene.candidates.lines[index + 1] !== undefined || scene.candidates.standalones[index + 1] !== undefined;
  const other = isAnswer || scene.blocks[index + 1] === undefined ? index - 1 : index + 1;
  const block = scene.blocks[other];
  if (block === undefined || block.furniture || block.kind === 'table') return undefined;
  if (other < index && !ENDS_ASKING.test(scene.text.slice(block.start, block.end))) return undefined;
  const found: QuestionAt = {
    first: Math.min(index, other),
    last: Math.max(index, other),
    kind: 'question',
    rule: 'question label in a block of its own',
    spans: [{ start: block.start, end: block.end }],
  };
  return other > index ? goOn(scene, found) : found;
}

/** Context may have a paragraph to itself: the question goes on to the block that asks. */
function goOn(scene: Scene, found: QuestionAt): QuestionAt {
  const asks = () => ENDS_ASKING.test(scene.text.slice(found.spans[0]?.start ?? 0, found.spans.at(-1)?.end ?? 0));
  for (let next = found.last + 1; next <= found.last + 2 && !asks(); next += 1) {
    const block = scene.blocks[next];
    if (block?.kind !== 'paragraph' || block.furniture || scene.candidates.lines[next] || scene.candidates.standalones[next])
      break;
    const words = scene.text.slice(block.start, block.end);
    if (!ENDS_ASKING.test(words)) continue;
    const between = scene.blocks.slice(found.last + 1, next + 1);
    return { ...found, last: next, spans: [...found.spans, ...between.map(({ start, end }) => ({ start, end }))] };
  }
  return found;
}

/** Without a label: the last block before the first respondent that asks something; else a heading that names what is reacted to. */
export function unmarkedQuestion(scene: Scene, before: number): QuestionAt | undefined {
  const found = (index: number, kind: DraftQuestion['kind'], rule: string): QuestionAt => {
    const block = scene.blocks[index];
    return { first: index, last: index, kind, rule, spans: block ? [{ start: block.start, end: block.end }] : [] };
  };
  const isFree = (index: number) => {
    const block = scene.blocks[index];
    return block && !block.furniture && (block.kind === 'heading' || block.kind === 'paragraph');
  };
  const words = (index: number) => scene.text.slice(scene.blocks[index]?.start, scene.blocks[index]?.end);
  for (let index = Math.min(before, scene.blocks.length) - 1; index >= 0; index -= 1) {
    if (isFree(index) && ENDS_ASKING.test(words(index)))
      return found(
        index,
        'question',
        `${scene.blocks[index]?.kind === 'heading' ? 'heading' : 'paragraph'} that asks, before the first response`,
      );
  }
  for (let index = 0; index < before; index += 1) {
    if (isFree(index) && PROMPT.test(words(index)) && words(index).length < 300)
      return found(index, 'prompt', 'begins with “Reaction to”');
  }
  const title = scene.blocks.findIndex((block, index) => index < before && block.kind === 'heading' && !block.furniture);
  return title < 0 ? undefined : found(title, 'question', 'title only');
}

/** The sentences of a question that ask, verbatim. “…, and could …?” stays one. */
export function questionParts(text: string, language: string): string[] {
  return sentences(text, language)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => ENDS_ASKING.test(sentence));
}
