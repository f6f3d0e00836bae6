/** What is on file of a respondent. */
export const AVAILABILITY = [
  'text',
  'unnamed',
  'anonymous',
  'stance-only',
  'listed',
  'declined',
  'no-reply',
  'did-not-answer',
  'withdrawn',
] as const;
export type Availability = (typeof AVAILABILITY)[number];

/** Availabilities under which words of the respondent are on file. */
export const WITH_TEXT: readonly Availability[] = ['text', 'unnamed', 'anonymous'];
