import type { Selectable } from 'kysely';
import type { Message } from '../message/document.ts';
import type { Database } from './sqlite.ts';
import type { Tables } from './tables.ts';
import type { AnyDatabase } from './writing.ts';

export interface Channel {
  id: string;
  name: string;
  revision: number;
}

/** What a message shows and what it answers. */
export interface MessageContent {
  outcome: 'message' | 'ask' | 'failed';
  /** What was typed or pressed, as a line to type. */
  line: string;
  command: string;
  options: Record<string, string>;
  message: Message;
}

export interface ConsoleMessage extends MessageContent {
  id: string;
  channel: string;
  /** Who asked: the hash of a session. */
  owner: string;
  /** `withdrawn`: it was public and is again for its owner alone. */
  visibility: 'private' | 'public' | 'withdrawn';
  /** Milliseconds since 1970. */
  created: number;
  position: number;
  revision: number;
}

/** What changed after a revision, as one caller may see it; `gone` are messages that were taken back. */
export interface Changes {
  channels: Channel[];
  messages: ConsoleMessage[];
  gone: string[];
  revision: number;
}

export type Renamed = 'renamed' | 'name taken' | 'not found';

/** Channels and messages of the console. Every write takes the next revision, so that a window can ask for all since its last. */
export interface ConsoleStore {
  channels(): Promise<Channel[]>;
  /** Undefined where the name is taken. */
  createChannel(channel: { id: string; name: string; at: Date }): Promise<Channel | undefined>;
  renameChannel(id: string, name: string): Promise<Renamed>;
  /** The newest that the caller may see, oldest first; `before` is a position. */
  messages(of: { channel: string; caller: string; before?: number | undefined; limit: number }): Promise<ConsoleMessage[]>;
  message(id: string): Promise<ConsoleMessage | undefined>;
  addMessage(message: Omit<ConsoleMessage, 'position' | 'revision' | 'created'> & { at: Date }): Promise<ConsoleMessage>;
  /** Puts another page in the place of a private answer. */
  replaceMessage(id: string, content: MessageContent): Promise<ConsoleMessage | undefined>;
  /** Puts other words in the place of a message that everybody sees; false where it is gone. */
  editMessage(id: string, content: MessageContent): Promise<boolean>;
  /** A shared message moves to the end of its channel, where the others will look for it. */
  setVisibility(id: string, visibility: 'public' | 'withdrawn'): Promise<ConsoleMessage | undefined>;
  changesSince(revision: number, caller: string, limit: number): Promise<Changes>;
  revision(): Promise<number>;
}

