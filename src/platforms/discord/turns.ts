import { setImmediate } from 'node:timers/promises';
import type { DiscordBot } from './discord-bot.ts';

/**
 * The bot, asked one thing after another, each in a turn of the event loop of its own. What comes at once over the one connection of
 * Discord would else be answered in a single turn, in which no answer is sent and no timer tells that it is late.
 */
export function inTurns(bot: DiscordBot): DiscordBot {
  let last: Promise<void> = Promise.resolve();
  const turn = () => {
    last = last.then(() => setImmediate());
    return last;
  };
  return {
    briefings: bot.briefings,
    async invoke(invocation, asks) {
      await turn();
      return bot.invoke(invocation, asks);
    },
    async complete(command, option, typed, from, asks) {
      await turn();
      return bot.complete(command, option, typed, from, asks);
    },
  };
}
