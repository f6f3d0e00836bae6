import { fold } from '../../search/tokens.ts';
import { assembleDate } from './assemble-date.ts';
import { assembleResponse } from './assemble-response.ts';
import { findDates, isoDate } from './dates.ts';
import { detectLanguage } from './language.ts';
import type { Draft, DraftResponse, DraftSection, Hints, SourceDocument } from './model.ts';
import { questionParts } from './question-block.ts';
import { type Repairer, repairer } from './repair.ts';
import { currentSection, doubt, type Scene, type Section } from './scene.ts';

const FIRST_PERSON =
  /\b(?:my|our) (?:\p{L}+ )?(?:response|answer|reply|contribution)\b|\bmi (?:respuesta|contribuci[oó]n)\b|\bminha (?:resposta|contribui[cç][aã]o)\b/iu;

type Assembled = Omit<Draft, 'outcome' | 'reasons' | 'type' | 'sha256'>;

/** A draft out of a document whose blocks have their roles. */
export function assemble(scene: Scene, document: SourceDocument, hints: Hints): Assembled {
  const repair = repairer(document);
  const language = languageOf(scene, hints);
  const [first, ...more] = (scene.sections.length === 0 ? [currentSection(scene)] : scene.sections).map((section) =>
    assembleSection(scene, section, { repair, language }),
  );
  const { question, responses } = first ?? { question: { kind: 'question', parts: [] }, responses: [] };
  addListed(scene, responses);
  if (more.length > 0)
    doubt(
      scene,
      more[0]?.question.at ?? { start: 0, end: 0 },
      `The document holds ${more.length + 1} questions: each becomes a file of its own.`,
    );
  const title = scene.title === undefined ? document.page.title : repair.read(scene.title);
  const isTitleOnly =
    question.rule?.startsWith('heading') || question.rule?.startsWith('begins') || question.rule === 'title only';
  const shown = title ?? (isTitleOnly ? question.text : undefined);
  const introduction = scene.introduction.map((span) => repair.read(span)).join('\n\n');
  const date = assembleDate(scene, document, hints);
  for (const { message, at } of repair.doubts) doubt(scene, at, message);
  return {
    text: document.text,
    question,
    responses,
    further: more,
    ...(shown === undefined || shown === '' ? {} : { title: shown }),
    ...(introduction === '' ? {} : { introduction }),
    ...(date === undefined ? {} : { date }),
    ...(language === undefined ? {} : { language }),
    ...(hints.sourceUrl === undefined ? {} : { sourceUrl: hints.sourceUrl }),
    ...(hints.publication === undefined ? {} : { publication: hints.publication }),
    ...(scene.embargo === undefined ? {} : { embargo: scene.embargo }),
    corrections: scene.corrections.map((span) => correction(repair.read(span))),
    blocks: scene.placed.toSorted((a, b) => a.start - b.start),
    doubts: scene.doubts,
    repairs: [...document.repairs, ...labelRepairs(scene), ...repair.repairs],
  };
}

function languageOf(scene: Scene, hints: Hints): string | undefined {
  if (hints.language !== undefined) return hints.language;
  const spans = scene.sections.flatMap((section) => [
    ...section.question.spans,
    ...section.responses.flatMap((one) => one.paragraphs),
  ]);
  const words = spans
    .map((span) => scene.text.slice(span.start, span.end))
    .join('\n')
    .slice(0, 4000);
  const found = detectLanguage(words === '' ? scene.text : words);
  if (found && !found.isSure) doubt(scene, { start: 0, end: 0 }, `The language is not certain: it may be “${found.language}”.`);
  return found?.language;
}

function assembleSection(
  scene: Scene,
  section: Section,
  { repair, language }: { repair: Repairer; language: string | undefined },
): DraftSection {
  const text = section.question.spans.map((span) => repair.read(span)).join('\n\n');
  const { spans: _spans, ...question } = section.question;
  const responses = section.responses.flatMap((one) => assembleResponse(scene, one, { repair, language }));
  const answered = new Set(responses.flatMap((one) => one.respondents).map((person) => fold(person.display)));
  const absent = [...(section === scene.sections[0] ? scene.absent : []), ...section.absent]
    .flatMap((one) =>
      one.persons.map(
        (person): DraftResponse => ({ availability: one.availability, respondents: [person], paragraphs: [], note: one.note }),
      ),
    )
    .filter((one) => {
      const [person] = one.respondents;
      const isAnswered = person !== undefined && answered.has(fold(person.display));
      if (isAnswered) doubt(scene, person.at, `${person.display} is said not to have answered, but has words here.`);
      return !isAnswered;
    });
  labelUnnamed(scene, responses, repair);
  return {
    question: { ...question, ...(text === '' ? {} : { text }), parts: text === '' ? [] : questionParts(text, language ?? 'en') },
    responses: [...responses, ...section.panel, ...absent],
  };
}

/** How to call those whose name the source does not give: the author of the post, where its introduction says “my response”. */
function labelUnnamed(scene: Scene, responses: DraftResponse[], repair: Repairer): void {
  const unnamed = responses.filter((one) => one.availability === 'unnamed');
  const isPost =
    unnamed.length === 1 && responses.length === 1 && scene.introduction.some((span) => FIRST_PERSON.test(repair.read(span)));
  unnamed.forEach((one, index) => {
    one.label = isPost ? 'Author of the post' : unnamed.length === 1 ? 'Unnamed respondent' : `Unnamed respondent ${index + 1}`;
  });
}

function addListed(scene: Scene, responses: DraftResponse[]): void {
  const held = new Set(responses.flatMap((one) => one.respondents).map((person) => fold(person.display)));
  for (const person of scene.listed) {
    if (held.has(fold(person.display))) continue;
    held.add(fold(person.display));
    responses.push({ availability: 'listed', respondents: [person], paragraphs: [] });
  }
}

function correction(what: string): { on?: string; what: string } {
  const dated = findDates(what).find((date) => date.year !== undefined);
  return dated?.year === undefined ? { what } : { on: isoDate({ ...dated, year: dated.year }), what };
}

function labelRepairs(scene: Scene): string[] {
  const responses = scene.sections.flatMap((section) => section.responses);
  const labelled =
    scene.sections.some((section) => section.question.rule?.includes('label')) ||
    responses.some((one) => one.candidate.rule.includes('label'));
  const quoted = responses.some((one) => one.opener !== undefined);
  return [
    ...(labelled ? ['Labels such as “Question:” and “Answer:” were removed.'] : []),
    ...(quoted ? ['The outer pair of quotation marks around each response was removed; quotation marks inside it stay.'] : []),
    ...(responses.some((one) => one.opener !== undefined && one.style === 'each')
      ? ['Quotation marks that open the further paragraphs of a response were removed.']
      : []),
  ];
}
