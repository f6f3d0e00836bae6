import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { ChangesView, MessageView } from '../wire.ts';
import { follow } from './live.ts';
import * as requests from './requests.ts';
import { change, nothingYet, type Waiting, type Workspace } from './workspace.ts';

export interface Desk {
  workspace: Workspace;
  ready: boolean;
  connected: boolean;
  problem: string | undefined;
  /** For screen readers: what just arrived. */
  news: string;
  open: (channel: string) => void;
  say: (line: string) => Promise<MessageView | undefined>;
  retry: (waiting: Waiting) => Promise<MessageView | undefined>;
  drop: (waiting: Waiting) => void;
  run: (
    message: MessageView,
    action: { label: string; command: string; options: Record<string, string> },
  ) => Promise<MessageView>;
  share: (message: MessageView, is: boolean) => Promise<void>;
  earlier: () => Promise<void>;
  createChannel: (name: string) => Promise<void>;
  renameChannel: (name: string) => Promise<void>;
}

const LAST_CHANNEL = 'channel';

/** The workspace of this window: loaded once, then kept up to date. */
export function useWorkspace(): Desk {
  const [workspace, dispatch] = useReducer(change, nothingYet);
  const [ready, setReady] = useState(false);
  const [connected, setConnected] = useState(true);
  const [problem, setProblem] = useState<string>();
  const [news, setNews] = useState('');
  const [loads, setLoads] = useState(0);
  const known = useRef(workspace);
  known.current = workspace;
  /** The message that the address names, until it was shown. */
  const linked = useRef<string | undefined>(undefined);

  const apply = useCallback((changes: ChangesView) => {
    dispatch({ type: 'changed', changes });
    const said = changes.messages.filter(({ channel }) => channel === known.current.current).map(announcement);
    if (said.length > 0) setNews(said.join(' '));
  }, []);

  useEffect(() => {
    let stop = () => {};
    let gone = false;
    requests.loadState().then(
      (state) => {
        if (gone) return;
        const [channel = '', message] = decodeURIComponent(location.hash.slice(1)).split('/');
        linked.current = message;
        const wanted = [channel, sessionStorage.getItem(LAST_CHANNEL)];
        const current = state.channels.find(({ id, name }) => wanted.includes(name) || wanted.includes(id)) ?? state.channels[0];
        dispatch({ type: 'loaded', state, current: current?.id ?? '' });
        setReady(true);
        setProblem(undefined);
        stop = follow(state.revision, { changes: apply, reset: () => setLoads((count) => count + 1), connected: setConnected });
      },
      (error: unknown) => setProblem(requests.problemOf(error)),
    );
    return () => {
      gone = true;
      stop();
    };
  }, [loads, apply]);

  const { current, feeds, channels } = workspace;
  const name = channels.find(({ id }) => id === current)?.name;
  const missing = ready && current !== '' && feeds[current] === undefined;
  useEffect(() => {
    if (!missing) return;
    requests.loadMessages(current).then(
      (shown) => dispatch({ type: 'feed', channel: current, shown }),
      (error: unknown) => setProblem(requests.problemOf(error)),
    );
  }, [missing, current]);

  useEffect(() => {
    if (name === undefined) return;
    history.replaceState(null, '', `#${encodeURIComponent(name)}`);
    sessionStorage.setItem(LAST_CHANNEL, current);
    document.title = `#${name} · Briefdesk`;
  }, [name, current]);

  const shown = feeds[current] !== undefined;
  useEffect(() => {
    if (!shown || linked.current === undefined) return;
    document.getElementById(`message-${linked.current}`)?.scrollIntoView({ block: 'start' });
    linked.current = undefined;
  }, [shown]);

  const send = async (waiting: Waiting): Promise<MessageView | undefined> => {
    dispatch({ type: 'asked', waiting });
    try {
      const message = await requests.say(waiting.channel, waiting.id, waiting.line);
      apply({ channels: [], messages: [message], gone: [] });
      return message;
    } catch (error) {
      dispatch({ type: 'failed', id: waiting.id, problem: requests.problemOf(error) });
      return undefined;
    }
  };

  return {
    workspace,
    ready,
    connected,
    problem,
    news,
    open: (channel) => dispatch({ type: 'opened', channel }),
    say: (line) => send({ id: newId(), channel: current, line }),
    retry: ({ id, channel, line }) => send({ id, channel, line }),
    drop: ({ id }) => dispatch({ type: 'dropped', id }),
    async run(message, { command, options }) {
      const answer = await requests.press(message.channel, newId(), { command, options, from: message.id });
      apply({ channels: [], messages: [answer], gone: [] });
      return answer;
    },
    async share(message, is) {
      const changed = await (is ? requests.share(message.id) : requests.unshare(message.id));
      apply({ channels: [], messages: [changed], gone: [] });
    },
    async earlier() {
      const shown = await requests.loadMessages(current, feeds[current]?.messages[0]?.position);
      dispatch({ type: 'feed', channel: current, shown });
    },
    async createChannel(typed) {
      const made = await requests.createChannel(typed);
      dispatch({ type: 'changed', changes: { channels: [made], messages: [], gone: [] } });
      dispatch({ type: 'opened', channel: made.id });
    },
    renameChannel: (typed) => requests.renameChannel(current, typed),
  };
}

function announcement({ own, by, outcome, visibility, message }: MessageView): string {
  if (!own) return `${by} shared: ${message.title}`;
  if (outcome === 'failed') return `Problem: ${message.title}`;
  return `${visibility === 'public' ? 'Shared' : 'Answer'}: ${message.title}`;
}

/** crypto.randomUUID is there on secure origins alone. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
