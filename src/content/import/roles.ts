import { absentIn, listedIn } from './absent.ts';
import { commonLook, findCandidates, modeOf } from './candidates.ts';
import { isDateline } from './dates.ts';
import { structuralRole, textualRole } from './fixed-roles.ts';
import { placeFront } from './front.ts';
import { goOnInside } from './inside.ts';
import type { SourceDocument } from './model.ts';
import { assignAfter } from './names-after.ts';
import { panelsOf } from './panel.ts';
import * as phrases from './phrases.ts';
import { pullQuotes } from './pull-quotes.ts';
import { markedQuestion, type QuestionAt, unmarkedQuestion } from './question-block.ts';
import { addWords, beginResponse } from './responses.ts';
import { closeResponse, currentSection, doubt, goAdrift, leaveUnassigned, place, type Scene } from './scene.ts';

/** Gives every block its role, by the first rule that fits, and gathers questions and responses; undefined: more names than `maxNames`. */
export function assignRoles(document: SourceDocument, maxNames: number): Scene | undefined {
  const blocks = document.blocks;
  const candidates = findCandidates(document, blocks);
  const named = [...candidates.lines, ...candidates.standalones, ...candidates.signatures].filter((one) => one !== undefined);
  if (named.length > maxNames) return undefined;
  const mode = modeOf(candidates, document, blocks);
  const lines = mode === 'standalone' ? candidates.standalones : candidates.lines;
  const clear = lines.filter((one) => one !== undefined && !one.isWeak && one.availability !== 'unnamed');
  const scene: Scene = {
    document,
    text: document.text,
    blocks,
    candidates,
    mode,
    look: commonLook(
      clear.flatMap((one) => (one ? [one] : [])),
      document.text,
    ),
    pulls: pullQuotes(document, blocks),
    panels: panelsOf(document),
    placed: [],
    doubts: [...document.doubts],
    sections: [],
    listed: [],
    absent: [],
    introduction: [],
    corrections: [],
  };
  const question = firstQuestion(scene);
  const start = question === undefined ? firstAnswer(scene) : question.first;
  placeFront(scene, start);
  if (question === undefined)
    doubt(
      scene,
      { start: 0, end: Math.min(120, document.text.length) },
      'No question was found: it is never derived from the answers.',
    );
  else startSection(scene, question);
  const next = question === undefined ? start : question.last + 1;
  if (mode === 'after' || mode === 'after-bio') assignAfter(scene, next);
  else walk(scene, next);
  closeResponse(scene, 'end of the document');
  return scene;
}

function firstQuestion(scene: Scene): QuestionAt | undefined {
  const answer = firstAnswer(scene);
  for (let index = 0; index < scene.blocks.length && index <= answer; index += 1) {
    const found = markedQuestion(scene, index);
    if (found) return found;
  }
  const later = scene.blocks.findIndex((_block, index) => markedQuestion(scene, index) !== undefined);
  const isAfterNames = scene.mode === 'after' || scene.mode === 'after-bio';
  const found = isAfterNames ? firstAsking(scene) : unmarkedQuestion(scene, answer);
  if (later > answer && found === undefined) {
    doubt(scene, scene.blocks[answer] ?? { start: 0, end: 0 }, 'A response stands before the question.');
    return markedQuestion(scene, later);
  }
  return found;
}

