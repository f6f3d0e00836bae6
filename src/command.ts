import type { z } from 'zod';
import type { Destination } from './briefings/subscription.ts';
import type { ContentStatus } from './content/status.ts';
import type { Log } from './log.ts';
import type { Message } from './message/document.ts';
import type { BriefingStore } from './store/briefings.ts';
import type { Store } from './store/store.ts';

/** One request, the same from every platform. Options are as typed: strings, checked by the command's schema in dispatch. */
export interface Invocation {
  command: string;
  options: Record<string, string>;
  caller: Caller;
  place: Place;
}

export interface Caller {
  id: string;
  name: string;
}

export interface Place {
  platform: string;
  workspace: string;
  channel: string;
  thread?: string | undefined;
  /** As people call the channel. */
  channelName?: string | undefined;
}

/** A channel that a caller has named, or a thread in it, where the bot can post as far as is known. */
export interface KnownChannel {
  channel: string;
  thread?: string | undefined;
  /** As people call it: “#policy”; undefined where the platform does not tell. */
  name?: string | undefined;
  /** Of a forum, where each message is a post of its own. */
  tags?: { names: readonly string[]; isRequired: boolean } | undefined;
}

export type ChannelFound =
  | { outcome: 'found'; channel: KnownChannel }
  /** `nearest`: what may have been meant, to be typed in its place; all of them where nothing was typed. */
  | { outcome: 'unknown'; reason: string; nearest: readonly Completion[] };

/** What only the platform knows of a caller and a channel; asked when a command needs it. */
export interface Asks {
  /** Whether the caller may change the briefings of this channel. */
  mayManage(channel: string): Promise<boolean>;
  /** The channel that is meant by an id, a name, a link, or as the platform writes it; only what the caller may see. */
  channel(typed: string): Promise<ChannelFound>;
  /** The caller's time zone (IANA), where the platform tells it. */
  timeZone(): Promise<string | undefined>;
  /** Where a message that was sent can be seen. */
  linkTo(destination: Destination, externalId: string): string | undefined;
}

/** What a command works with. Time is passed in. */
export interface Context {
  store: Store;
  now: Date;
  content: ContentStatus;
  log: Log;
  commands: ReadonlyMap<string, AnyCommand>;
  briefings: BriefingStore;
  caller: Caller;
  place: Place;
  asks: Asks;
  /** A new short id, five letters and digits. */
  newId(): string;
}

export type Answer =
  | { type: 'message'; message: Message }
  /** A choice that only the caller can make; each choice is the next invocation. */
  | { type: 'ask'; message: Message };

export interface Completion {
  /** What to put into the option. */
  value: string;
  /** What to show while choosing. */
  label: string;
}

/** Fills in an invocation of many options where a platform has forms; elsewhere, and by whoever prefers it, they are typed. */
export interface Form<Option extends string = string> {
  /** The options of the invocation that it completes, such as those of `/briefings add`. */
  completes: Record<string, string>;
  title: string;
  submit: string;
  /** Whether the answer to these options offers the form. */
  isOfferedBy(options: Record<string, string>): boolean;
  fields: readonly Field<Option>[];
}

export interface Field<Option extends string = string> {
  option: Option;
  label: string;
  hint?: string;
  /** Free words; one or several of what the option completes to; one of few choices; what the platform calls a channel or a group. */
  takes: 'words' | 'one' | 'several' | 'choice' | 'channel' | 'mention';
  isRequired?: boolean;
  initial?: (asks: Asks) => Promise<string | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: the shape of each command's options is known to the command alone
export type AnyCommand = Command<any>;

export interface Command<Options extends z.ZodObject> {
  name: string;
  description: string;
  options: Options;
  /** Options of an invocation that works in this archive: for help and for errors. */
  example?: (context: Context) => Promise<Record<string, string>>;
  /** The option that free words go into. */
  words?: Extract<keyof z.infer<Options>, string>;
  /** Options that can be completed while typing, best first; called with an empty string before the first letter. */
  complete?: { [Name in Extract<keyof z.infer<Options>, string>]?: (typed: string, context: Context) => Promise<Completion[]> };
  form?: Form<Extract<keyof z.infer<Options>, string>>;
  run(options: z.infer<Options>, context: Context): Promise<Answer>;
}

export function defineCommand<Options extends z.ZodObject>(command: Command<Options>): Command<Options> {
  return command;
}

export const message = (of: Message): Answer => ({ type: 'message', message: of });
export const ask = (of: Message): Answer => ({ type: 'ask', message: of });
