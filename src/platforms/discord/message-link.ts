import type { Destination } from '../../briefings/subscription.ts';

/** A post of its own in a forum is a thread of the same id as its first message. */
const POST = 'post:';

export const postId = (thread: string): string => `${POST}${thread}`;

/** The channel and the message that an external id means. */
export function located({ channel, thread }: Destination, externalId: string): { channel: string; message: string } {
  if (!externalId.startsWith(POST)) return { channel: thread ?? channel, message: externalId };
  const id = externalId.slice(POST.length);
  return { channel: id, message: id };
}

/** Where somebody who is signed in to Discord sees the message. */
export function messageLink(destination: Destination, externalId: string): string {
  const { channel, message } = located(destination, externalId);
  return `https://discord.com/channels/${destination.workspace}/${channel}/${message}`;
}
