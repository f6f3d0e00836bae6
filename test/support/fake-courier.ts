import type { Courier, Delivered, FindResult, SendResult } from '../../src/briefings/courier.ts';
import type { Message } from '../../src/message/document.ts';

/** A clock that stands still until it is moved. */
export interface VirtualClock {
  now(): Date;
  /** Moves to a moment, forwards or backwards. */
  set(at: string | number): void;
  advance(ms: number): void;
  /** Resolves once the clock has moved so far. */
  later(ms: number): Promise<void>;
}

export function createClock(start: string | number): VirtualClock {
  let at = new Date(start).getTime();
  let waiting: { until: number; wake: () => void }[] = [];
  const set = (to: number) => {
    at = to;
    const due = waiting.filter(({ until }) => until <= at);
    waiting = waiting.filter(({ until }) => until > at);
    for (const { wake } of due) wake();
  };
  return {
    now: () => new Date(at),
    set: (to) => set(new Date(to).getTime()),
    advance: (ms) => set(at + ms),
    later: (ms) => new Promise((wake) => waiting.push({ until: at + ms, wake })),
  };
}

/** What a platform does with one message. */
export type Behaviour =
  | 'accept'
  /** It writes the message, and the answer is lost. */
  | 'accept and time out'
  /** The request never reaches it. */
  | 'time out'
  | 'fail before writing'
  | 'fail after writing'
  | { refuse: string }
  | { rateLimit: number }
  /** It takes so many ms to accept. */
  | { slow: number };

export interface Received extends Delivered {
  id: string;
  /** When the channel got it, ms. */
  at: number;
}

/** A receiving platform: what arrived in its channels, and what it was made to do. */
export interface FakeCourier extends Courier {
  /** Every message that a channel got, copies included. */
  received: Received[];
  edits: { id: string; message: Message; key: string; at: number }[];
  told: { owner: string; words: string }[];
  /** How often it was asked whether a message is there. */
  finds: number;
  /** Decides what happens to a message; `tries` counts those with its key so far. */
  behave: (delivered: Delivered, tries: number) => Behaviour;
  behaveOnEdit: (delivered: Delivered, tries: number) => Behaviour;
  find: Courier['find'];
  canFind: boolean;
}

export function createFakeCourier(
  clock: VirtualClock,
  limits: Pick<Courier, 'perSecond' | 'perSecondInAll'> = { perSecond: 1000 },
): FakeCourier {
  const tries = new Map<string, number>();
  const tried = (key: string) => {
    tries.set(key, (tries.get(key) ?? 0) + 1);
    return tries.get(key) ?? 1;
  };

  async function answer(behaviour: Behaviour, write: () => string): Promise<SendResult> {
    if (behaviour === 'accept') return { outcome: 'sent', externalId: write() };
    if (behaviour === 'time out') return { outcome: 'retry', reason: 'no answer in time', mayHaveArrived: true };
    if (behaviour === 'fail before writing') return { outcome: 'retry', reason: 'error 503', mayHaveArrived: true };
    if (behaviour === 'accept and time out') {
      write();
      return { outcome: 'retry', reason: 'no answer in time', mayHaveArrived: true };
    }
    if (behaviour === 'fail after writing') {
      write();
      return { outcome: 'retry', reason: 'error 500', mayHaveArrived: true };
    }
    if ('refuse' in behaviour) return { outcome: 'refused', reason: behaviour.refuse };
    if ('slow' in behaviour) {
      await clock.later(behaviour.slow);
      return { outcome: 'sent', externalId: write() };
    }
    return { outcome: 'retry', reason: 'rate limited', afterSeconds: behaviour.rateLimit, mayHaveArrived: false };
  }

  const courier: FakeCourier = {
    ...limits,
    received: [],
    edits: [],
    told: [],
    finds: 0,
    canFind: true,
    behave: () => 'accept',
    behaveOnEdit: () => 'accept',

    send: (delivered) =>
      answer(courier.behave(delivered, tried(delivered.key)), () => {
        const id = `m${courier.received.length + 1}`;
        courier.received.push({ ...delivered, id, at: clock.now().getTime() });
        return id;
      }),

    async find(_destination, key): Promise<FindResult> {
      courier.finds++;
      if (!courier.canFind) return { outcome: 'cannot', reason: 'the history may not be read' };
      const found = courier.received.find((one) => one.key === key);
      return found ? { outcome: 'found', externalId: found.id } : { outcome: 'absent' };
    },

    edit: (id, delivered) =>
      answer(courier.behaveOnEdit(delivered, tried(delivered.key)), () => {
        courier.edits.push({ id, message: delivered.message, key: delivered.key, at: clock.now().getTime() });
        return id;
      }),

    async tell(owner, _destination, message) {
      courier.told.push({ owner, words: message.title });
    },

    linkTo: (_destination, id) => `https://chat.example/${id}`,
  };
  return courier;
}
