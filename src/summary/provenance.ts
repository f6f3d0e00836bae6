import { ageLabel, dateInWords } from '../content/date.ts';
import type { Question, Response } from '../content/question.ts';
import { type Action, open, type Span, text } from '../message/document.ts';
import type { Name } from '../store/store.ts';

const FIRST_WORDS = 12;

/** What to call a question in a list: an editor’s headline, else its title, else its first words where they may be shown. */
export function questionName({
  headline,
  title,
  text: whole,
  id,
  rights,
}: Pick<Question, 'headline' | 'title' | 'text' | 'id' | 'rights'>): string {
  return headline ?? title ?? (rights === 'link' ? id : firstWords(whole) || id);
}

function firstWords(whole: string): string {
  const words = whole.split(/\s+/).filter((word) => word !== '');
  return words.length <= FIRST_WORDS ? words.join(' ') : `${words.slice(0, FIRST_WORDS).join(' ')} […]`;
}

/** “Latin America Advisor Q&A · April 18, [2019] · 7 years old”. */
export function provenance(question: Question, now: Date): Span[] {
  const pieces = [question.publication.name, dateInWords(question.date), ageLabel(question.date, now), sampleLabel(question)];
  return [text(pieces.filter((piece) => piece !== undefined).join(' · '))];
}

export const SAMPLE_NOTICE = 'Sample: fictional persons and institutions';

const sampleLabel = ({ sample }: { sample: boolean }): string | undefined => (sample ? 'fictional sample' : undefined);

export function sourceAction(question: Question): Action | undefined {
  return question.source?.url === undefined ? undefined : open('Source', question.source.url);
}

/** What a reader must know of a response beside its words: language, translation, completeness, corrections. */
export function responseNotes(response: Response): string[] {
  const { translationOf, translatedBy, completeness, corrections, note, language } = response;
  return [
    ...(translationOf === undefined
      ? []
      : [`translated${translatedBy === undefined ? '' : ` by ${translatedBy}`} into ${languageName(language)}`]),
    ...(completeness === 'whole' ? [] : [completeness === 'excerpt' ? 'an excerpt' : 'a teaser: the source has more']),
    ...corrections.map(({ on, what }) => `corrected on ${dateInWords(on)}: ${what}`),
    ...(note === undefined ? [] : [note]),
  ];
}

const languages = new Intl.DisplayNames(['en'], { type: 'language' });
export const languageName = (tag: string): string => languages.of(tag) ?? tag;

/** “3 questions, newest April 18, [2019]”. */
export const counted = ({ count, newest }: Pick<Name, 'count' | 'newest'>): string =>
  `${count} question${count === 1 ? '' : 's'}, newest ${dateInWords(newest)}`;
