import type { Database } from './sqlite.ts';
import { run } from './statement.ts';

/** What the Slack platform must remember; everything but what was seen is kept by workspace, and read only with it. */
export interface SlackStore {
  /** Replaces what this workspace had. `sealed` holds encrypted tokens. */
  putInstallation(workspace: string, sealed: string, at: number): Promise<void>;
  installation(workspace: string): Promise<string | undefined>;
  /** Removes the tokens and what else belongs to the workspace alone. */
  removeWorkspace(workspace: string): Promise<void>;
  /** What a button does whose own value has no room for it. */
  putAction(workspace: string, id: string, doc: string): Promise<void>;
  action(workspace: string, id: string): Promise<string | undefined>;
  /** Whether a message from Slack comes for the first time; kept for a day. */
  isFirst(key: string, at: number): Promise<boolean>;
  /** The bot was called into this thread. */
  joinThread(thread: SlackThread, at: number): Promise<void>;
  isIn(thread: SlackThread): Promise<boolean>;
  /** Differs after every write of anybody to the database; undefined where that cannot be told. */
  version(): Promise<number | undefined>;
}

export interface SlackThread {
  workspace: string;
  channel: string;
  thread: string;
}

const KEPT_MS = 24 * 3_600_000;

export function openSlackStore({ read, write }: Database): SlackStore {
  return {
    async putInstallation(workspace, sealed, at) {
      await write
        .insertInto('slack_installation')
        .values({ workspace, sealed, installed_at: at })
        .onConflict((conflict) => conflict.doUpdateSet({ sealed, installed_at: at }))
        .execute();
    },

    async installation(workspace) {
      const row = await read
        .selectFrom('slack_installation')
        .select('sealed')
        .where('workspace', '=', workspace)
        .executeTakeFirst();
      return row?.sealed;
    },

    async removeWorkspace(workspace) {
      await write.transaction().execute(async (tx) => {
        for (const table of ['slack_installation', 'slack_action', 'slack_thread'] as const)
          await tx.deleteFrom(table).where('workspace', '=', workspace).execute();
      });
    },

    async putAction(workspace, id, doc) {
      await write
        .insertInto('slack_action')
        .values({ workspace, id, doc })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async action(workspace, id) {
      const row = await read
        .selectFrom('slack_action')
        .select('doc')
        .where('workspace', '=', workspace)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.doc;
    },

    async isFirst(key, at) {
      await write
        .deleteFrom('slack_seen')
        .where('at', '<', at - KEPT_MS)
        .execute();
      const { numInsertedOrUpdatedRows } = await write
        .insertInto('slack_seen')
        .values({ key, at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async joinThread({ workspace, channel, thread }, at) {
      await write
        .insertInto('slack_thread')
        .values({ workspace, channel, thread, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async isIn({ workspace, channel, thread }) {
      const row = await read
        .selectFrom('slack_thread')
        .select('at')
        .where('workspace', '=', workspace)
        .where('channel', '=', channel)
        .where('thread', '=', thread)
        .executeTakeFirst();
      return row !== undefined;
    },

    async version() {
      // https://sqlite.org/pragma.html#pragma_data_version: a connection is not told of its own writes.
      if (read === write) return undefined;
      const [row] = await run<{ data_version: number }>(read, 'pragma data_version');
      return row?.data_version;
    },
  };
}
