import { randomUUID } from 'node:crypto';
import type { Courier } from '../../briefings/courier.ts';
import type { ConsoleStore } from '../../store/console.ts';

/** Whose messages these are: of nobody who signs in. */
const BOT = 'briefdesk';
/** A local table takes as many as there are. */
const PER_SECOND = 1000;

/** Delivers digests into the console's channels; the key of a delivery is the id of its message, so none is there twice. */
export function consoleCourier({
  store,
  now,
  changed,
  address,
}: {
  store: ConsoleStore;
  now: () => Date;
  changed: () => void;
  address: () => string;
}): Courier {
  return {
    perSecond: PER_SECOND,

    async send({ destination, message, key }) {
      if (!(await store.channels()).some(({ id }) => id === destination.channel))
        return { outcome: 'refused', reason: 'the channel is gone' };
      if (!(await store.message(key))) {
        await store.addMessage({
          ...asContent(message),
          id: key,
          channel: destination.channel,
          owner: BOT,
          visibility: 'public',
          at: now(),
        });
        changed();
      }
      return { outcome: 'sent', externalId: key };
    },

    async find(_destination, key) {
      return (await store.message(key)) ? { outcome: 'found', externalId: key } : { outcome: 'absent' };
    },

    async edit(externalId, { message }) {
      const edited = await store.editMessage(externalId, asContent(message));
      changed();
      return edited ? { outcome: 'sent', externalId } : { outcome: 'refused', reason: 'the message is gone' };
    },

    async tell(owner, { channel }, message) {
      await store.addMessage({ ...asContent(message), id: randomUUID(), channel, owner, visibility: 'private', at: now() });
      changed();
    },

    linkTo: ({ channel }, externalId) => `${address()}/#${channel}/${externalId}`,
  };
}

const asContent = (message: Parameters<Courier['send']>[0]['message']) => ({
  outcome: 'message' as const,
  line: '',
  command: '',
  options: {},
  message,
});
