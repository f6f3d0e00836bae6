import { type Context, message } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { actions, heading, line, note, run } from '../../message/document.ts';
import { isTimeZone, nextSlots, type Schedule, scheduleProblem } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';
import { buttons, described, idNote } from './described.ts';
import { type BriefingAction, channelMeant, refuseUnlessManager, subscriptionMeant } from './request.ts';
import { type Asking, understandFilter, understandSchedule, understandTag } from './understood.ts';

/** Changes what is named and keeps the rest. */
export const edit: BriefingAction = async (request, context) => {
  const meant = await managed(request, context);
  const asking = { request: { ...request, id: meant.id }, context };
  const schedule = await understandSchedule(asking, meant.schedule);
  if (schedule.outcome === 'ask') return schedule.answer;
  const filter = await understandFilter(asking, meant.filter);
  if (filter.outcome === 'ask') return filter.answer;
  const tag = await tagOf(asking, meant);
  if (tag.outcome === 'ask') return tag.answer;
  const changed: Subscription = {
    ...meant,
    tag: tag.value,
    schedule: schedule.value,
    filter: filter.value,
    max: request.max ?? meant.max,
    whenEmpty: request.empty ?? meant.whenEmpty,
    mention: request.mention ?? meant.mention,
    sample: request.sample === undefined ? meant.sample : request.sample === 'yes',
    next: nextAfterEdit(meant, schedule.value, context.now),
    status: meant.status.is === 'paused' && meant.status.by === 'schedule' ? { is: 'active' } : meant.status,
  };
  return saved(changed, 'Changed', context);
};

/** The platform is asked for the tags of a forum only where one is to be set. */
async function tagOf({ request, context }: Asking, { destination, tag }: Subscription) {
  if (request.tag === undefined) return { outcome: 'understood' as const, value: tag };
  const { tags } = await channelMeant(destination.channel, request, context);
  return understandTag({ request, context }, destination.thread === undefined ? tags : undefined, tag);
}

/** A slot that has come and is not planned yet stays: it was promised under the old times. */
function nextAfterEdit({ schedule: before, next, status }: Subscription, schedule: Schedule, now: Date): Subscription['next'] {
  const isSame = before.cron === schedule.cron && before.timeZone === schedule.timeZone;
  const isKept = status.is === 'active' && next !== undefined && (isSame || next.at <= now.getTime());
  return isKept ? next : nextSlots(schedule, now, 1)[0];
}

export const pause: BriefingAction = async (request, context) => {
  const meant = await managed(request, context);
  if (meant.status.is === 'paused')
    throw new CallerError(`Briefing ${meant.id} is paused already: ${meant.status.because}.`, {
      example: `/briefings resume ${meant.id}`,
    });
  return saved({ ...meant, status: { is: 'paused', because: `by ${context.caller.name}`, by: 'caller' } }, 'Paused', context);
};

/** Goes on from the next slot: what was missed while paused is not caught up. */
export const resume: BriefingAction = async (request, context) => {
  const meant = await managed(request, context);
  if (meant.status.is === 'active')
    throw new CallerError(`Briefing ${meant.id} is not paused.`, { example: `/briefings why ${meant.id}` });
  const problem = scheduleProblem(meant.schedule, context.now);
  if (problem !== undefined) {
    const isZone = !isTimeZone(meant.schedule.timeZone);
    throw new CallerError(`Briefing ${meant.id} cannot go on as it is. ${problem}`, {
      example: `/briefings edit ${meant.id} ${isZone ? 'tz:America/New_York' : 'weekdays at 8am'}`,
    });
  }
  return saved({ ...meant, status: { is: 'active' }, next: nextSlots(meant.schedule, context.now, 1)[0] }, 'Resumed', context);
};

export const remove: BriefingAction = async (request, context) => {
  const meant = await managed(request, context);
  await context.briefings.remove(meant.id);
  const title = `Briefing ${meant.id} of ${meant.channelName} is removed`;
  return message({
    title,
    blocks: [line(title), note('What was sent stays in the channel, and is still corrected where the archive is.')],
  });
};

/** Sends a digest at the next tick, beside the schedule. */
export const now: BriefingAction = async (request, context) => {
  const meant = await managed(request, context);
  if (meant.status.is === 'paused')
    throw new CallerError(`Briefing ${meant.id} is paused: ${meant.status.because}.`, {
      example: `/briefings resume ${meant.id}`,
    });
  const at = context.now.getTime();
  await context.briefings.planNow(meant, { slot: `now-${context.now.toISOString().slice(0, 16)}Z`, at, state: 'due' });
  const title = `A briefing of ${meant.channelName} is on its way`;
  return message({ title, blocks: [line(title), actions(run('Why', 'briefings', { action: 'why', id: meant.id }))] });
};

async function managed(request: Parameters<BriefingAction>[0], context: Context): Promise<Subscription> {
  const meant = await subscriptionMeant(request, context);
  await refuseUnlessManager(meant.destination, context);
  return meant;
}

async function saved(changed: Subscription, title: string, context: Context) {
  if (!(await context.briefings.update(changed)))
    throw new CallerError('Somebody else changed this briefing at the same moment: look at it and try again.', {
      example: '/briefings list',
    });
  return message({ title, blocks: [heading(title), ...(await described(changed, context)), idNote(changed), buttons(changed)] });
}
