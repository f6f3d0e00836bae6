import type { SourceType } from '../content/import/model.ts';

const READ: Readonly<Record<string, SourceType>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/rss+xml': 'feed',
  'application/atom+xml': 'feed',
  'application/rdf+xml': 'feed',
  'application/feed+json': 'feed',
  'application/xml': 'feed',
  'text/xml': 'feed',
  'application/json': 'feed',
};

/** What a server says that it sends, as far as it is read here; else why not. */
export function typeOf(header: string | null): { outcome: 'read'; type: SourceType } | { outcome: 'refused'; reason: string } {
  const named = header?.split(';')[0]?.trim().toLowerCase() ?? '';
  const type = Object.hasOwn(READ, named) ? READ[named] : undefined;
  if (type !== undefined) return { outcome: 'read', type };
  const what = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(named)
    ? `There is no text but ${named}`
    : 'The server does not say of what type it is';
  return {
    outcome: 'refused',
    reason: `${what}: web pages, plain text, Markdown, CSV, PDF, .docx and feeds are read. Download it and import the file.`,
  };
}

/** What is asked for, the best first. */
export const ACCEPT =
  'text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/pdf, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1';
