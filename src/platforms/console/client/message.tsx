import { useState } from 'preact/hooks';
import type { Action } from '../../../message/document.ts';
import type { MessageView } from '../wire.ts';
import { Document } from './document.tsx';
import { Eye, Lock, Share, Undo } from './icons.tsx';
import { type Platform, PlatformView } from './platform-view.tsx';
import { problemOf } from './requests.ts';
import { shown } from './shown.ts';

type RunAction = Extract<Action, { type: 'run' }>;
type View = 'plain' | Platform;
const VIEWS: [View, string][] = [
  ['plain', 'Plain'],
  ['slack', 'Slack'],
  ['discord', 'Discord'],
];

export interface MessageProps {
  message: MessageView;
  channel: string;
  onRun: (message: MessageView, action: RunAction) => Promise<void>;
  onShare: (message: MessageView, share: boolean) => Promise<void>;
}

/** What was asked, and its answer. */
export function MessageItem({ message, channel, onRun, onShare }: MessageProps) {
  const [view, setView] = useState<View>('plain');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const failed = message.outcome === 'failed';
  const during = (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    void work()
      .catch((error: unknown) => setProblem(problemOf(error)))
      .finally(() => setBusy(false));
  };

  return (
    <li class="exchange" id={`message-${message.id}`}>
      {message.line === '' ? null : <Asked by={message.by} line={message.line} created={message.created} />}
      <article
        class={`answer ${message.visibility}${failed ? ' failed' : ''}`}
        aria-label={`${failed ? 'Problem' : 'Answer'}: ${message.message.title}`}
        tabIndex={-1}
      >
        {message.visibility === 'private' ? (
          <p class="badge">
            <Lock /> Only you can see this
          </p>
        ) : message.own ? (
          <p class="badge">
            <Eye /> You shared this in #{channel}
          </p>
        ) : null}
        {view === 'plain' ? (
          <Document message={message.message} busy={busy} onRun={(action) => during(() => onRun(message, action))} />
        ) : (
          <PlatformView message={message} platform={view} />
        )}
        {problem === undefined ? null : (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <footer>
          {message.own && message.outcome === 'message' ? (
            <button
              type="button"
              class={message.visibility === 'private' ? 'share' : 'quiet'}
              aria-disabled={busy}
              onClick={() => during(() => onShare(message, message.visibility === 'private'))}
            >
              {message.visibility === 'private' ? <Share /> : <Undo />}
              {message.visibility === 'private' ? 'Share in channel' : 'Undo share'}
            </button>
          ) : null}
          <fieldset class="views">
            <legend class="unseen">How to show this answer</legend>
            {VIEWS.map(([value, label]) => (
              <label key={value}>
                <input
                  type="radio"
                  name={`view-${message.id}`}
                  value={value}
                  checked={view === value}
                  onChange={() => setView(value)}
                />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
        </footer>
      </article>
    </li>
  );
}

export function Asked({ by, line, created }: { by: string; line: string; created: number }) {
  const at = new Date(created);
  return (
    <p class="asked">
      <span class="who">{by}</span>
      <code dir="auto">{shown(line)}</code>
      <time dateTime={at.toISOString()} title={at.toLocaleString()}>
        {timeOf(at)}
      </time>
    </p>
  );
}

function timeOf(at: Date): string {
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const today = new Date().toDateString() === at.toDateString();
  return today ? time : `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
}
