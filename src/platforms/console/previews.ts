import { encodeAction } from '../../message/actions.ts';
import { type DiscordMessage, toDiscord } from '../../message/discord.ts';
import type { Message } from '../../message/document.ts';
import { type SlackMessage, toSlack } from '../../message/slack.ts';

/** The payloads that the platforms would get; an action too long for a button's id has a stand-in, as only its looks matter here. */
export const slackPreview = (message: Message): SlackMessage[] => toSlack(message, (action) => encodeAction(action) ?? 'long');
export const discordPreview = (message: Message): DiscordMessage[] =>
  toDiscord(message, (action) => encodeAction(action) ?? 'long');
