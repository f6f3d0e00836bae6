import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { chat } from '../../src/platforms/terminal/chat.ts';

const answer = async (line: string) => `Answer to ${line}`;

async function transcript(typed: string, say = answer): Promise<string> {
  const output = new PassThrough();
  const shown = text(output);
  await chat({ input: Readable.from([typed]), output, say });
  output.end();
  return shown;
}

test('without a terminal each line is echoed before its answer', async () => {
  expect(await transcript('/brief venezuela\n/topics\n')).toBe(
    '> /brief venezuela\nAnswer to /brief venezuela\n\n> /topics\nAnswer to /topics\n\n',
  );
});

test('empty lines and remarks are passed over, a last line needs no line end', async () => {
  expect(await transcript('# a remark\n\n   \r\n  /topics  ')).toBe('> /topics\nAnswer to /topics\n\n');
});

test.each(['exit', 'quit', '/exit', 'QUIT'])('“%s” ends the chat', async (leave) => {
  expect(await transcript(`/topics\n${leave}\n/brief\n`)).toBe('> /topics\nAnswer to /topics\n\n');
});

test('each line waits for the answer before it', async () => {
  const order: string[] = [];
  await transcript('a\nb\n', async (line) => {
    order.push(`${line} asked`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${line} answered`);
    return line;
  });
  expect(order).toEqual(['a asked', 'a answered', 'b asked', 'b answered']);
});

test('an escape sequence in a line is not echoed as one', async () => {
  expect(await transcript('/brief \u001b[31mred\n', async () => 'ok')).toBe('> /brief \ufffd[31mred\nok\n\n');
});

test('nothing typed, nothing shown', async () => {
  expect(await transcript('')).toBe('');
});

test('on a terminal Tab completes, and what was typed is kept for the next chat', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chat-'));
  const historyFile = join(folder, 'history');
  const asTerminal = async (typed: string, candidate = '/brief ') => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const said: string[] = [];
    const say = async (line: string) => {
      said.push(line);
      input.end();
      return 'ok';
    };
    const ended = chat({
      input,
      output,
      historyFile,
      say,
      complete: async (line) => {
        setImmediate(() => input.write('venezuela\r'));
        return [[candidate], line];
      },
    });
    output.resume();
    input.write(typed);
    await ended;
    return said;
  };
  try {
    expect(await asTerminal('/br\t')).toEqual(['/brief venezuela']);
    expect(await readFile(historyFile, 'utf8')).toBe('/brief venezuela\n');
    expect(await asTerminal('\u001b[A\r')).toEqual(['/brief venezuela']);
    expect(await asTerminal('/br\t', '/brief \u001b[2J')).toEqual(['/brief \ufffd[2Jvenezuela']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
