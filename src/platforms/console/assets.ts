import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { OperatorError } from '../../errors.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const TEXT = new Set(['.html', '.js', '.css', '.svg']);
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;
const YEAR = 'public, max-age=31536000, immutable';

interface Asset {
  path: string;
  bytes: Buffer<ArrayBuffer>;
  type: string;
  etag: string;
  zipped?: Buffer<ArrayBuffer>;
}

/** The built files of the browser's half, read once: what is not among them cannot be reached. */
export interface Assets {
  /** The file of that path, or undefined. */
  serve(c: Context, path: string): Response | undefined;
  text(path: string): string;
}

export function openAssets(folder: string): Assets {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new OperatorError('The pages of the console are not built. Run: npm run build');
  }
  const assets = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => {
        const file = join(one.parentPath, one.name);
        const path = file.slice(folder.length).split(sep).join('/');
        const bytes = readFileSync(file);
        const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
        return [path, { path, bytes, type: TYPES[extname(file)] ?? 'application/octet-stream', etag }] satisfies [string, Asset];
      }),
  );
  return {
    serve(c, path) {
      const asset = assets.get(path);
      return asset && answer(c, asset);
    },
    text: (path) => assets.get(path)?.bytes.toString('utf8') ?? '',
  };
}

function answer(c: Context, asset: Asset): Response {
  c.header('ETag', asset.etag);
  // Vite names these by their content.
  c.header('Cache-Control', HASHED.test(asset.path) ? YEAR : 'no-cache');
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304);
  c.header('Content-Type', asset.type);
  if (!TEXT.has(extname(asset.path))) return c.body(asset.bytes);
  c.header('Vary', 'Accept-Encoding');
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(asset.bytes);
  asset.zipped ??= gzipSync(asset.bytes);
  c.header('Content-Encoding', 'gzip');
  return c.body(asset.zipped);
}
