import { absentIn } from './absent.ts';
import { isQuestionLabel } from './candidates.ts';
import { resemblesLine } from './descriptor.ts';
import { readName } from './person-name.ts';
import { ANSWER_LABEL, ANSWER_LETTER, CAPTION, CORRECTION, EDITORS_NOTE } from './phrases.ts';
import { addWords } from './responses.ts';
import { closeResponse, goAdrift, leaveUnassigned, place, type Scene } from './scene.ts';

/**
 * A block while the quotation of a response is open. Labels are text there; but a line that clearly names somebody, a heading or
 * a signature means that the closing mark is missing: then nothing more is anybody’s until a clear respondent line.
 * False: the block is to be read as if no response were open.
 */
export function goOnInside(scene: Scene, index: number): boolean {
  const { blocks, candidates, open, text } = scene;
  const block = blocks[index];
  if (block === undefined || open === undefined) return false;
  const words = text.slice(block.start, block.end);
  if (block.kind === 'heading' || block.kind === 'rule' || block.kind === 'table') {
    closeResponse(scene, 'a heading inside a quotation that never closes');
    goAdrift(scene, 'follows a quotation that never closes');
    return false;
  }
  const line = candidates.lines[index];
  const standalone = candidates.standalones[index];
  const names =
    (line && !line.isWeak && line.persons.length > 0) ||
    candidates.signatures[index] ||
    standalone?.hasTitle ||
    candidates.bios[index];
  if (
    names ||
    isLabelledName(words) ||
    isNamedQuotation(words) ||
    resemblesLine(words.slice(0, 420)) ||
    absentIn(text, block) !== undefined
  ) {
    closeResponse(scene, 'a name inside a quotation that never closes');
    leaveUnassigned(scene, block, 'names somebody inside a quotation that has not closed');
    goAdrift(scene, 'follows a name inside a quotation that has not closed');
    return true;
  }
  if (words.length < 150 && CAPTION.test(words) && !/[.?!…]["”»]?$/.test(words)) {
    place(scene, block, 'caption', 'begins with “Photo”');
    return true;
  }
  const isLabel =
    isQuestionLabel(text, block) ||
    ANSWER_LABEL.test(words) ||
    ANSWER_LETTER.test(words) ||
    EDITORS_NOTE.test(words) ||
    CORRECTION.test(words);
  if (isLabel) open.suspectFrom ??= open.paragraphs.length;
  addWords(scene, block);
  return true;
}

/** “Answer by Jane Doe …”, whatever is wrong with the rest of the line. */
function isLabelledName(words: string): boolean {
  const label = /^(?:answer|response|reply|respuesta|resposta) (?:by|from|de|da|do) /iu.exec(words);
  return label !== null && readName(words, label[0].length) !== undefined;
}

/** “Jane Doe, director at Acme “It will …””, where the colon is lost. */
function isNamedQuotation(words: string): boolean {
  const name = readName(words, 0);
  return name !== undefined && /^,[^“”"«»]{3,260}[“«"]/.test(words.slice(name.end));
}
