import type { ChannelView, CompletionsView, MessagesView, MessageView, ProblemView, StateView } from '../wire.ts';

/** A request that was answered with a problem, in a sentence to show. */
export class RequestProblem extends Error {}

const UNREACHED = 'Briefdesk cannot be reached. Is it still running?';

/** The state of the workspace, in the session that this browser has or begins now. */
export async function loadState(): Promise<StateView> {
  const begun = await send('POST', '/chat/session');
  if (begun.status === 403) {
    location.assign('/login?next=/');
    return new Promise(() => {});
  }
  await read<null>(begun);
  return ask('GET', '/chat/state');
}

export const loadMessages = (channel: string, before?: number): Promise<MessagesView> =>
  ask('GET', `/chat/channels/${channel}/messages${before === undefined ? '' : `?before=${before}`}`);

export const say = (channel: string, id: string, line: string): Promise<MessageView> =>
  ask('POST', `/chat/channels/${channel}/lines`, { id, line, timeZone: timeZone() });

/** The browser’s, for briefings at local time. */
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export interface Press {
  command: string;
  options: Record<string, string>;
  /** The message that holds the button. */
  from: string;
}
export const press = (channel: string, id: string, pressed: Press): Promise<MessageView> =>
  ask('POST', `/chat/channels/${channel}/actions`, { id, timeZone: timeZone(), ...pressed });

export const share = (id: string): Promise<MessageView> => ask('POST', `/chat/messages/${id}/share`);
export const unshare = (id: string): Promise<MessageView> => ask('DELETE', `/chat/messages/${id}/share`);
export const createChannel = (name: string): Promise<ChannelView> => ask('POST', '/chat/channels', { name });
export const renameChannel = (id: string, name: string): Promise<void> => ask('PATCH', `/chat/channels/${id}`, { name });
export const payloads = <Payload>(id: string, platform: 'slack' | 'discord'): Promise<Payload[]> =>
  ask('GET', `/chat/messages/${id}/${platform}`);

export const complete = (line: string, signal: AbortSignal): Promise<CompletionsView> =>
  ask('GET', `/chat/complete?line=${encodeURIComponent(line)}`, undefined, signal);

export const problemOf = (error: unknown): string =>
  error instanceof RequestProblem ? error.message : 'Something broke in this page. Reload it.';

async function ask<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  return read<Answer>(await send(method, path, body, signal));
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const sent: RequestInit = { method, ...(signal ? { signal } : {}) };
  if (body !== undefined) Object.assign(sent, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  try {
    return await fetch(path, sent);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestProblem(UNREACHED, { cause: error });
  }
}

async function read<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return JSON.parse('null');
  if (response.ok) return response.json();
  if (response.status === 401) location.reload();
  const { problem }: ProblemView = await response.json().catch(() => ({ problem: UNREACHED }));
  throw new RequestProblem(problem);
}
