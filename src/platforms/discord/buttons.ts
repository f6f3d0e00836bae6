import { MessageFlags } from 'discord.js';
import { answerRun, isShared, said, UNDO } from './answers.ts';
import { createAsks } from './asks.ts';
import { fromInteraction, type Listening } from './discord-bot.ts';
import { loggable } from './errors.ts';
import { type Pressed, replace, respond, share, takeBack } from './respond.ts';
import { type Run, readValue } from './values.ts';

const OLD = 'This button is of an older version of the bot. Type the command again.';

/** Buttons and choices: each carries what it asks, so it works after a restart, a week later, for anybody. Never rejects. */
export async function answerPress(interaction: Pressed, listening: Listening): Promise<void> {
  const id = interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : interaction.customId;
  if (id.startsWith(UNDO)) return undo(id.slice(UNDO.length), interaction, listening);
  const reading = readValue(id, listening.store);
  const asked = await reading.catch((error: unknown) => {
    listening.log('error', 'button could not be read', loggable(error));
    return undefined;
  });
  if (!asked) return respond(interaction, said(OLD, listening), listening);
  const asks = createAsks(interaction, listening);
  const answer = answerRun(asked, fromInteraction(interaction), { ...listening, asks });
  const isOwn = interaction.message.flags.has(MessageFlags.Ephemeral);
  if (isOwn && isShared(asked)) return share(interaction, answer, listening);
  if (isOwn && isPage(asked)) return replace(interaction, answer, listening);
  return respond(interaction, answer, listening);
}

const isPage = ({ options }: Run): boolean => 'page' in options;

function undo(sharedBy: string, interaction: Pressed, listening: Listening): Promise<void> {
  if (sharedBy === interaction.user.id) return takeBack(interaction, listening);
  return respond(interaction, said('Only who shared this can take it back.', listening), listening);
}
