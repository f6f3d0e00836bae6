import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { literal } from '../../message/literal.ts';

const PROMPT = '> ';
const MAX_HISTORY = 1000;

interface Chat {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
  /** Answers one line; never rejects. */
  say: (line: string) => Promise<string>;
  /** Candidates for the end of a line, and the end that each would replace. */
  complete?: (line: string) => Promise<[string[], string]>;
  /** File that keeps what was typed, for the next chat. */
  historyFile?: string;
}

/** Answers typed lines until `exit`, `quit` or the end of the input; without a terminal it echoes each line before its answer. */
export async function chat({ input, output, say, complete, historyFile }: Chat): Promise<void> {
  const interactive = input.isTTY === true && output.isTTY === true;
  const lines = createInterface({
    input,
    ...(interactive ? { output, prompt: PROMPT } : {}),
    terminal: interactive,
    history: interactive && historyFile !== undefined ? await readHistory(historyFile) : [],
    historySize: MAX_HISTORY,
    removeHistoryDuplicates: true,
    crlfDelay: Number.POSITIVE_INFINITY,
    completer: (line: string, offer: (error: null, found: [string[], string]) => void) => {
      void candidates(line, complete).then((found) => offer(null, found));
    },
  });
  let ended = false;
  lines.once('close', () => {
    ended = true;
  });
  if (interactive) lines.prompt();
  let left = false;
  for await (const typed of lines) {
    const line = typed.trim();
    left = /^\/?(exit|quit)$/i.test(line);
    if (left) break;
    if (line !== '' && !line.startsWith('#')) {
      if (interactive && historyFile !== undefined) await appendFile(historyFile, `${line}\n`, { mode: 0o600 });
      if (!interactive) await write(output, `${PROMPT}${literal(line)}\n`);
      await write(output, `${await say(line)}\n\n`);
    }
    // The input may end while an answer is under way: a closed prompt must not be shown again.
    if (interactive && !ended) lines.prompt();
  }
  lines.close();
  if (interactive && !left) await write(output, '\n');
}

/** Candidates that a terminal may show. A completion that fails offers nothing: the line itself will say what is wrong. */
async function candidates(line: string, complete: Chat['complete']): Promise<[string[], string]> {
  try {
    const [found, replaced] = (await complete?.(line)) ?? [[], line];
    return [found.map(literal), replaced];
  } catch {
    return [[], line];
  }
}

/** The newest lines of the file, newest first, as node:readline wants them; a file grown long is cut to them. */
async function readHistory(file: string): Promise<string[]> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const all = kept.split('\n').filter((line) => line !== '');
  const newest = all.slice(-MAX_HISTORY);
  if (all.length > 2 * MAX_HISTORY) await writeFile(file, `${newest.join('\n')}\n`, { mode: 0o600 });
  return newest.reverse();
}

function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
