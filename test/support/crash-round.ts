/** What a process of the crash test is told. */
export interface Round {
  database: string;
  /** Of the platform that receives. */
  url: string;
  /** Its clock at the start, ms. */
  start: number;
  ticks: number;
  tickMs: number;
  /** Where it dies, when it passes there for the nth time. */
  kill?: { point: string; nth: number };
}

export const PLATFORM = 'loopback';

export const KILL_POINTS = [
  ...['plan', 'claim', 'sending', 'send', 'find', 'record', 'recordDigest'].flatMap((step) => [
    `before ${step}`,
    `after ${step}`,
  ]),
  'during send',
  'during find',
];
