import { message } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { heading } from '../../message/document.ts';
import { nextSlots } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { buttons, described, idNote } from './described.ts';
import { type BriefingAction, channelMeant, refuseUnlessManager } from './request.ts';
import { understandFilter, understandSchedule, understandTag } from './understood.ts';

const MAX_A_CHANNEL = 20;
const DEFAULT_MAX = 3;

/** Sets up a briefing and says back what was understood. */
export const add: BriefingAction = async (request, context) => {
  const { briefings, caller, place, now, newId } = context;
  const named = await channelMeant(request.channel ?? place.channel, request, context);
  const { platform, workspace } = place;
  const thread = request.channel === undefined ? place.thread : named.thread;
  const destination = { platform, workspace, channel: named.channel, thread };
  await refuseUnlessManager(destination, context);
  const asking = { request, context };
  const schedule = await understandSchedule(asking);
  if (schedule.outcome === 'ask') return schedule.answer;
  const filter = await understandFilter(asking);
  if (filter.outcome === 'ask') return filter.answer;
  const tag = understandTag(asking, thread === undefined ? named.tags : undefined);
  if (tag.outcome === 'ask') return tag.answer;
  if ((await briefings.at(destination)).length >= MAX_A_CHANNEL)
    throw new CallerError(`A channel can have ${MAX_A_CHANNEL} briefings: remove one first.`, { example: '/briefings list' });
  const subscription: Subscription = {
    id: newId(),
    destination,
    channelName: (request.channel === undefined ? place.channelName : undefined) ?? named.name ?? named.channel,
    owner: { id: caller.id, name: caller.name },
    filter: filter.value,
    schedule: schedule.value,
    max: request.max ?? DEFAULT_MAX,
    whenEmpty: request.empty ?? 'archive',
    mention: request.mention,
    tag: tag.value,
    sample: request.sample === 'yes',
    status: { is: 'active' },
    createdAt: now.getTime(),
    next: nextSlots(schedule.value, now, 1)[0],
    version: 1,
  };
  await briefings.add(subscription);
  const title = 'This channel is briefed from now on';
  return message({
    title,
    blocks: [heading(title), ...(await described(subscription, context)), idNote(subscription), buttons(subscription)],
  });
};
