import { z } from 'zod';
import type { Completion, Context } from './command.ts';
import { completeQuestions } from './complete-questions.ts';
import { dateSpan, isEdtf } from './content/date.ts';
import { CallerError } from './errors.ts';
import { exampleName, exampleQuestion } from './examples.ts';
import { fold } from './search/tokens.ts';
import type { Filter, NameKind } from './store/store.ts';
import { counted } from './summary/provenance.ts';

/** The options that several commands share, and how they are completed. */

const date = z
  .string()
  .trim()
  .overwrite(inDigits)
  .refine(
    (typed) => isEdtf(typed) && !typed.includes('?'),
    'write a year, a month or a day, such as 2019, 2019-04 or 2019-04-18',
  );

export const since = date.optional().describe('Not before: 2019, 2019-04 or 2019-04-18');
export const until = date.optional().describe('Not after; until:2019 includes all of 2019');
export const page = z.coerce
  .number('write a whole number')
  .int('write a whole number')
  .min(1, 'pages start at 1')
  .max(9999, 'there are not so many pages')
  .optional()
  .describe('Page, from 1');
export const words = (what: string) =>
  z.string().trim().min(1).max(500, 'is longer than 500 characters').optional().describe(what);
export const name = (what: string) =>
  z.string().trim().min(1).max(200, 'is longer than 200 characters').optional().describe(what);

/** 2019/4/8 as 2019-04-08: the year first leaves no doubt. */
function inDigits(typed: string): string {
  const pieces = /^(\d{4})(?:[-–./](\d{1,2})(?:[-–./](\d{1,2}))?)?$/.exec(typed)?.slice(1) ?? [typed];
  return pieces.flatMap((piece) => (piece === undefined ? [] : [piece.padStart(2, '0')])).join('-');
}

/** Refuses a page beyond the last one and offers that. */
export function noSuchPage(
  last: number,
  { command, options }: { command: string; options: Record<string, string> },
): CallerError {
  const nearest = [{ label: `page ${last}`, command, options: { ...options, page: String(last) } }];
  return new CallerError(last === 1 ? 'There is only one page.' : `There are only ${last} pages.`, { nearest });
}

/** A country, topic or question of this archive to ask about; nothing where there is none. */
export async function exampleSubject(context: Context): Promise<Record<string, string>> {
  const named = (await exampleName(context, 'country')) ?? (await exampleName(context, 'topic'));
  const about = named ?? (await exampleQuestion(context))?.code;
  return about === undefined ? {} : { about };
}

/** The days that since: and until: mean, whole years and months included. */
export function dateFilter(options: { since?: string | undefined; until?: string | undefined }): Pick<Filter, 'since' | 'until'> {
  return {
    ...(options.since === undefined ? {} : { since: dateSpan(options.since).first }),
    ...(options.until === undefined ? {} : { until: dateSpan(options.until).last }),
  };
}

/** Options as they were typed, without those that are not given: for the buttons of the next page. */
export function typedOptions(options: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

const MANY = 20;
const QUESTIONS = 8;

export function completeNames(...kinds: NameKind[]) {
  return async (typed: string, { store }: Context): Promise<Completion[]> => {
    const names = await store.namesStarting(fold(typed), kinds, MANY);
    return names.map((one) => ({ value: one.label, label: `${one.label} · ${counted(one)}${one.sample ? ' · sample' : ''}` }));
  };
}

/** Topics and countries first; where they are many, room is left for questions. */
export async function completeSubjects(typed: string, context: Context): Promise<Completion[]> {
  const names = await completeNames('topic', 'country')(typed, context);
  const questions = await completeQuestions(typed, context);
  return [...names.slice(0, MANY - Math.min(questions.length, QUESTIONS)), ...questions].slice(0, MANY);
}
