import type { ComponentChildren } from 'preact';
import type { MessageView } from '../wire.ts';
import { Asked, MessageItem, type MessageProps } from './message.tsx';
import { Skeleton } from './platform-view.tsx';
import type { Feed, Waiting } from './workspace.ts';

export interface FeedProps extends Omit<MessageProps, 'message'> {
  feed: Feed | undefined;
  waiting: readonly Waiting[];
  examples: readonly string[];
  onSay: (line: string) => void;
  onRetry: (waiting: Waiting) => void;
  onDrop: (waiting: Waiting) => void;
  onEarlier: () => void;
}

/** The messages of a channel, oldest first. */
export function FeedView({ feed, waiting, examples, onSay, onRetry, onDrop, onEarlier, ...rest }: FeedProps) {
  if (!feed) return <Skeleton />;
  if (feed.messages.length === 0 && waiting.length === 0)
    return <Welcome channel={rest.channel} examples={examples} onSay={onSay} />;
  return (
    <ol class="feed">
      {feed.earlier ? (
        <li class="earlier">
          <button type="button" class="quiet" onClick={onEarlier}>
            Earlier messages
          </button>
        </li>
      ) : null}
      {withDays(feed.messages, (message) => (
        <MessageItem key={message.id} message={message} {...rest} />
      ))}
      {waiting.map((one) => (
        <li class="exchange" key={one.id}>
          <Asked by="You" line={one.line} created={Date.now()} />
          {one.problem === undefined ? (
            <div class="answer waiting">
              <Skeleton />
            </div>
          ) : (
            <div class="answer failed">
              <p role="alert">{one.problem}</p>
              <div class="actions">
                <button type="button" class="action" onClick={() => onRetry(one)}>
                  Try again
                </button>
                <button type="button" class="action" onClick={() => onDrop(one)}>
                  Leave it
                </button>
              </div>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Welcome({ channel, examples, onSay }: { channel: string; examples: readonly string[]; onSay: (line: string) => void }) {
  return (
    <div class="welcome">
      <h2>Ask the archive</h2>
      <p>
        Type <kbd>/</kbd> for what Briefdesk can do: briefings, verbatim quotes, who said what. Answers in #{channel} are yours
        alone until you share them.
      </p>
      {examples.length === 0 ? null : (
        <>
          <p class="try" id="try">
            Try one
          </p>
          <ul aria-labelledby="try">
            {examples.slice(0, 5).map((line) => (
              <li key={line}>
                <button type="button" onClick={() => onSay(line)}>
                  <code>{line}</code>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function withDays(messages: readonly MessageView[], item: (message: MessageView) => ComponentChildren): ComponentChildren[] {
  let day = '';
  return messages.flatMap((message) => {
    const at = new Date(message.created);
    const own = at.toDateString();
    const changed = own !== day;
    day = own;
    const name = at.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    const heading = (
      <li class="day" key={`${own} ${message.id}`}>
        <span>{own === new Date().toDateString() ? 'Today' : name}</span>
      </li>
    );
    return changed ? [heading, item(message)] : [item(message)];
  });
}