export function openConsoleStore({ read, write }: Database): ConsoleStore {
  const one = async (id: string, db: AnyDatabase = read) => {
    const row = await db.selectFrom('console_message').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toMessage(row);
  };

  return {
    channels: () => read.selectFrom('console_channel').select(['id', 'name', 'revision']).orderBy('created').execute(),

    createChannel: ({ id, name, at }) =>
      write.transaction().execute(async (tx) => {
        const taken = await tx.selectFrom('console_channel').select('id').where('name', '=', name).executeTakeFirst();
        if (taken) return undefined;
        const revision = await nextRevision(tx);
        await tx.insertInto('console_channel').values({ id, name, created: at.getTime(), revision }).execute();
        return { id, name, revision };
      }),

    renameChannel: (id, name) =>
      write.transaction().execute(async (tx): Promise<Renamed> => {
        const taken = await tx.selectFrom('console_channel').select('id').where('name', '=', name).executeTakeFirst();
        if (taken && taken.id !== id) return 'name taken';
        const revision = await nextRevision(tx);
        const [done] = await tx.updateTable('console_channel').set({ name, revision }).where('id', '=', id).execute();
        return done?.numUpdatedRows === 1n ? 'renamed' : 'not found';
      }),

    async messages({ channel, caller, before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await read
        .selectFrom('console_message')
        .selectAll()
        .where('channel', '=', channel)
        .where('position', '<', before)
        .where((eb) => eb.or([eb('owner', '=', caller), eb('visibility', '=', 'public')]))
        .orderBy('position', 'desc')
        .limit(limit)
        .execute();
      return rows.reverse().map(toMessage);
    },

    message: (id) => one(id),

    addMessage: ({ at, options, message, ...rest }) =>
      write.transaction().execute(async (tx) => {
        const revision = await nextRevision(tx);
        const row = {
          ...rest,
          options: JSON.stringify(options),
          doc: JSON.stringify(message),
          created: at.getTime(),
          position: revision,
          revision,
        };
        await tx.insertInto('console_message').values(row).execute();
        return toMessage(row);
      }),

    replaceMessage: (id, { outcome, line, command, options, message }) =>
      write.transaction().execute(async (tx) => {
        const revision = await nextRevision(tx);
        await tx
          .updateTable('console_message')
          .set({ outcome, line, command, options: JSON.stringify(options), doc: JSON.stringify(message), revision })
          .where('id', '=', id)
          .where('visibility', '!=', 'public')
          .execute();
        return one(id, tx);
      }),

    editMessage: (id, { outcome, line, command, options, message }) =>
      write.transaction().execute(async (tx) => {
        const revision = await nextRevision(tx);
        const { numUpdatedRows } = await tx
          .updateTable('console_message')
          .set({ outcome, line, command, options: JSON.stringify(options), doc: JSON.stringify(message), revision })
          .where('id', '=', id)
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),

    setVisibility: (id, visibility) =>
      write.transaction().execute(async (tx) => {
        const before = await one(id, tx);
        if (!before || (before.visibility === 'public') === (visibility === 'public')) return before;
        const revision = await nextRevision(tx);
        const moved = visibility === 'public' ? { position: revision } : {};
        await tx
          .updateTable('console_message')
          .set({ visibility, revision, ...moved })
          .where('id', '=', id)
          .execute();
        return one(id, tx);
      }),

    changesSince: (revision, caller, limit) =>
      // One transaction, so that both lists are of one moment.
      read.transaction().execute(async (tx) => {
        const channels = await tx
          .selectFrom('console_channel')
          .select(['id', 'name', 'revision'])
          .where('revision', '>', revision)
          .orderBy('revision')
          .limit(limit)
          .execute();
        const rows = await tx
          .selectFrom('console_message')
          .selectAll()
          .where('revision', '>', revision)
          .orderBy('revision')
          .limit(limit)
          .execute();
        // Where one of the lists is cut, the other must not run ahead of it.
        const ends = [channels, rows].flatMap((list) => (list.length < limit ? [] : (list.at(-1)?.revision ?? [])));
        const upTo = Math.min(Number.MAX_SAFE_INTEGER, ...ends);
        const changed = rows.filter((row) => row.revision <= upTo);
        const named = channels.filter((channel) => channel.revision <= upTo);
        return {
          channels: named,
          messages: changed.filter((row) => row.owner === caller || row.visibility === 'public').map(toMessage),
          gone: changed.filter((row) => row.owner !== caller && row.visibility === 'withdrawn').map(({ id }) => id),
          revision: Math.max(revision, ...[...named, ...changed].map((change) => change.revision)),
        };
      }),

    revision: () => lastRevision(read),
  };
}

async function lastRevision(db: AnyDatabase): Promise<number> {
  const channel = await db
    .selectFrom('console_channel')
    .select((eb) => eb.fn.max('revision').as('last'))
    .executeTakeFirst();
  const message = await db
    .selectFrom('console_message')
    .select((eb) => eb.fn.max('revision').as('last'))
    .executeTakeFirst();
  return Math.max(0, Number(channel?.last ?? 0), Number(message?.last ?? 0));
}

const nextRevision = async (db: AnyDatabase): Promise<number> => (await lastRevision(db)) + 1;

function toMessage(row: Selectable<Tables['console_message']>): ConsoleMessage {
  const { doc, options, outcome, ...rest } = row;
  return {
    ...rest,
    outcome: outcome === 'ask' || outcome === 'failed' ? outcome : 'message',
    options: JSON.parse(options),
    message: JSON.parse(doc),
  };
}
