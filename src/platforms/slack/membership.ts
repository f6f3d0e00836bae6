import type { App } from '@slack/bolt';
import { resumeAt } from '../../briefings/resume.ts';
import { type Listening, PLATFORM, workspaceOf } from './slack-bot.ts';

const REMOVED = 'the bot was removed from the workspace';

interface Membership extends Listening {
  /** Called when the one workspace of the settings has removed the bot. */
  removed(): void;
  many: boolean;
}

/** Invited to a channel, removed from a workspace. */
export function listenForMembership(app: App, membership: Membership): void {
  const { bot, now, log } = membership;

  app.event('member_joined_channel', async ({ event, context }) => {
    if (event.user !== context.botUserId) return;
    const back = { platform: PLATFORM, workspace: workspaceOf(context), channel: event.channel };
    await resumeAt(back, { briefings: bot.briefings, now: now() });
  });

  app.event('app_uninstalled', async ({ context }) => removed(workspaceOf(context)));

  app.event('tokens_revoked', async ({ event, context }) => {
    if ((event.tokens.bot ?? []).length > 0) await removed(workspaceOf(context));
  });

  async function removed(workspace: string): Promise<void> {
    await forgetWorkspace(workspace, membership);
    log('info', 'removed from a workspace', { workspace });
    if (!membership.many) membership.removed();
  }
}

/** Deletes the tokens of a workspace and what belongs to it, and pauses its briefings. */
export async function forgetWorkspace(
  workspace: string,
  { store, clients, bot }: Pick<Listening, 'store' | 'clients' | 'bot'>,
): Promise<void> {
  await store.removeWorkspace(workspace);
  clients.forget(workspace);
  await bot.briefings.pauseWorkspace(PLATFORM, workspace, REMOVED);
}

/** A workspace that has the bot again gets back the briefings that its removal has paused. */
export async function resumeWorkspace(workspace: string, { bot, now }: Pick<Listening, 'bot' | 'now'>): Promise<void> {
  const all = await bot.briefings.owned({ platform: PLATFORM, workspace });
  if (!all.some(({ status }) => status.is === 'paused' && status.because === REMOVED)) return;
  await resumeAt({ platform: PLATFORM, workspace }, { briefings: bot.briefings, now: now() });
}
