import type { Asks } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { failureOf } from './errors.ts';
import { findChannel } from './find-channel.ts';
import { permalink } from './permalink.ts';
import type { Client, From, Listening } from './slack-bot.ts';

interface Asking {
  client: Client;
  /** Who asks, and where. */
  from: From;
  listening: Pick<Listening, 'managers' | 'clients' | 'noticed'>;
}

/** What only Slack knows of a caller; asked when a command needs it. */
export function createAsks({ client, from, listening }: Asking): Asks {
  const { workspace, channel: here } = from.place;
  const caller = from.caller.id;
  return {
    async mayManage(channel) {
      const isDirect = channel.startsWith('D');
      // A direct message belongs to who is in it.
      if (listening.managers.includes(caller) || (isDirect && channel === here)) return true;
      const [about, role] = await Promise.all([
        asked(async () => (await client.conversations.info({ channel })).channel),
        asked(async () => (await client.users.info({ user: caller })).user),
      ]);
      if (isDirect) return about !== undefined && 'user' in about && about.user === caller;
      return about?.creator === caller || role?.is_admin === true || role?.is_owner === true;
    },

    channel: (typed) => findChannel(typed, { client, from, asked }),

    async timeZone() {
      const known = await asked(async () => (await client.users.info({ user: caller })).user?.tz);
      return known === '' ? undefined : known;
    },

    linkTo(destination, externalId) {
      const url = listening.clients.urlOf(workspace);
      // Known the next time.
      if (url === undefined) listening.clients.of(workspace).catch(listening.noticed);
      return permalink(url, destination, externalId);
    },
  };

  /** Undefined where Slack does not let the bot know. */
  async function asked<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await ask();
    } catch (error) {
      listening.noticed(error);
      const failure = failureOf(error);
      if (failure.type === 'refused') return undefined;
      throw new CallerError(`${failure.reason}, so it is not known what you may do here. Try again in a minute.`);
    }
  }
}
