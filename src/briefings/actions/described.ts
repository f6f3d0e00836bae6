import type { Context } from '../../command.ts';
import { countryName } from '../../content/countries.ts';
import { type Action, actions, type Block, labelled, note, run, text } from '../../message/document.ts';
import { isTimeZone, momentInWords, nextSlots, type Schedule, type Slot, scheduleInWords, scheduleProblem } from '../schedule.ts';
import type { Subscription } from '../subscription.ts';

/** A subscription in words: when, about what, how much, and the next three runs in local time. */
export async function described(subscription: Subscription, { briefings, store, now }: Context): Promise<Block[]> {
  const { filter, schedule, max, whenEmpty, mention, tag, sample, status } = subscription;
  const persons = await Promise.all(filter.persons.map(async (id) => (await store.person(id))?.name ?? id));
  const about = [...filter.topics, ...filter.countries.map(countryName), ...persons.map((name) => `responses by ${name}`)];
  const matching = await briefings.countMatching(filter, sample);
  return [
    labelled('When', text(scheduleInWords(schedule))),
    labelled(
      'About',
      text(
        `${about.length === 0 ? 'everything' : about.join(' · ')} · ${matching} stored question${matching === 1 ? '' : 's'} match${matching === 1 ? 'es' : ''} today${sample ? ' · fictional sample' : ''}`,
      ),
    ),
    labelled(
      'Holds',
      text(
        `at most ${max} new question${max === 1 ? '' : 's'}; ${WHEN_EMPTY[whenEmpty]}${mention === undefined ? '' : ` · mentions ${mention}`}${tag === undefined ? '' : ` · tag ${tag}`}`,
      ),
    ),
    status.is === 'paused' ? labelled('Paused', text(status.because)) : labelled('Next', text(nextInWords(schedule, now))),
  ];
}

const SLOTS_AHEAD = 3;

/** The next three runs in local time. */
export function nextInWords(schedule: Schedule, now: Date): string {
  if (!isTimeZone(schedule.timeZone)) return `none: the time zone ${schedule.timeZone} is not known here any more`;
  const slots = slotsAhead(schedule, now);
  if (slots.length === 0) return `none. ${scheduleProblem(schedule, now)}`;
  return slots.map(({ at }) => momentInWords(at, schedule.timeZone)).join(' · ');
}

/** None where they cannot be computed, as of a subscription that was stored long ago. */
function slotsAhead(schedule: Schedule, now: Date): Slot[] {
  try {
    return nextSlots(schedule, now, SLOTS_AHEAD);
  } catch {
    return [];
  }
}

const WHEN_EMPTY = {
  archive: 'when nothing is new, one from the archive',
  note: 'when nothing is new, one line that says so',
  skip: 'when nothing is new, nothing',
} as const;

/** What can be done with it. */
export function buttons({ id, status }: Subscription): Block {
  const button = (label: string, action: string): Action => run(label, 'briefings', { action, id });
  return actions(
    button('Preview', 'preview'),
    button('Send now', 'now'),
    status.is === 'paused' ? button('Resume', 'resume') : button('Pause', 'pause'),
    button('Why', 'why'),
    button('Remove', 'remove'),
  );
}

export const idNote = ({ id, channelName, owner }: Subscription): Block =>
  note(`Briefing ${id} of ${channelName}, set up by ${owner.name}`);
