import { z } from 'zod';
import { AVAILABILITY } from './availability.ts';
import { isEdtf } from './date.ts';
import { questionProblems } from './question-rules.ts';

/** Whether a text, quotes of it, or only a link to its source may be shown. */
export const RIGHTS = ['whole', 'quotes', 'link'] as const;
export type Rights = (typeof RIGHTS)[number];

export const MAX_RESPONSES = 255;

/** No database keeps half of a surrogate pair as it is. */
const isWhole = (text: string): boolean => !/\p{Cs}/u.test(text);
const HALVES = 'holds half a character (a lone surrogate): type it again';
const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(max)
    .regex(/^[^\n\r]*$/, 'must be one line')
    .refine(isWhole, HALVES);
const prose = (max: number) => z.string().trim().min(1, 'is empty').max(max).refine(isWhole, HALVES);
const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens, such as ray-walser');
const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language tag, such as en, es or pt-BR');
const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code in capitals, such as VE');
const day = z.iso.date('must be a whole date, such as 2026-03-02');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2000);
const edtf = z
  .string()
  .refine(
    isEdtf,
    'must be an EDTF date: 2019, 2019-04 or 2019-04-18; a ? after a piece marks it as inferred, such as 2019?-04-18',
  );

const basis = z.enum(['stated', 'inferred', 'operator']);
const dateBasis = z
  .strictObject({
    year: basis.optional(),
    month: basis.optional(),
    day: basis.optional(),
    note: prose(600).optional().describe('Why an inferred piece is believed'),
  })
  .describe('How each piece of the date is known; a piece left out is stated by the source');

const status = z
  .discriminatedUnion('is', [
    z.strictObject({ is: z.literal('usable') }),
    z.strictObject({
      is: z.literal('embargoed'),
      until: z.iso.datetime({ offset: true, error: 'must be a moment with its offset, such as 2027-01-15T06:00:00-05:00' }),
    }),
    z.strictObject({ is: z.literal('withheld') }),
    z.strictObject({ is: z.literal('retracted'), on: day, notice: prose(600) }),
  ])
  .describe('usable (default), embargoed until a moment, withheld, or retracted with a notice');

const correction = z.strictObject({
  on: day,
  what: prose(600).describe('What changed, as shown to readers'),
  was: prose(2000).optional().describe('The exact words that were replaced, so that old quote codes still answer'),
  now: prose(2000).optional().describe('The exact words that stand in their place'),
});

const respondentAsPrinted = z
  .strictObject({
    person: slug.describe('Id of the person in respondents.yaml'),
    name: oneLine(200).optional().describe('Name as printed here, where it differs from the display name'),
    role: oneLine(300).optional().describe('Role as printed with this response'),
    affiliation: oneLine(300).optional().describe('Affiliation as printed with this response'),
  })
  .describe('Who answered, as printed with this response');

const stance = z.strictObject({
  part: z.int().min(1).optional().describe('Number of the part; left out: the whole question'),
  value: oneLine(60),
  scale: z.array(oneLine(60)).min(2).max(15).describe('Every value that could be chosen, in order').optional(),
  confidence: z.number().min(0).max(10).optional().describe('0 to 10'),
  by: z.enum(['respondent', 'editor']).describe('Who says so'),
});

const line = z.strictObject({
  part: z.int().min(1).describe('Number of the part that the quote speaks to'),
  quote: prose(2000).describe('Exact words of this response'),
});

const response = z.strictObject({
  id: slug.describe('Unique in this question; never reused'),
  availability: z.enum(AVAILABILITY),
  respondents: z.array(respondentAsPrinted).max(10).optional().describe('In order; several: one co-signed response'),
  label: oneLine(120).optional().describe('How to call somebody whose name is not given, such as Author of the post'),
  paragraphs: z.array(prose(100_000)).min(1).max(2000).optional().describe('The words of the response, one string a paragraph'),
  language: language.optional().describe('Left out: the language of the question'),
  translationOf: slug.optional().describe('Id of the response that this one translates'),
  translatedBy: oneLine(200).optional(),
  completeness: z.enum(['whole', 'excerpt', 'teaser']).optional().describe('Left out: whole'),
  note: prose(600).optional().describe('What the source says of it, such as: declined to comment'),
  stances: z.array(stance).max(50).optional(),
  lines: z.array(line).max(50).optional().describe('Quotes that an editor mapped to parts'),
  doesNotAddress: z.array(z.int().min(1)).optional().describe('Parts that an editor found not addressed'),
  corrections: z.array(correction).max(50).optional(),
  status: status.optional(),
});

