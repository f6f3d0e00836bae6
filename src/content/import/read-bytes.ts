import { createHash } from 'node:crypto';
import { type FileKind, fileKind } from './file-kind.ts';
import { draftDocument, importDocument, MAX_BYTES } from './import-document.ts';
import type { Draft, Hints, SourceDocument } from './model.ts';
import { refusedDraft } from './refused-draft.ts';

/**
 * A draft question out of the bytes of any kind of file, by its first bytes before its name. Never throws; but it takes what time and
 * memory it takes, so others call `readDocument`.
 */
export async function readBytes(bytes: Uint8Array, hints: Hints = {}): Promise<Draft> {
  const type = hints.type ?? 'text';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length > MAX_BYTES) return refusedDraft('The file is larger than 20 MB.', { sha256, type });
  const found: FileKind = fileKind(bytes);
  if (found.kind === 'foreign') return refusedDraft(found.reason, { sha256, type });
  if (found.kind === 'text') {
    const called = calledBinary(hints);
    return called === undefined ? importDocument(bytes, hints) : refusedDraft(called, { sha256, type });
  }
  try {
    const read = await readAs(found.kind, bytes);
    if (read.outcome === 'refused') return refusedDraft(read.reason, { sha256, type: found.kind });
    return draftDocument(read.document, hints, { sha256, type: found.kind });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refusedDraft(`The document could not be read: ${why}.`, { sha256, type: found.kind });
  }
}

/** A file that is called what its bytes are not. */
function calledBinary({ name = '', type }: Hints): string | undefined {
  if (type === 'pdf' || /\.pdf$/i.test(name))
    return 'The file is called a PDF, but does not begin as one: it may be cut off or a web page.';
  if (type === 'docx' || /\.docx$/i.test(name))
    return 'The file is called a Word document, but does not begin as one: it may be cut off.';
  return undefined;
}

type Read = { outcome: 'read'; document: SourceDocument } | { outcome: 'refused'; reason: string };

/** The libraries are large: each is loaded when its first file comes. */
async function readAs(kind: 'pdf' | 'docx', bytes: Uint8Array): Promise<Read> {
  if (kind === 'pdf') return (await import('./pdf.ts')).readPdf(bytes);
  return (await import('./docx.ts')).readDocx(bytes);
}
