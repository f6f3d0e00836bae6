import type { Answer, Context, KnownChannel } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import type { Destination, Subscription } from '../subscription.ts';

/** What a caller asked of the briefings of a channel: options as typed. */
export interface BriefingRequest {
  /** One of the actions: it runs again with what was asked for. */
  action: string;
  when?: string | undefined;
  topic?: string | undefined;
  by?: string | undefined;
  tz?: string | undefined;
  max?: number | undefined;
  empty?: 'archive' | 'note' | 'skip' | undefined;
  mention?: string | undefined;
  tag?: string | undefined;
  sample?: 'yes' | 'no' | undefined;
  channel?: string | undefined;
  id?: string | undefined;
}

const MOST_NEAR = 3;

export type BriefingAction = (request: BriefingRequest, context: Context) => Promise<Answer>;

/** The invocation that asks the same with some of it changed. */
export function optionsOf(request: BriefingRequest, changed: Partial<BriefingRequest>): Record<string, string> {
  const given = Object.entries({ ...request, ...changed });
  return Object.fromEntries(given.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}

/** The channel that is meant: another one only where it is named. */
export async function destinationOf(request: BriefingRequest, context: Context): Promise<Destination> {
  const { platform, workspace, channel: here, thread } = context.place;
  if (request.channel === undefined) return { platform, workspace, channel: here, thread };
  const named = await channelMeant(request.channel, request, context);
  return { platform, workspace, channel: named.channel, thread: named.thread };
}

/** Throws a CallerError with what may have been meant where the platform knows no such channel. */
export async function channelMeant(typed: string, request: BriefingRequest, { asks }: Context): Promise<KnownChannel> {
  const found = await asks.channel(typed);
  if (found.outcome === 'found') return found.channel;
  const nearest = found.nearest.slice(0, MOST_NEAR).map(({ value, label }) => ({
    label,
    command: 'briefings',
    options: optionsOf(request, { channel: value }),
  }));
  throw new CallerError(`${found.reason}.`, { nearest, option: 'channel' });
}

/** Throws a CallerError unless the caller may manage the channel. */
export async function refuseUnlessManager(destination: Destination, { asks }: Context): Promise<void> {
  if (await asks.mayManage(destination.channel)) return;
  throw new CallerError('Only those who may manage this channel can change its briefings; everyone can list them and ask why.', {
    example: '/briefings list',
  });
}

/** The subscription of this channel that is meant: by id, or the only one. */
export async function subscriptionMeant(request: BriefingRequest, context: Context): Promise<Subscription> {
  const all = await context.briefings.at(await destinationOf(request, context));
  const { id } = request;
  const [only] = all;
  if (id === undefined && only && all.length === 1) return only;
  const meant = all.find((one) => one.id === id?.toLowerCase());
  if (meant) return meant;
  if (all.length === 0)
    throw new CallerError('This channel has no briefings yet.', { example: '/briefings add weekdays at 8am' });
  const ids = all.map((one) => one.id).join(', ');
  throw new CallerError(
    id === undefined
      ? `This channel has several briefings: say which one, ${ids}.`
      : `This channel has no briefing “${id}”; it has ${ids}.`,
    {
      example: '/briefings list',
    },
  );
}
