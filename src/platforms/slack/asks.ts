import type { Asks } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { failureOf } from './errors.ts';
import { permalink } from './permalink.ts';
import type { Client, Listening } from './slack-bot.ts';

interface Asking {
  client: Client;
  workspace: string;
  caller: string;
  listening: Pick<Listening, 'managers' | 'clients' | 'noticed'>;
}

/** What only Slack knows of a caller; asked when a command needs it. */
export function createAsks({ client, workspace, caller, listening }: Asking): Asks {
  return {
    async mayManage(channel) {
      // A direct message belongs to who is in it.
      if (listening.managers.includes(caller) || channel.startsWith('D')) return true;
      const [creator, role] = await Promise.all([
        asked(async () => (await client.conversations.info({ channel })).channel?.creator),
        asked(async () => (await client.users.info({ user: caller })).user),
      ]);
      return creator === caller || role?.is_admin === true || role?.is_owner === true;
    },

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
