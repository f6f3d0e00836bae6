import { hash } from 'node:crypto';

/** Crockford's base 32 without capitals: no i, l, o or u, so that codes survive being typed with a thumb. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short stable code drawn from a text: `length` letters and digits, five bits each of its SHA-256. */
export function shortCode(text: string, length: number): string {
  return Array.from(hash('sha256', text, 'buffer').subarray(0, length), (byte) => LETTERS[byte & 31]).join('');
}

export const sha256 = (text: string): string => hash('sha256', text);
