import type { Answer, Context } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import type { Destination, Subscription } from '../subscription.ts';

/** What a caller asked of the briefings of a channel: options as typed. */
export interface BriefingRequest {
  when?: string | undefined;
  topic?: string | undefined;
  by?: string | undefined;
  tz?: string | undefined;
  max?: number | undefined;
  empty?: 'archive' | 'note' | 'skip' | undefined;
  mention?: string | undefined;
  sample?: 'yes' | 'no' | undefined;
  channel?: string | undefined;
  id?: string | undefined;
}

export type BriefingAction = (request: BriefingRequest, context: Context) => Promise<Answer>;

/** The channel that is meant: another one only where it is named as the platform writes it. */
export function destinationOf({ channel }: BriefingRequest, { place }: Context): Destination {
  const { platform, workspace, channel: here, thread } = place;
  if (channel === undefined) return { platform, workspace, channel: here, thread };
  const named = /^<#([A-Za-z0-9]+)(?:\|[^>]*)?>$/.exec(channel)?.[1] ?? channel.replace(/^#/, '');
  return { platform, workspace, channel: named };
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
  const all = await context.briefings.at(destinationOf(request, context));
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
