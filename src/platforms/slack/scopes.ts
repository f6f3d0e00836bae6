/** The least that the bot can do its work with, and why. https://docs.slack.dev/reference/scopes */
export const SCOPES: readonly { scope: string; why: string; when?: 'links' }[] = [
  { scope: 'commands', why: 'the slash commands' },
  { scope: 'chat:write', why: 'answers to mentions and in direct messages; scheduled briefings' },
  { scope: 'app_mentions:read', why: 'notices when somebody mentions the bot' },
  {
    scope: 'channels:history',
    why: 'follow-ups in threads the bot was called into; looks whether a briefing arrived before it is sent again',
  },
  { scope: 'groups:history', why: 'the same in private channels that it was invited to' },
  { scope: 'im:history', why: 'reads what is written to it in direct messages' },
  { scope: 'im:write', why: 'a private word to the owner of a briefing that cannot be sent' },
  { scope: 'channels:read', why: 'who made a channel, and so may manage its briefings; notices when it is invited' },
  { scope: 'groups:read', why: 'the same in private channels that it was invited to' },
  { scope: 'users:read', why: 'the time zone of who sets up a briefing; whether they are an administrator' },
  { scope: 'links:read', why: 'notices links to its own archive pages (only with PUBLIC_URL)', when: 'links' },
  { scope: 'links:write', why: 'shows the quote below such a link (only with PUBLIC_URL)', when: 'links' },
];

/** Names of the scopes to ask for; `links`: whether the bot has archive pages with a public address. */
export const scopeNames = ({ links }: { links: boolean }): string[] =>
  SCOPES.filter(({ when }) => when === undefined || links).map(({ scope }) => scope);

/** The domain whose links Slack tells the bot of: that of the archive pages, where it is one of the internet. */
export function linkDomain(publicUrl: string | undefined): string | undefined {
  const host = publicUrl === undefined ? '' : new URL(publicUrl).hostname;
  return /[a-z]$/i.test(host) && host.includes('.') ? host : undefined;
}
