import type { Destination } from '../../briefings/subscription.ts';

/** Where a message can be seen: `url` is the address of the workspace, `ts` the id of the message. */
export function permalink(url: string | undefined, { channel, thread }: Destination, ts: string): string | undefined {
  if (url === undefined) return undefined;
  const message = `${url.replace(/\/$/, '')}/archives/${channel}/p${ts.replace('.', '')}`;
  return thread === undefined ? message : `${message}?thread_ts=${thread}&cid=${channel}`;
}
