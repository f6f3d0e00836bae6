import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.ts';

/** What Bolt has to say of what goes wrong, as lines of our log. Its other levels hold what people wrote, and go nowhere. */
export function boltLogger(log: Log): Logger {
  const words = (said: readonly unknown[]) => said.map(String).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said: unknown[]) => log('debug', 'bolt', { said: words(said) }),
    error: (...said: unknown[]) => log('warn', 'bolt', { said: words(said) }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
