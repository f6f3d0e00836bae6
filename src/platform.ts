import type { Courier } from './briefings/courier.ts';

/** Where people type commands: Slack, Discord, the local console. */
export interface Platform {
  name: string;
  start(): Promise<void>;
  /** Finishes the answers under way, then closes. */
  stop(): Promise<void>;
  /** How digests travel there. */
  courier: Courier;
}

/** What a look at one piece found: that it is fine, or a problem and what to do about it. */
export interface Finding {
  isFine: boolean;
  what: string;
  remedy?: string;
}