const summarySentence = z.strictObject({
  text: prose(600).describe('In the voice of reporting: says, argues'),
  quotes: z
    .array(z.strictObject({ response: slug, text: prose(2000).describe('Exact words of that response') }))
    .min(1, 'must name at least one quote that the sentence rests on')
    .max(20),
});

export const questionSchema = z
  .strictObject({
    id: z
      .string()
      .max(200)
      .regex(
        /^[a-z0-9]+(?:-[a-z0-9]+)*\/\d{4}(?:-\d{2}(?:-\d{2})?)?\/[a-z0-9]+(?:-[a-z0-9]+)*$/,
        'must be publication/date/slug, such as latin-america-advisor/2019-04-18/pompeo-trip',
      )
      .describe('publication/yyyy-mm-dd/slug; never changed once published'),
    code: z
      .string()
      .regex(/^[a-z0-9]{4,12}$/, 'must be 4 to 12 lower-case letters and digits')
      .optional()
      .describe('Short code; left out: derived from the id'),
    kind: z.enum(['question', 'statement', 'prompt']).optional().describe('Left out: question'),
    title: oneLine(300).optional().describe('As printed; left out where the source has none'),
    headline: oneLine(120)
      .refine((text) => text.split(/\s+/).length <= 12, 'must be at most 12 words')
      .optional()
      .describe('An editor’s, at most 12 words; never used in a citation'),
    date: edtf.describe('EDTF: 2019-04-18, 2019-04 or 2019; ? after a piece: inferred (2019?-04-18)'),
    dateBasis: dateBasis.optional(),
    text: prose(20_000).describe('The whole question as printed'),
    parts: z.array(prose(2000)).min(1).max(20).optional().describe('Its parts, each an exact piece of the text'),
    introduction: prose(20_000).optional().describe('Kept as evidence; never searched as a response'),
    topics: z.array(oneLine(60)).min(1).max(12),
    countries: z.array(country).max(40).optional(),
    language,
    source: z
      .strictObject({
        url: httpUrl.optional(),
        site: oneLine(120).optional().describe('Name of the site that reproduces the Q&A, where that is not the publication'),
        suppliedBy: basis.optional().describe('How the address is known; left out: stated by the source'),
        retrieved: day.optional(),
        reposts: z
          .array(z.strictObject({ url: httpUrl, site: oneLine(120).optional(), retrieved: day.optional() }))
          .max(50)
          .optional()
          .describe('Other addresses that reproduce the Q&A'),
      })
      .optional(),
    rights: z.enum(RIGHTS).optional().describe('Left out: the publication’s'),
    status: status.optional(),
    corrections: z.array(correction).max(50).optional(),
    repairs: z.array(prose(600)).max(50).optional().describe('What was changed between the source and this file'),
    responses: z.array(response).max(MAX_RESPONSES),
    summary: z.strictObject({ author: oneLine(120), date: day, sentences: z.array(summarySentence).min(1).max(6) }).optional(),
  })
  .superRefine((question, ctx) => {
    for (const { path, message } of questionProblems(question)) {
      ctx.addIssue({ code: 'custom', path, message });
    }
  });

export type QuestionFile = z.infer<typeof questionSchema>;
export type ResponseFile = z.infer<typeof response>;
export type Correction = z.infer<typeof correction>;
export type Stance = z.infer<typeof stance>;
export type Status = z.infer<typeof status>;
export type DateBasis = z.infer<typeof dateBasis>;

export const collectionSchema = z.strictObject({
  name: oneLine(120),
  about: prose(2000).optional(),
  sample: z.boolean().optional().describe('true: fictional, always marked as such'),
  publications: z
    .array(
      z.strictObject({
        id: slug,
        name: oneLine(120),
        publisher: oneLine(120).optional(),
        home: httpUrl.optional(),
        language,
        rights: z.enum(RIGHTS).describe('Default for its questions'),
      }),
    )
    .min(1)
    .max(500),
});
export type CollectionFile = z.infer<typeof collectionSchema>;
export type Publication = CollectionFile['publications'][number];

export const respondentsSchema = z.record(
  slug,
  z.strictObject({
    name: oneLine(200).describe('Display name'),
    sort: oneLine(200).optional().describe('Such as Velez de Berliner, Maria; left out: derived'),
    variants: z
      .array(z.strictObject({ name: oneLine(200), source: prose(300).optional() }))
      .max(20)
      .optional(),
    note: oneLine(200).optional().describe('Tells apart two persons of one name'),
  }),
);
export type RespondentsFile = z.infer<typeof respondentsSchema>;
export type PersonFile = RespondentsFile[string];
