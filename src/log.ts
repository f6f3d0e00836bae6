import { type DestinationStream, pino, stdSerializers } from 'pino';

/** Writes one line: `event` names what happened, `fields` carry names, numbers, ids and an `error`; never the text of a message. */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal', event: string, fields?: Record<string, unknown>) => void;

const SECRET_NAME = /token|secret|authorization|password/i;
// https://docs.slack.dev/authentication/tokens and the three base64 pieces of a Discord bot token
const SECRET_SHAPE =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=bearer |basic |bot )[\w.~+/=-]{8,}/gi;

/** JSON lines on stderr, because stdout is for answers. Whatever is called or looks like a token is masked, however deep it lies. */
export function createLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: stdSerializers.err },
      // pino's `redact` wants the exact path of every secret; this masks by name and shape anywhere, stacks included.
      hooks: { streamWrite: (written) => `${JSON.stringify(JSON.parse(written), masked)}\n` },
    },
    destination,
  );
  return (at, event, fields = {}) => {
    logger[at](fields, event);
  };
}

function masked(name: string, value: unknown): unknown {
  if (SECRET_NAME.test(name)) return '[hidden]';
  return typeof value === 'string' ? value.replace(SECRET_SHAPE, '[hidden]') : value;
}
