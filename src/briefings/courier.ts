import type { Message } from '../message/document.ts';
import type { Destination } from './subscription.ts';

export type SendResult =
  | { outcome: 'sent'; externalId: string }
  /** Rate limits, server errors, network. Where it may have arrived, the channel is asked before it is sent again. */
  | { outcome: 'retry'; reason: string; afterSeconds?: number; mayHaveArrived: boolean }
  /** The channel is gone or closed to the bot: it is of no use to try again. */
  | { outcome: 'refused'; reason: string };

export type FindResult =
  | { outcome: 'found'; externalId: string }
  | { outcome: 'absent' }
  /** The platform does not let this bot look. */
  | { outcome: 'cannot'; reason: string }
  | { outcome: 'retry'; reason: string; afterSeconds?: number };

/** Tags of a forum that are for briefings by their name. */
export const OWN_TAG = /^briefings?$/i;

export interface Delivered {
  destination: Destination;
  message: Message;
  /** The same for every try of one delivery: the platform, or the bot itself, tells a second copy by it. At most 25 characters. */
  key: string;
  /** Group or role to mention before the message. */
  mention?: string | undefined;
  /** Tag for a post of its own in a forum; left out, one that is called “briefings” where there is one. */
  tag?: string | undefined;
  /** An earlier try may have arrived, after this moment (ms). */
  mayBeThereSince?: number | undefined;
}

/** How digests travel on one platform. None of these rejects, and each ends within a minute: after two a delivery is taken over. */
export interface Courier {
  /** Messages that one workspace takes in a second … */
  perSecond: number;
  /** … and all of them together, where the platform counts the bot as a whole. */
  perSecondInAll?: number | undefined;
  send(delivered: Delivered): Promise<SendResult>;
  /** Whether a delivery with this key is in the channel; it was not sent before `since` (ms). */
  find(destination: Destination, key: string, since: number): Promise<FindResult>;
  /** Puts another message in the place of one that was sent; answers in its thread, once, where it cannot be edited. */
  edit(externalId: string, delivered: Delivered): Promise<SendResult>;
  /** A private word to the owner of a subscription. */
  tell(owner: string, destination: Destination, message: Message): Promise<void>;
  /** Where a message can be seen. */
  linkTo(destination: Destination, externalId: string): string | undefined;
}
