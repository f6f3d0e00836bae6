import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ConsoleStore } from '../../store/console.ts';
import { viewOf } from './answers.ts';
import type { ChangesView } from './wire.ts';

const A_BATCH = 50;
const KEEP_ALIVE_MS = 20_000;
const MAX_STREAMS = 200;
const MAX_STREAMS_A_CALLER = 16;

/** Open windows. A change only wakes them: each asks the store for what it has not sent, so nothing is lost or doubled. */
export interface Windows {
  changed: () => void;
  /** A stream of all changes after the revision that the window has seen. */
  open(c: Context, caller: string, seen: number): Promise<Response> | Response;
  close: () => void;
}

export function createWindows(store: ConsoleStore): Windows {
  const windows = new Set<{ caller: string; wake: () => void }>();
  let closed = false;

  return {
    changed() {
      for (const { wake } of windows) wake();
    },

    async open(c, caller, seen) {
      const own = [...windows].filter((one) => one.caller === caller).length;
      if (closed || windows.size >= MAX_STREAMS || own >= MAX_STREAMS_A_CALLER) {
        return c.json({ problem: 'Too many windows are open.' }, 503);
      }
      // A window that has seen more than there is comes from another database: it must load anew.
      const foreign = seen > (await store.revision());
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, async (stream) => {
        let wake = () => {};
        let stirred = true;
        const window = {
          caller,
          wake: () => {
            stirred = true;
            wake();
          },
        };
        windows.add(window);
        stream.onAbort(window.wake);
        try {
          if (foreign) await stream.writeSSE({ event: 'reset', data: '{}' });
          else await stream.writeSSE({ event: 'ready', data: '{}', retry: 1000 });
          let sent = seen;
          while (!foreign && !closed && !stream.aborted) {
            if (stirred) {
              stirred = false;
              const changes = await store.changesSince(sent, caller, A_BATCH);
              if (changes.revision > sent) {
                sent = changes.revision;
                stirred = true;
                const data: ChangesView = {
                  channels: changes.channels,
                  messages: changes.messages.flatMap((one) => viewOf(one, caller) ?? []),
                  gone: changes.gone,
                };
                await stream.writeSSE({ event: 'changes', id: String(sent), data: JSON.stringify(data) });
              }
              continue;
            }
            await new Promise<void>((resolve) => {
              const timer = setTimeout(() => resolve(), KEEP_ALIVE_MS);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
              if (stirred || closed) wake();
            });
            if (!stirred && !closed) await stream.write(': still here\n\n');
          }
        } finally {
          windows.delete(window);
        }
      });
    },

    close() {
      closed = true;
      for (const { wake } of windows) wake();
    },
  };
}
