import type { Installation, InstallationStore } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { SlackStore } from '../../store/slack.ts';
import type { Seal } from './seal.ts';

export interface Installations extends InstallationStore {
  /** Bot token of a workspace. */
  tokenOf(workspace: string): Promise<string | undefined>;
}

/** Installations in the database, their tokens sealed; one a workspace, or one an organisation that installed it for all its teams. */
export function createInstallations({
  store,
  seal,
  log,
  now,
  installed,
  removed,
}: {
  store: SlackStore;
  seal: Seal;
  log: Log;
  now: () => Date;
  installed: (workspace: string) => Promise<void>;
  removed: (workspace: string) => Promise<void>;
}): Installations {
  async function read(workspace: string): Promise<Installation | undefined> {
    const sealed = await store.installation(workspace);
    if (sealed === undefined) return undefined;
    const opened = seal.open(sealed, workspace);
    if (opened.outcome === 'locked') {
      log('error', 'installation cannot be read', { workspace, reason: opened.reason });
      return undefined;
    }
    if (opened.stale) await store.putInstallation(workspace, seal.close(opened.plain, workspace), now().getTime());
    return JSON.parse(opened.plain);
  }

  return {
    async storeInstallation(installation) {
      const workspace = (installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id) ?? '';
      if (workspace === '') throw new Error('an installation without a workspace');
      await store.putInstallation(workspace, seal.close(JSON.stringify(installation), workspace), now().getTime());
      log('info', 'installed in a workspace', { workspace });
      await installed(workspace);
    },

    async fetchInstallation({ isEnterpriseInstall, enterpriseId, teamId }) {
      const installation = await read((isEnterpriseInstall ? enterpriseId : teamId) ?? '');
      if (!installation) throw new Error('the bot is not installed in this workspace');
      return installation;
    },

    async deleteInstallation({ isEnterpriseInstall, enterpriseId, teamId }) {
      await removed((isEnterpriseInstall ? enterpriseId : teamId) ?? '');
    },

    async tokenOf(workspace) {
      return (await read(workspace))?.bot?.token;
    },
  };
}
