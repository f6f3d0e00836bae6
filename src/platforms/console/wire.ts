import type { Message } from '../../message/document.ts';

/** What the server and the chat in the browser tell each other, as JSON. */

export interface ChannelView {
  id: string;
  name: string;
  revision: number;
}

export interface MessageView {
  id: string;
  channel: string;
  /** “You”, or a name that says only that it is somebody else. */
  by: string;
  own: boolean;
  visibility: 'private' | 'public';
  outcome: 'message' | 'ask' | 'failed';
  /** What was asked, as a line to type. */
  line: string;
  message: Message;
  /** Milliseconds since 1970. */
  created: number;
  position: number;
  revision: number;
}

export interface CommandView {
  name: string;
  description: string;
}

export interface StateView {
  channels: ChannelView[];
  commands: CommandView[];
  /** Lines that work in this archive, for whoever starts. */
  examples: string[];
  /** How many drafts wait for review. */
  toReview: number;
  /** Whether there is something to sign out of. */
  signedIn: boolean;
  revision: number;
  version: string;
}

export interface MessagesView {
  messages: MessageView[];
  /** Older messages are on file. */
  earlier: boolean;
}

export interface ChangesView {
  channels: ChannelView[];
  messages: MessageView[];
  /** Ids of messages that were taken back. */
  gone: string[];
}

export interface CompletionsView {
  /** The end of the line that a candidate replaces. */
  replaced: string;
  candidates: CandidateView[];
}

export interface CandidateView {
  /** What to put in its place. */
  value: string;
  label: string;
  about: string;
}

export interface ProblemView {
  /** One sentence for the caller. */
  problem: string;
}
