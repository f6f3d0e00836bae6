import { sql } from 'kysely';
import type { Database } from './sqlite.ts';

/** What the Discord platform must remember. */
export interface DiscordStore {
  /** Hash of the commands that were registered last; `scope` is the id of a server or “global”. */
  registered(application: string, scope: string): Promise<string | undefined>;
  putRegistered(application: string, scope: string, hash: string): Promise<void>;
  /** What a button or choice does whose own id has no room for it. */
  putAction(id: string, doc: string): Promise<void>;
  action(id: string): Promise<string | undefined>;
  /** What a delivery shows, noted before every try: a question may have been put right since the last one. */
  putPost(key: string, post: { hash: string; at: number }): Promise<void>;
  post(key: string): Promise<DiscordPost | undefined>;
}

export interface DiscordPost {
  /** Of the words that each try was to show. */
  hashes: string[];
  /** When it was first sent, milliseconds. */
  at: number;
}

/** Nobody asks for a delivery that is older. */
const KEPT_MS = 30 * 24 * 3_600_000;

export function openDiscordStore({ read, write }: Database): DiscordStore {
  return {
    async registered(application, scope) {
      const row = await read
        .selectFrom('discord_registration')
        .select('hash')
        .where('application', '=', application)
        .where('scope', '=', scope)
        .executeTakeFirst();
      return row?.hash;
    },

    async putRegistered(application, scope, hash) {
      await write
        .insertInto('discord_registration')
        .values({ application, scope, hash })
        .onConflict((conflict) => conflict.doUpdateSet({ hash }))
        .execute();
    },

    async putAction(id, doc) {
      await write
        .insertInto('discord_action')
        .values({ id, doc })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async action(id) {
      return (await read.selectFrom('discord_action').select('doc').where('id', '=', id).executeTakeFirst())?.doc;
    },

    async putPost(key, { hash, at }) {
      await write
        .deleteFrom('discord_post')
        .where('at', '<', at - KEPT_MS)
        .execute();
      await write
        .insertInto('discord_post')
        .values({ key, hash, at })
        .onConflict((conflict) =>
          conflict.doUpdateSet((eb) => ({
            hash: sql<string>`case when instr(${eb.ref('discord_post.hash')}, ${hash}) > 0 then discord_post.hash
              else discord_post.hash || ' ' || ${hash} end`,
          })),
        )
        .execute();
    },

    async post(key) {
      const row = await read.selectFrom('discord_post').select(['hash', 'at']).where('key', '=', key).executeTakeFirst();
      return row && { hashes: row.hash.split(' '), at: row.at };
    },
  };
}
