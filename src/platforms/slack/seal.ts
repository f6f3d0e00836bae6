import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The first key encrypts, all decrypt. */
export interface Seal {
  /** `about` is bound to the result: it cannot be opened for anything else. */
  close(plain: string, about: string): string;
  open(sealed: string, about: string): Opened;
}

export type Opened =
  /** `stale`: sealed with another key than the first; seal it again. */
  | { outcome: 'opened'; plain: string; stale: boolean }
  /** None of the keys is the one it was sealed with, or it was changed. */
  | { outcome: 'locked'; reason: string };

const IV_BYTES = 12;
const VERSION = 'v1';

/** AES-256-GCM; what is sealed names its key by the start of the key’s hash, so that keys can be changed one after the other. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const [first] = keys;
  if (!first) throw new Error('a seal needs a key');
  const named = new Map(keys.map((key) => [keyName(key), key]));

  return {
    close(plain, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [VERSION, keyName(first), ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
    },

    open(sealed, about) {
      const [version, name = '', ...parts] = sealed.split('.');
      const key = named.get(name);
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== VERSION || !iv || !tag || !body) return { outcome: 'locked', reason: 'it is damaged' };
      if (!key) return { outcome: 'locked', reason: `its key (${name}…) is not in TOKEN_ENCRYPTION_KEY` };
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
          .setAAD(Buffer.from(about))
          .setAuthTag(tag);
        const plain = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
        return { outcome: 'opened', plain, stale: key !== first };
      } catch {
        return { outcome: 'locked', reason: 'it was changed' };
      }
    },
  };
}

const keyName = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);
