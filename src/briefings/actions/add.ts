import { message } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { heading } from '../../message/document.ts';
import { nextSlots } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { buttons, described, idNote } from './described.ts';
import { type BriefingAction, destinationOf, refuseUnlessManager } from './request.ts';
import { understandFilter, understandSchedule } from './understood.ts';

const MAX_A_CHANNEL = 20;
const DEFAULT_MAX = 3;

/** Sets up a briefing and says back what was understood. */
export const add: BriefingAction = async (request, context) => {
  const { briefings, caller, place, now, newId } = context;
  const destination = destinationOf(request, context);
  await refuseUnlessManager(destination, context);
  const asking = { action: 'add', request, context };
  const schedule = await understandSchedule(asking);
  if (schedule.outcome === 'ask') return schedule.answer;
  const filter = await understandFilter(asking);
  if (filter.outcome === 'ask') return filter.answer;
  if ((await briefings.at(destination)).length >= MAX_A_CHANNEL)
    throw new CallerError(`A channel can have ${MAX_A_CHANNEL} briefings: remove one first.`, { example: '/briefings list' });
  const subscription: Subscription = {
    id: newId(),
    destination,
    channelName: request.channel === undefined ? (place.channelName ?? place.channel) : destination.channel,
    owner: { id: caller.id, name: caller.name },
    filter: filter.value,
    schedule: schedule.value,
    max: request.max ?? DEFAULT_MAX,
    whenEmpty: request.empty ?? 'archive',
    mention: request.mention,
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
