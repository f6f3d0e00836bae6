import { absentIn, listedIn } from './absent.ts';
import { resemblesLine } from './descriptor.ts';
import { structuralRole, textualRole } from './fixed-roles.ts';
import type { SourceBlock } from './model.ts';
import { addParagraph, openResponse } from './open-response.ts';
import type { Candidate } from './respondent-line.ts';
import { answersAlready, closeResponse, currentSection, goAdrift, leaveUnassigned, place, type Scene } from './scene.ts';
import { bioSentence, resemblesSignature } from './signature.ts';

interface Group {
  blocks: SourceBlock[];
  /** Where the last block ends for its words, if the signature stands in it. */
  wordsEnd?: number;
  signature?: Candidate;
  /** Parted from its neighbours by lines across the page. */
  isParted: boolean;
  /** Holds a name that could not be read, or that was not taken for a respondent’s. */
  isTainted?: boolean;
}

/**
 * Names that follow the words. Safe only where every stretch of words has one signature, and the stretch is one block, one quotation
 * or parted by lines: where a signature is lost, the words before it would go to the next person.
 */
export function assignAfter(scene: Scene, from: number): void {
  const groups = groupsOf(scene, from);
  const signed = groups.filter((group) => group.signature !== undefined);
  const isShifted = groups.some((group) => group.signature === undefined) || signed.some((group) => group.blocks.length === 0);
  for (const group of groups) {
    const why = isShifted
      ? 'not every stretch of words has a signature after it: names may stand before the words'
      : objection(scene, group);
    if (why !== undefined) {
      for (const block of group.blocks) leaveUnassigned(scene, block, why);
      if (group.signature && group.wordsEnd === undefined) leaveUnassigned(scene, group.signature, why);
      continue;
    }
    assign(scene, group);
  }
}

function objection(scene: Scene, group: Group): string | undefined {
  const { signature } = group;
  if (signature === undefined) return 'no name stands after it';
  if (group.isTainted) return 'holds a heading or a line that may name somebody else';
  if (signature.persons.some((person) => answersAlready(scene, person)))
    return `${signature.persons[0]?.printed ?? ''} answers this question already`;
  if (group.blocks.length === 1 || group.isParted) return undefined;
  const [first, ...rest] = group.blocks;
  if (first === undefined) return 'no words stand before the name';
  const open = openResponse(signature);
  addParagraph(open, scene.text, wordsOf(group, first));
  for (const block of rest) {
    if (open.depth === 0) return 'several paragraphs stand before one signature: some may be another’s';
    addParagraph(open, scene.text, wordsOf(group, block));
  }
  return open.isClosed && open.doubts.length === 0
    ? undefined
    : 'several paragraphs stand before one signature: some may be another’s';
}

const wordsOf = ({ blocks, wordsEnd }: Group, block: SourceBlock) => ({
  start: block.start,
  end: block === blocks.at(-1) && wordsEnd !== undefined ? wordsEnd : block.end,
});

function assign(scene: Scene, group: Group): void {
  const { signature } = group;
  if (signature === undefined) return;
  scene.open = openResponse(signature);
  for (const block of group.blocks) {
    const rest = addParagraph(scene.open, scene.text, wordsOf(group, block));
    if (rest) leaveUnassigned(scene, rest, 'follows the end of the quotation in the same paragraph');
  }
  closeResponse(scene, signature.rule);
}

function groupsOf(scene: Scene, from: number): Group[] {
  const groups: Group[] = [];
  let open: Group = { blocks: [], isParted: true };
  const end = (isParted: boolean) => {
    if (open.blocks.length > 0 || open.signature) groups.push({ ...open, isParted: open.isParted && isParted });
    open = { blocks: [], isParted };
  };
  for (const [offset, block] of scene.blocks.slice(from).entries()) {
    const index = from + offset;
    const words = scene.text.slice(block.start, block.end);
    const fixed = structuralRole(block, words, scene.pulls.has(index) && block.kind !== 'quote') ?? textualRole(block, words);
    const listed = fixed ? undefined : listedIn(scene.text, block);
    const absent = fixed ? undefined : absentIn(scene.text, block);
    const signature =
      (scene.mode === 'after-bio' ? scene.candidates.bios[index] : scene.candidates.signatures[index]) ?? undefined;
    const trailing = scene.mode === 'after' ? scene.candidates.trailing[index] : undefined;
    if (block.kind === 'rule') {
      place(scene, block, 'furniture', 'a line across the page');
      if (open.blocks.length === 0) open.isParted = true;
      else end(true);
    } else if (fixed) {
      place(scene, block, fixed.role, fixed.rule);
      // Taken for the site's own, but perhaps the end of what another said.
      if (open.blocks.length > 0 && namesSomebody(scene, block)) open.isTainted = true;
    } else if (absent) {
      currentSection(scene).absent.push(...absent);
      place(scene, block, 'absent', 'says who did not answer');
    } else if (listed && open.blocks.length === 0) {
      scene.listed.push(...listed.persons);
      place(scene, block, 'listed', 'names respondents whose words are elsewhere');
    } else if (signature) {
      open.signature = signature;
      end(isRule(scene, index + 1));
    } else {
      open.blocks.push(block);
      if (
        block.kind === 'heading' ||
        resemblesSignature(scene.document, { start: block.start, end: trailing?.start ?? block.end })
      )
        open.isTainted = true;
      if (trailing) {
        open.signature = trailing;
        open.wordsEnd = trailing.start;
        end(isRule(scene, index + 1));
      }
    }
  }
  end(true);
  goAdrift(scene, 'follows the last signature');
  return groups;
}

const namesSomebody = ({ document, text }: Scene, block: SourceBlock): boolean =>
  bioSentence(document, block) !== undefined || resemblesLine(text.slice(block.start, Math.min(block.end, block.start + 420)));

const isRule = (scene: Scene, index: number): boolean =>
  scene.blocks[index] === undefined || scene.blocks[index]?.kind === 'rule';
