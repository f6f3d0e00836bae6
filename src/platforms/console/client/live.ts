import type { ChangesView } from '../wire.ts';

export interface Live {
  changes: (changes: ChangesView) => void;
  /** The server has another database than before: all must be loaded anew. */
  reset: () => void;
  connected: (is: boolean) => void;
}

const RETRY_MS = 2000;

/**
 * Follows what happens after a revision, until the returned function is called. A hidden window lets go of its connection (a browser has
 * six for one server) and asks for what it missed when it is looked at again.
 */
export function follow(after: number, { changes, reset, connected }: Live): () => void {
  let seen = after;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const start = () => {
    stop();
    const opened = new EventSource(`/chat/events?after=${seen}`);
    source = opened;
    opened.addEventListener('ready', () => connected(true));
    opened.addEventListener('reset', () => {
      stop();
      reset();
    });
    opened.addEventListener('changes', (event) => {
      seen = Math.max(seen, Number(event.lastEventId));
      changes(JSON.parse(event.data));
    });
    opened.addEventListener('error', () => {
      connected(false);
      // The browser tries again by itself unless the answer was not a stream.
      if (opened.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(start, RETRY_MS);
    });
  };
  const looked = () => (document.hidden ? stop() : start());
  document.addEventListener('visibilitychange', looked);
  if (!document.hidden) start();
  return () => {
    document.removeEventListener('visibilitychange', looked);
    stop();
  };
}
