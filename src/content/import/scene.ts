import { fold } from '../../search/tokens.ts';
import type { Absent } from './absent.ts';
import type { Candidates, Mode } from './candidates.ts';
import type {
  Doubt,
  DraftPerson,
  DraftQuestion,
  DraftResponse,
  Placed,
  Role,
  SourceBlock,
  SourceDocument,
  Span,
} from './model.ts';
import type { OpenResponse } from './open-response.ts';
import type { Panel } from './panel.ts';

/** A response with its last word found. */
export interface ClosedResponse extends OpenResponse {
  ends: string;
}

export interface Section {
  question: DraftQuestion & { spans: Span[] };
  responses: ClosedResponse[];
  absent: Absent[];
  panel: DraftResponse[];
}

/** Everything that is known while the blocks of a document are given their roles, in reading order. */
export interface Scene {
  document: SourceDocument;
  text: string;
  blocks: readonly SourceBlock[];
  candidates: Candidates;
  mode: Mode;
  /** The look of the respondent lines; undefined: there are none. */
  look: string | undefined;
  pulls: ReadonlySet<number>;
  /** Tables that hold votes and comments, by index of their block. */
  panels: ReadonlyMap<number, Panel>;
  placed: Placed[];
  doubts: Doubt[];
  sections: Section[];
  listed: DraftPerson[];
  /** Said before the question. */
  absent: Absent[];
  introduction: Span[];
  corrections: Span[];
  title?: Span;
  embargo?: string;
  editedNote?: string;
  open?: OpenResponse;
  /** Why the words that follow belong to nobody until a clear respondent line. */
  adrift?: string;
}

export function place(scene: Scene, span: Span, role: Role, rule: string): void {
  scene.placed.push({ start: span.start, end: span.end, role, rule });
}

export function doubt(scene: Scene, span: Span, message: string, weight: Doubt['weight'] = 'review'): void {
  scene.doubts.push({ start: span.start, end: span.end, message, weight });
}

/** A block that fits nothing: it is nobody’s, and the import goes to review. One doubt for a run of them. */
export function leaveUnassigned(scene: Scene, span: Span, why: string): void {
  const last = scene.placed.at(-1);
  if (!(last?.role === 'unassigned' && last.rule === why)) doubt(scene, span, `Not assigned: ${why}.`);
  place(scene, span, 'unassigned', why);
}

/** From here on words are nobody’s until a clear respondent line. */
export function goAdrift(scene: Scene, why: string): void {
  scene.adrift = why;
}

/** Ends the response that is open, if one is, and draws its boundary by `rule`. */
export function closeResponse(scene: Scene, rule: string): void {
  const { open } = scene;
  if (open === undefined) return;
  delete scene.open;
  const at = { start: open.candidate.start, end: open.candidate.end };
  const called =
    open.candidate.persons.map((person) => person.printed).join(', ') || (open.candidate.label ?? 'An unnamed respondent');
  if (open.depth > 0) {
    doubt(scene, open.paragraphs.at(-1) ?? at, `The quotation of ${called} never closes: where it ends is not certain.`);
    for (const span of open.paragraphs.splice(open.suspectFrom ?? open.paragraphs.length))
      leaveUnassigned(scene, span, 'a label inside a quotation that never closes');
  }
  for (const { message, at: span } of open.doubts) doubt(scene, span, message);
  if (open.paragraphs.length === 0 && open.retracted === undefined) {
    place(scene, at, 'unassigned', 'named, but no words follow');
    doubt(scene, at, `${called} is named as a respondent, but no words follow.`);
    return;
  }
  checkThirdPerson(scene, open, called);
  place(scene, at, 'respondent', open.candidate.rule);
  for (const span of open.paragraphs) place(scene, span, 'response', open.candidate.rule);
  for (const message of open.candidate.doubts) doubt(scene, at, message, 'note');
  currentSection(scene).responses.push({ ...open, ends: open.isClosed ? `the closing quotation mark, before ${rule}` : rule });
}

/** Words that speak of their own author in the third person may be about the person, not by the person. */
function checkThirdPerson(scene: Scene, open: OpenResponse, called: string): void {
  const [only, ...others] = open.candidate.persons;
  if (only === undefined || others.length > 0 || open.opener !== undefined) return;
  const family = only.family ?? only.display.split(' ').at(-1) ?? '';
  if (family.length < 4) return;
  const about = new RegExp(`(?<![\\p{L}])${family.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'u');
  const found = open.paragraphs.find((span) => about.test(scene.text.slice(span.start, span.end)));
  if (found === undefined) return;
  doubt(
    scene,
    found,
    `The words under ${called} speak of ${family} in the third person: they may be about the person, not by the person.`,
  );
  for (const span of open.paragraphs.splice(open.paragraphs.indexOf(found)))
    leaveUnassigned(scene, span, 'speaks of the respondent in the third person');
}

export function currentSection(scene: Scene): Section {
  const last = scene.sections.at(-1);
  if (last) return last;
  const section: Section = { question: { kind: 'question', parts: [], spans: [] }, responses: [], absent: [], panel: [] };
  scene.sections.push(section);
  return section;
}

/** Whether a person already answers this question: a second line of the same name is no new response. */
export function answersAlready(scene: Scene, person: DraftPerson): boolean {
  const responses = scene.sections.at(-1)?.responses ?? [];
  const open = scene.open ? [scene.open] : [];
  return [...responses, ...open].some((one) => one.candidate.persons.some((held) => fold(held.display) === fold(person.display)));
}
