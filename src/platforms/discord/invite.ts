import { PermissionFlagsBits } from 'discord.js';

/** What briefings need; answers to commands need none of these. Read Message History tells whether a briefing has arrived. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory;

// https://docs.discord.com/developers/topics/oauth2#authorization-code-grant
const INSTALL = { server: '0', account: '1' };

/** Where somebody adds the bot to their server, with the least permissions. */
export function inviteLink(application: string): string {
  return link({
    client_id: application,
    integration_type: INSTALL.server,
    scope: 'bot applications.commands',
    permissions: String(PERMISSIONS),
  });
}

/** Where somebody adds the commands to their own account, to ask anywhere. */
export function accountLink(application: string): string {
  return link({ client_id: application, integration_type: INSTALL.account, scope: 'applications.commands' });
}

const link = (query: Record<string, string>): string =>
  `https://discord.com/oauth2/authorize?${new URLSearchParams(query).toString()}`;
