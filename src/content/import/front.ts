import { absentIn, listedIn } from './absent.ts';
import { isDateline } from './dates.ts';
import { structuralRole, textualRole } from './fixed-roles.ts';
import { BOARD_HEADING, EDITED, EMBARGO } from './phrases.ts';
import { doubt, leaveUnassigned, place, type Scene } from './scene.ts';

/** What stands before the question: title, date, byline, notes; all other prose is introduction, and nobody’s response. */
export function placeFront(scene: Scene, end: number): void {
  let isBoard = false;
  for (const [index, block] of scene.blocks.slice(0, end).entries()) {
    const words = scene.text.slice(block.start, block.end);
    const fixed =
      structuralRole(block, words, false) ??
      (block.kind === 'rule' ? { role: 'furniture' as const, rule: 'a line across the page' } : undefined);
    const isHeading = block.kind === 'heading';
    if (isHeading) isBoard = BOARD_HEADING.test(words);
    const embargo = words.length < 160 ? EMBARGO.exec(words.replace(/\s+/g, ' ')) : null;
    if (fixed) place(scene, block, fixed.role, fixed.rule);
    else if (embargo) {
      scene.embargo = (embargo[1] ?? '').replace(/[\])*.]+$/, '').trim();
      place(scene, block, 'editors-note', 'embargo');
      doubt(scene, block, `The document is under embargo: ${scene.embargo}.`);
    } else if (isBoard) place(scene, block, 'furniture', 'board or staff list');
    else if (isDateline(words)) place(scene, block, 'date', 'a line with a date');
    else if (isHeading && scene.title === undefined) {
      scene.title = { start: block.start, end: block.end };
      place(scene, block, 'title', 'first heading');
    } else placeProse(scene, index, words);
  }
}

function placeProse(scene: Scene, index: number, words: string): void {
  const block = scene.blocks[index];
  if (block === undefined) return;
  const { candidates, mode } = scene;
  const candidate = mode === 'standalone' ? candidates.standalones[index] : candidates.lines[index];
  if (candidate && !candidate.isWeak && !candidates.bios[index] && !/\b(?:editor|editora)\b/i.test(words.slice(0, 80))) {
    leaveUnassigned(scene, block, 'a response stands before the question');
    return;
  }
  if (candidates.signatures[index]) {
    leaveUnassigned(scene, block, 'a signature stands before the question');
    return;
  }
  const listed = listedIn(scene.text, block);
  const textual = listed?.persons.length ? undefined : textualRole(block, words);
  if (textual) {
    place(scene, block, textual.role, textual.rule);
    if (textual.role === 'correction') scene.corrections.push(block);
    return;
  }
  if (words.length < 200 && EDITED.test(words)) scene.editedNote = words.replace(/\s+/g, ' ');
  const absent = absentIn(scene.text, block);
  if (absent) scene.absent.push(...absent);
  if (listed) {
    scene.listed.push(...listed.persons);
    if (!listed.isWhole || listed.persons.length === 0)
      doubt(scene, block, 'The list of respondents holds words that are no names.');
  }
  scene.introduction.push({ start: block.start, end: block.end });
  place(scene, block, 'introduction', listed ? 'before the question; lists respondents' : 'before the question');
}
