import { WITH_TEXT } from './availability.ts';
import { datePieces, isEdtf } from './date.ts';
import type { QuestionFile, ResponseFile } from './schema.ts';

const MAX_RESPONSE_CHARS = 500_000;

interface Problem {
  path: (string | number)[];
  message: string;
}

/** What the shape alone cannot say: parts and quotes are exact, references exist, availability fits the words on file. */
export function questionProblems(question: QuestionFile): Problem[] {
  const problems: Problem[] = [];
  const partCount = question.parts?.length ?? 1;
  const byId = new Map(question.responses.toReversed().map((one) => [one.id, one]));

  question.parts?.forEach((part, index) => {
    if (!question.text.includes(part)) {
      problems.push({ path: ['parts', index], message: 'is not an exact piece of the question’s text' });
    }
  });
  problems.push(...dateProblems(question));

  question.responses.forEach((one, index) => {
    const at = (path: (string | number)[], message: string) => problems.push({ path: ['responses', index, ...path], message });
    if (byId.get(one.id) !== one) at(['id'], `“${one.id}” is used twice in this question`);
    availabilityProblem(one)?.forEach(({ path, message }) => {
      at(path, message);
    });
    const text = responseText(one);
    if (text.length > MAX_RESPONSE_CHARS)
      at(['paragraphs'], `is longer than ${MAX_RESPONSE_CHARS} characters: split the response`);
    one.lines?.forEach((mapped, i) => {
      if (!text.includes(mapped.quote)) at(['lines', i, 'quote'], 'is not an exact quote of this response');
      if (mapped.part > partCount) at(['lines', i, 'part'], `the question has ${partCount} part(s)`);
    });
    one.doesNotAddress?.forEach((part, i) => {
      if (part > partCount) at(['doesNotAddress', i], `the question has ${partCount} part(s)`);
      if (one.lines?.some((mapped) => mapped.part === part))
        at(['doesNotAddress', i], `contradicts the line mapped to part ${part}`);
    });
    one.stances?.forEach((held, i) => {
      if ((held.part ?? 1) > partCount) at(['stances', i, 'part'], `the question has ${partCount} part(s)`);
      if (held.scale && !held.scale.includes(held.value)) at(['stances', i, 'value'], 'is not on the scale');
    });
    one.corrections?.forEach((corrected, i) => {
      if (corrected.now && !text.includes(corrected.now)) at(['corrections', i, 'now'], 'is not an exact quote of this response');
    });
    const original = one.translationOf === undefined ? undefined : byId.get(one.translationOf);
    if (one.translationOf !== undefined && (!original || original.translationOf !== undefined)) {
      at(['translationOf'], `there is no original response “${one.translationOf}” in this question`);
    }
    if (original && (original.language ?? question.language) === (one.language ?? question.language)) {
      at(['language'], 'is the language of the original: name the language of the translation');
    }
  });

  question.summary?.sentences.forEach((sentence, index) => {
    sentence.quotes.forEach((quote, i) => {
      const rested = byId.get(quote.response);
      const path = ['summary', 'sentences', index, 'quotes', i];
      if (!rested)
        problems.push({ path: [...path, 'response'], message: `there is no response “${quote.response}” in this question` });
      else if (!responseText(rested).includes(quote.text)) {
        problems.push({ path: [...path, 'text'], message: `is not an exact quote of response “${quote.response}”` });
      }
    });
  });
  return problems;
}

function dateProblems({ date, dateBasis, id }: QuestionFile): Problem[] {
  // The schema has said so; it goes on to these rules all the same.
  if (!isEdtf(date)) return [];
  const problems: Problem[] = [];
  const pieces = datePieces(date);
  for (const piece of ['year', 'month', 'day'] as const) {
    const stated = (dateBasis?.[piece] ?? 'stated') === 'stated';
    const held = pieces[piece];
    if (held === undefined && dateBasis?.[piece])
      problems.push({ path: ['dateBasis', piece], message: `the date has no ${piece}` });
    if (held?.inferred && stated) {
      problems.push({ path: ['date'], message: `marks the ${piece} as inferred (?): say so in dateBasis.${piece}` });
    }
    if (held && !held.inferred && dateBasis?.[piece] === 'inferred') {
      problems.push({ path: ['date'], message: `dateBasis calls the ${piece} inferred: put a ? after it` });
    }
  }
  if (id.split('/')[1] !== date.replaceAll('?', '')) {
    problems.push({ path: ['id'], message: `its date must be that of the question: ${date.replaceAll('?', '')}` });
  }
  return problems;
}

function availabilityProblem(one: ResponseFile): Problem[] {
  const named = (one.respondents?.length ?? 0) > 0;
  const problems: Problem[] = [];
  if (one.status?.is === 'retracted') {
    if (one.paragraphs)
      problems.push({ path: ['paragraphs'], message: 'a retracted response loses its text: remove the paragraphs' });
  } else if (WITH_TEXT.includes(one.availability) !== (one.paragraphs !== undefined)) {
    const message = one.paragraphs
      ? `a response that is “${one.availability}” has no text`
      : 'is missing: the words of the response';
    problems.push({ path: ['paragraphs'], message });
  } else if (one.paragraphs && !/[\p{L}\p{N}]/u.test(one.paragraphs.join(''))) {
    problems.push({ path: ['paragraphs'], message: 'hold no words: look whether they were cut off' });
  }
  if (one.availability === 'unnamed' || one.availability === 'anonymous') {
    if (named) problems.push({ path: ['respondents'], message: `a response that is “${one.availability}” names nobody` });
    if (!one.label) problems.push({ path: ['label'], message: 'is missing: how to call them, such as Author of the post' });
  } else if (!named) {
    problems.push({ path: ['respondents'], message: 'is missing: who answered (or availability: unnamed)' });
  }
  if (one.availability === 'stance-only' && !one.stances?.length) {
    problems.push({ path: ['stances'], message: 'is missing: the stance on file' });
  }
  return problems;
}

/** The words of a response as stored: paragraphs joined by an empty line. Offsets of quotes count UTF-16 units of this text. */
export function responseText(response: Pick<ResponseFile, 'paragraphs'>): string {
  return (response.paragraphs ?? []).join('\n\n');
}
