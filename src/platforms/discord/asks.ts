import { type BaseInteraction, InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { Asks } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { fromInteraction, type Listening } from './discord-bot.ts';
import { findChannel } from './find-channel.ts';
import { messageLink } from './message-link.ts';

/** What only Discord knows of a caller; asked when a command needs it. */
export function createAsks(interaction: BaseInteraction, { managers }: Pick<Listening, 'managers'>): Asks {
  const { place, caller } = fromInteraction(interaction);
  return {
    async mayManage(channel) {
      if (interaction.context === InteractionContextType.PrivateChannel || (interaction.guildId !== null && !interaction.guild))
        throw new CallerError(
          'Briefdesk can answer here, but not post: it has to be added to the server itself, not only to your account.',
        );
      if (interaction.guildId === null) return channel === place.channel;
      const isHere = channel === place.channel;
      const named = interaction.guild?.channels.cache.get(channel);
      if (!isHere && !named) return false;
      if (managers.includes(caller.id)) return true;
      const allowed = isHere ? interaction.memberPermissions : named?.permissionsFor(caller.id);
      return allowed?.has(PermissionFlagsBits.ManageChannels) ?? false;
    },
    channel: (typed) => findChannel(typed, interaction),
    // Discord does not tell it.
    timeZone: async () => undefined,
    linkTo: messageLink,
  };
}
