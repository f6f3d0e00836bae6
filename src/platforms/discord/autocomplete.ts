import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import { clip, oneLine } from '../../message/chat-blocks.ts';
import { readyIn } from '../ready-in.ts';
import { createAsks } from './asks.ts';
import { fromInteraction, type Listening } from './discord-bot.ts';
import { loggable } from './errors.ts';

// https://docs.discord.com/developers/interactions/application-commands#autocomplete
const MAX_CHOICES = 25;
const MAX_CHOICE = 100;
/** Discord waits 3 seconds, and nobody that long. */
const READY_MS = 2_000;

/** What fits what is being typed, best first; nothing where it takes too long or breaks. Never rejects. */
export async function answerAutocomplete(interaction: AutocompleteInteraction, listening: Listening): Promise<void> {
  const { bot, log } = listening;
  try {
    const { name, value } = interaction.options.getFocused(true);
    const asks = createAsks(interaction, listening);
    const completing = bot.complete(interaction.commandName, name, value.trim(), fromInteraction(interaction), asks);
    const found = await readyIn(
      READY_MS,
      completing.catch((error: unknown) => {
        log('error', 'completion broke', loggable(error));
        return [];
      }),
    );
    await interaction.respond(choicesOf(found ?? []));
  } catch (error) {
    log('warn', 'completion could not be sent', loggable(error));
  }
}

/** A value too long to be one is not offered: cut, it would mean something else. */
function choicesOf(found: readonly { value: string; label: string }[]): ApplicationCommandOptionChoiceData<string>[] {
  const usable = found.filter(({ value }, index) => {
    const isFirst = found.findIndex((one) => one.value === value) === index;
    return isFirst && value.trim() !== '' && value.length <= MAX_CHOICE;
  });
  return usable.slice(0, MAX_CHOICES).map(({ value, label }) => ({
    name: clip(oneLine(label), MAX_CHOICE, (words) => words.length) || value,
    value,
  }));
}
