import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { DiscordMessage } from '../../message/discord.ts';
import { readyIn } from '../ready-in.ts';
import type { Answered } from './answers.ts';
import type { Listening } from './discord-bot.ts';
import { failureOf, isRefusedWith, loggable } from './errors.ts';

export type Pressed = ButtonInteraction | StringSelectMenuInteraction;
type Asked = ChatInputCommandInteraction | Pressed;
type Reporting = Pick<Listening, 'log' | 'noticed'>;
type Visibility = Answered['visibility'];

/** Discord waits 3 seconds; what is not ready by then follows a first word that says so. */
const ACK_MS = 1_000;
const ORIGINAL = '@original';

/** Answers with a new message. Whether the channel sees it is fixed by the first word, so a late answer begins in private. Never rejects. */
export async function respond(interaction: Asked, answer: Promise<Answered>, reporting: Reporting): Promise<void> {
  await reported(reporting, async () => {
    const ready = await readyIn(ACK_MS, answer);
    const [first, ...rest] = ready?.messages ?? [];
    if (ready && first) {
      await acknowledged(() => interaction.reply(payload(first, ready.visibility)), reporting);
      return follow(interaction, rest, ready.visibility);
    }
    await acknowledged(() => interaction.deferReply({ flags: MessageFlags.Ephemeral }), reporting);
    const { visibility, messages, own } = await answer;
    const [one, ...others] = visibility === 'public' ? own : messages;
    if (one) await interaction.webhook.editMessage(ORIGINAL, shown(one));
    await follow(interaction, visibility === 'public' ? messages : others, visibility);
  });
}

/** Answers in the place of the message that was pressed; an error goes below it. Never rejects. */
export async function replace(interaction: Pressed, answer: Promise<Answered>, reporting: Reporting): Promise<void> {
  await reported(reporting, async () => {
    const ready = await readyIn(ACK_MS, answer);
    const [first, ...rest] = ready?.messages ?? [];
    if (ready && first && !ready.failed) {
      await acknowledged(() => interaction.update(shown(first)), reporting);
      return follow(interaction, rest, 'private');
    }
    if (ready) return respond(interaction, answer, reporting);
    await acknowledged(() => interaction.deferUpdate(), reporting);
    const { messages, failed } = await answer;
    const [one, ...others] = messages;
    if (failed || !one) return follow(interaction, messages, 'private');
    await interaction.webhook.editMessage(ORIGINAL, shown(one));
    await follow(interaction, others, 'private');
  });
}

/** Shows the channel what the caller alone saw; only once it is there, their own message says so. Never rejects. */
export async function share(interaction: Pressed, answer: Promise<Answered>, reporting: Reporting): Promise<void> {
  await reported(reporting, async () => {
    await acknowledged(() => interaction.deferUpdate(), reporting);
    const { visibility, messages, own } = await answer;
    await follow(interaction, messages, visibility);
    const [only] = own;
    if (visibility === 'public' && only && own.length === 1) await interaction.webhook.editMessage(ORIGINAL, shown(only));
  });
}

/** Takes the message that was pressed away. Never rejects. */
export async function takeBack(interaction: Pressed, reporting: Reporting): Promise<void> {
  await reported(reporting, async () => {
    await acknowledged(() => interaction.deferUpdate(), reporting);
    await interaction.webhook.deleteMessage(ORIGINAL);
  });
}

async function follow(interaction: Asked, messages: readonly DiscordMessage[], visibility: Visibility): Promise<void> {
  for (const message of messages) await interaction.webhook.send(payload(message, visibility));
}

/** Tried twice, as a dropped connection is not tried again by the library; that it is answered already says that the first try arrived. */
async function acknowledged(acknowledge: () => Promise<unknown>, { log }: Reporting): Promise<void> {
  try {
    await acknowledge();
  } catch (error) {
    if (failureOf(error).type === 'refused') throw error;
    log('warn', 'acknowledgement is sent again', loggable(error));
    try {
      await acknowledge();
    } catch (second) {
      if (!isRefusedWith(second, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw second;
    }
  }
}

async function reported({ log, noticed }: Reporting, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    noticed(error);
    log('error', 'answer could not be sent', loggable(error));
  }
}

const payload = (message: DiscordMessage, visibility: Visibility) => ({
  ...shown(message),
  ...(visibility === 'private' ? { flags: MessageFlags.Ephemeral as const } : {}),
});

function shown({ content, embeds, components }: DiscordMessage) {
  const parse: [] = [];
  return { ...(content === undefined ? {} : { content }), embeds, components, allowedMentions: { parse } };
}