/** Where names follow the words, the first block that asks: what comes after it may be a response that ends in a question. */
function firstAsking(scene: Scene): QuestionAt | undefined {
  const first = scene.blocks.findIndex(
    (block) =>
      !block.furniture &&
      (block.kind === 'heading' || block.kind === 'paragraph') &&
      /\?["”»)]{0,2}$/.test(scene.text.slice(block.start, block.end)),
  );
  return unmarkedQuestion(scene, first < 0 ? scene.blocks.length : first + 1);
}

function firstAnswer(scene: Scene): number {
  const held = scene.mode === 'standalone' ? scene.candidates.standalones : scene.candidates.lines;
  const clear = held.findIndex((one) => one !== undefined && !one.isWeak);
  const found = clear < 0 ? held.findIndex((one) => one !== undefined) : clear;
  return Math.min(found < 0 ? scene.blocks.length : found, ...scene.panels.keys());
}

export function startSection(scene: Scene, { spans, kind, rule, first, last }: QuestionAt): void {
  closeResponse(scene, 'the next question');
  delete scene.adrift;
  const at = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
  scene.sections.push({ question: { kind, parts: [], spans, at, rule }, responses: [], absent: [], panel: [] });
  for (let index = first; index <= last; index += 1) {
    const block = scene.blocks[index];
    if (block) place(scene, block, 'question', rule);
  }
  if (rule === 'title only') doubt(scene, at, 'The document asks no question: its title was taken.');
}

function walk(scene: Scene, from: number): void {
  for (let index = from; index < scene.blocks.length; index += 1) index += step(scene, index);
}

/** One block; returns how many more it took. */
function step(scene: Scene, index: number): number {
  const { text, blocks } = scene;
  const block = blocks[index];
  if (block === undefined) return 0;
  const words = text.slice(block.start, block.end);
  const structural = structuralRole(block, words, scene.pulls.has(index));
  const isInside = scene.open !== undefined && scene.open.depth > 0;
  if (structural) {
    place(scene, block, structural.role, structural.rule);
    if (structural.ends && !isInside) endAt(scene, structural.rule);
    return 0;
  }
  if (isInside && words.length < 100 && phrases.CONTINUED_FROM.test(words)) {
    place(scene, block, 'furniture', 'continued from another page');
    return 0;
  }
  if (isInside && goOnInside(scene, index)) return 0;
  if (block.kind === 'rule') {
    place(scene, block, 'furniture', 'a line across the page');
    endAt(scene, 'a line across the page');
    return 0;
  }
  const question = markedQuestion(scene, index);
  if (question && question.first >= index) {
    startSection(scene, question);
    return question.last - index;
  }
  const taken = beginResponse(scene, index);
  if (taken !== undefined) return taken;
  if (placeNote(scene, index, words)) return 0;
  if (block.kind === 'heading' || block.kind === 'table') otherKind(scene, index, words);
  else addWords(scene, block);
  return 0;
}

function endAt(scene: Scene, rule: string): void {
  if (scene.open === undefined) return;
  closeResponse(scene, rule);
  goAdrift(scene, `follows ${rule} without a respondent line`);
}

/** Notes, lists and absences that stand between responses. */
function placeNote(scene: Scene, index: number, words: string): boolean {
  const block = scene.blocks[index];
  if (block === undefined || block.kind === 'quote') return false;
  if (phrases.CONTINUED_FROM.test(words) && words.length < 100) {
    place(scene, block, 'furniture', 'continued from another page');
    if (scene.open === undefined) goAdrift(scene, 'continues a text whose beginning is not in the document');
    return true;
  }
  const translated = words.length < 120 ? phrases.TRANSLATED.exec(words) : null;
  if (
    translated?.index === 0 ||
    (words.length < 160 && phrases.EDITED.test(words)) ||
    (words.length < 200 && phrases.RETRACTED.test(words))
  ) {
    placeRemark(scene, index, words, translated?.[1]);
    return true;
  }
  if (scene.open === undefined && scene.adrift === undefined && isDateline(words)) {
    place(scene, block, 'date', 'a line with a date');
    return true;
  }
  const listed = words.length < 1200 ? listedIn(scene.text, block) : undefined;
  if (listed && listed.persons.length > 0 && (scene.open === undefined || listed.start <= block.start + 60)) {
    closeResponse(scene, 'a sentence that lists respondents');
    addListed(scene, index, listed);
    return true;
  }
  const textual = textualRole(block, words);
  if (textual) {
    place(scene, block, textual.role, textual.rule);
    if (textual.role === 'correction') scene.corrections.push(block);
    if (textual.ends) endAt(scene, textual.rule);
    return true;
  }
  const absent = absentIn(scene.text, block);
  if (absent) {
    closeResponse(scene, 'a sentence on who did not answer');
    currentSection(scene).absent.push(...absent);
    place(scene, block, 'absent', 'says who did not answer');
    goAdrift(scene, 'follows a sentence on who did not answer');
    return true;
  }
  return false;
}

function addListed(scene: Scene, index: number, listed: NonNullable<ReturnType<typeof listedIn>>): void {
  const block = scene.blocks[index];
  if (block === undefined) return;
  scene.listed.push(...listed.persons);
  place(scene, block, 'listed', 'names respondents whose words are elsewhere');
  if (!listed.isWhole) doubt(scene, block, 'The list of respondents holds words that are no names.');
  goAdrift(scene, 'follows a list of respondents');
}

/** “Translated by …”, “Edited for length”, “This response was retracted” speak of the response above. */
function placeRemark(scene: Scene, index: number, words: string, translatedBy: string | undefined): void {
  const block = scene.blocks[index];
  if (block === undefined) return;
  const note = words.replace(/^[[(*\s]+|[\])*\s]+$/g, '').replace(/\s+/g, ' ');
  place(scene, block, 'editors-note', 'a remark on the response above');
  const open = scene.open ?? (scene.adrift === undefined ? undefined : scene.sections.at(-1)?.responses.at(-1));
  if (open === undefined || (/responses|respuestas|respostas/i.test(note) && translatedBy === undefined)) {
    scene.editedNote = note;
    return;
  }
  if (translatedBy !== undefined) open.translatedBy = translatedBy.trim();
  else if (phrases.RETRACTED.test(words)) open.retracted = note;
  else Object.assign(open, { note, completeness: 'excerpt' });
}

/** A heading or table of another kind ends a response; what follows it is nobody’s. */
function otherKind(scene: Scene, index: number, words: string): void {
  const block = scene.blocks[index];
  if (block === undefined) return;
  if (phrases.LONE_ANSWER_LABEL.test(words)) {
    closeResponse(scene, 'a heading');
    place(scene, block, 'furniture', 'heading over the responses');
    return;
  }
  closeResponse(scene, 'a heading of another kind');
  const panel = scene.panels.get(index);
  if (panel) {
    currentSection(scene).panel.push(...panel.responses);
    place(scene, block, 'panel', 'table of votes and comments');
    for (const { message, at } of panel.doubts) doubt(scene, at, message);
    goAdrift(scene, 'follows a table');
  } else if (phrases.BIO_HEADING.test(words)) {
    place(scene, block, 'bio', 'heading over bios');
    goAdrift(scene, 'bio');
  } else if (phrases.BOARD_HEADING.test(words)) {
    place(scene, block, 'furniture', 'heading over a board or staff list');
    goAdrift(scene, 'board');
  } else {
    leaveUnassigned(scene, block, block.kind === 'table' ? 'a table' : 'a heading of another kind');
    goAdrift(scene, `follows a ${block.kind} that names no respondent`);
  }
}
