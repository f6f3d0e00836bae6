import type { ChannelFound, Completion, KnownChannel } from '../command.ts';
import { nearest } from '../search/spelling.ts';

const MOST = 20;

/** A channel among those that the caller may see; `value` is what to type for it where its name is not enough. */
export interface NamedChannel {
  known: KnownChannel;
  name: string;
  value: string;
  /** What tells it from another of that name. */
  about?: string | undefined;
}

/** The channel of that name, with or without “#”; where it is not the only one or there is none, what may be meant. */
export function channelNamed(typed: string, channels: readonly NamedChannel[]): ChannelFound {
  const name = bare(typed);
  const same = channels.filter((one) => bare(one.name) === name);
  const [only, ...others] = same;
  if (only && others.length === 0) return { outcome: 'found', channel: only.known };
  if (only) return { outcome: 'unknown', reason: `There are several channels “#${name}”`, nearest: same.map(asCompletion) };
  const starting = channels.filter((one) => bare(one.name).startsWith(name));
  const holding = channels.filter((one) => !starting.includes(one) && bare(one.name).includes(name));
  const found = [...starting, ...holding];
  const misspelt = nearest(
    name,
    channels.map((one) => ({ word: bare(one.name), count: 0 })),
    MOST,
  );
  const like = found.length > 0 ? found : channels.filter((one) => misspelt.includes(bare(one.name)));
  const reason = `There is no channel “${typed}” here that both you and Briefdesk can see`;
  return { outcome: 'unknown', reason, nearest: like.slice(0, MOST).map(asCompletion) };
}

const bare = (name: string): string => name.trim().replace(/^#/, '').normalize('NFC').toLowerCase();

const asCompletion = ({ name, value, about }: NamedChannel): Completion => ({
  value,
  label: `#${bare(name)}${about === undefined ? '' : ` · ${about}`}`,
});
