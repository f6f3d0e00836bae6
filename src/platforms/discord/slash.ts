import type { ChatInputCommandInteraction, CommandInteractionOption } from 'discord.js';
import { answerRun } from './answers.ts';
import { createAsks } from './asks.ts';
import { fromInteraction, type Listening } from './discord-bot.ts';
import { respond } from './respond.ts';

/** A slash command: its typed options are those of the command itself. Never rejects. */
export function answerCommand(interaction: ChatInputCommandInteraction, listening: Listening): Promise<void> {
  const asks = createAsks(interaction, listening);
  const asked = { command: interaction.commandName, options: typedIn(interaction.options.data) };
  return respond(interaction, answerRun(asked, fromInteraction(interaction), { ...listening, asks }), listening);
}

function typedIn(given: readonly CommandInteractionOption[]): Record<string, string> {
  return Object.fromEntries(
    given.flatMap(({ name, value }) => {
      if (value === undefined || value === false) return [];
      return [[name, value === true ? 'yes' : String(value)]];
    }),
  );
}
