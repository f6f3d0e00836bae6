import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { type Html, sound } from './markup.ts';

type Status = 200 | 400 | 404 | 500;

/** A body with its ETag, or 304 where the reader has it. Nothing is kept unasked: a retraction counts at once. */
function reply(c: Context, body: string, type: string, status: Status = 200): Response {
  c.header('Cache-Control', status === 200 ? 'private, no-cache' : 'no-store');
  if (status === 200) {
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    c.header('ETag', etag);
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304);
  }
  c.header('Content-Type', `${type}; charset=utf-8`);
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(body, status);
}

// A weak comparison: https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
function isKnown(header: string | undefined, etag: string): boolean {
  return header?.trim() === '*' || (header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

export function htmlReply(c: Context, of: Html, status: Status = 200): Response {
  return reply(c, sound(of), 'text/html', status);
}

export function xmlReply(c: Context, of: Html): Response {
  return reply(c, sound(of), 'application/rss+xml');
}

export function jsonReply(
  c: Context,
  of: object,
  { status = 200, type = 'application/json' }: { status?: Status; type?: string } = {},
): Response {
  return reply(c, `${JSON.stringify(of, undefined, 2)}\n`, type, status);
}
