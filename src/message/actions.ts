import type { Action } from './document.ts';

type RunAction = Extract<Action, { type: 'run' }>;

/** What a button carries to run its action again: at most 100 characters, the same for the same action. */
export type ActionEncoder = (action: RunAction) => string;

// https://docs.discord.com/developers/components/reference#anatomy-of-a-component
const MAX_ID = 100;
const SEPARATOR = '|';
/** Slack escapes & < > in what it sends back, so they never stand in an id. */
const ESCAPES: Record<string, string> = { '\\': '\\', '|': 'p', '&': 'a', '<': 'l', '>': 'g' };
const UNESCAPES: Record<string, string> = Object.fromEntries(Object.entries(ESCAPES).map(([of, written]) => [written, of]));

/** Command and options in at most 100 characters, read back by `decodeAction`; undefined when they do not fit. */
export function encodeAction({ command, options }: Pick<RunAction, 'command' | 'options'>): string | undefined {
  const id = [command, ...Object.entries(options).flat()].map(escaped).join(SEPARATOR);
  return id.length <= MAX_ID && !/\p{Cs}/u.test(id) ? id : undefined;
}

/** The command and the options of an id made by `encodeAction`; undefined for anything else. */
export function decodeAction(id: string): { command: string; options: Record<string, string> } | undefined {
  const [command = '', ...rest] = id.split(SEPARATOR);
  if (!/^[a-z]+$/.test(command) || rest.length % 2 === 1 || rest.some((piece) => !WELL_ESCAPED.test(piece))) return undefined;
  const pairs = rest.flatMap((key, index) =>
    index % 2 === 0 ? [[unescaped(key), unescaped(rest[index + 1] ?? '')] as const] : [],
  );
  return { command, options: Object.fromEntries(pairs) };
}

const WELL_ESCAPED = /^(?:[^\\]|\\[\\palg])*$/s;
const escaped = (piece: string): string => piece.replace(/[\\|&<>]/g, (one) => `\\${ESCAPES[one] ?? ''}`);
const unescaped = (piece: string): string => piece.replace(/\\(.)/g, (_, one: string) => UNESCAPES[one] ?? '');
