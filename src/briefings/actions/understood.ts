import { type Answer, ask, type Context, type KnownChannel } from '../../command.ts';
import { CallerError } from '../../errors.ts';
import { actions, line, type Message, run } from '../../message/document.ts';
import { choosePersons } from '../../search/choose-person.ts';
import { findExactName, nearestNames } from '../../search/find-names.ts';
import { nearest } from '../../search/spelling.ts';
import { personChoice } from '../../summary/person-choice.ts';
import { OWN_TAG } from '../courier.ts';
import { type Schedule, scheduleProblem } from '../schedule.ts';
import { readSchedule } from '../schedule-words.ts';
import type { BriefingFilter } from '../subscription.ts';
import { timeZoneNamed, timeZonesLike } from '../time-zones.ts';
import { type BriefingRequest, optionsOf } from './request.ts';

/** What was understood, or the question that must be answered first. */
export type Understood<Value> = { outcome: 'understood'; value: Value } | { outcome: 'ask'; answer: Answer };

const understood = <Value>(value: Value): Understood<Value> => ({ outcome: 'understood', value });

export interface Asking {
  request: BriefingRequest;
  context: Context;
}

/** When and in which time zone; anything ambiguous is asked, not guessed. */
export async function understandSchedule(asking: Asking, known?: Schedule): Promise<Understood<Schedule>> {
  const { request } = asking;
  const zone = await understandZone(asking, known?.timeZone);
  if (zone.outcome === 'ask') return zone;
  if (request.when === undefined && known) return usable({ ...known, timeZone: zone.value }, asking);
  const read = readSchedule(request.when ?? '');
  if (read.outcome === 'unknown')
    throw new CallerError(read.reason, { example: '/briefings add weekdays at 8am', option: 'when' });
  if (read.outcome === 'ask')
    return choice(
      asking,
      read.question,
      read.choices.map((when) => ({ label: when, changed: { when } })),
    );
  return usable({ cron: read.cron, timeZone: zone.value }, asking);
}

function usable(schedule: Schedule, { request, context }: Asking): Understood<Schedule> {
  const problem = scheduleProblem(schedule, context.now);
  if (problem !== undefined)
    throw new CallerError(problem, { example: `/briefings ${request.action} weekdays at 8am`, option: 'when' });
  return understood(schedule);
}

/** The one that was named, else the one it has, else the caller’s; where none is known it is asked. */
async function understandZone(asking: Asking, known: string | undefined): Promise<Understood<string>> {
  const { tz } = asking.request;
  if (tz === undefined) {
    const zone = timeZoneNamed(known ?? (await asking.context.asks.timeZone()) ?? '');
    if (zone !== undefined) return understood(zone);
    return choice(
      asking,
      'In which time zone? Choose one, or add tz: with a city, such as tz:Lima.',
      COMMON_ZONES.map((one) => ({ label: one, changed: { tz: one } })),
    );
  }
  const named = timeZoneNamed(tz.replaceAll(' ', '_'));
  if (named !== undefined) return understood(named);
  const [only, ...others] = timeZonesLike(tz);
  if (only === undefined)
    throw new CallerError(`“${tz}” is no time zone that is known here.`, {
      example: '/briefings add weekdays at 8am tz:America/New_York',
    });
  if (others.length === 0) return understood(only);
  return choice(
    asking,
    others.length < MANY_ZONES ? `Which “${tz}”?` : `Which “${tz}”? Choose one, or type more of its name.`,
    [only, ...others].slice(0, MANY_ZONES).map((one) => ({ label: one, changed: { tz: one } })),
  );
}

const MANY_ZONES = 5;
const COMMON_ZONES = ['America/New_York', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'UTC'];

/** Topics, countries and respondents, separated by commas. */
export async function understandFilter(asking: Asking, known?: BriefingFilter): Promise<Understood<BriefingFilter>> {
  const { request, context } = asking;
  const filter: BriefingFilter = known ? { ...known } : { topics: [], countries: [], persons: [] };
  if (request.topic !== undefined) {
    filter.topics = [];
    filter.countries = [];
    for (const typed of listed(request.topic)) {
      const name = await findExactName(context.store, typed, ['topic', 'country']);
      if (!name) throw await noSuchTopic(typed, asking);
      if (name.kind === 'topic') filter.topics.push(name.label);
      else filter.countries.push(name.ref);
    }
  }
  if (request.by !== undefined) {
    filter.persons = [];
    for (const typed of listed(request.by)) {
      const again = (label: string, by: string) => ({ label, command: 'briefings', options: optionsOf(request, { by }) });
      const [person, ...others] = await choosePersons(context.store, typed, (one) => again(one.label, one.ref));
      if (others.length > 0)
        return {
          outcome: 'ask',
          answer: ask(await personChoice([person, ...others], context.store, (one) => again(one.label, one.ref))),
        };
      filter.persons.push(person.ref);
    }
  }
  return understood(filter);
}

const listed = (typed: string): string[] =>
  typed
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== '*');

async function noSuchTopic(typed: string, asking: Asking): Promise<CallerError> {
  const near = await nearestNames(asking.context.store, typed, ['topic', 'country']);
  const nearest = near.map(({ label }) => ({
    label,
    command: 'briefings',
    options: optionsOf(asking.request, { topic: label }),
  }));
  return new CallerError(`There is no topic or country “${typed}”.`, { nearest });
}

/** The tag of posts in a forum. One that is called “briefings” is taken by itself; where one is required and none is said, it is asked. */
export function understandTag(asking: Asking, tags: KnownChannel['tags'], known?: string): Understood<string | undefined> {
  const { tag: typed } = asking.request;
  if (typed === undefined) {
    if (!tags?.isRequired || known !== undefined || tags.names.some((name) => OWN_TAG.test(name))) return understood(known);
    const choices = tags.names.map((tag) => ({ label: tag, changed: { tag } }));
    return choice(asking, 'With which tag? This forum asks for one.', choices);
  }
  if (!tags) throw new CallerError('Only the posts of a forum have tags, and this is none.', { option: 'tag' });
  const tag = tags.names.find((name) => name.toLowerCase() === typed.toLowerCase());
  if (tag !== undefined) return understood(tag);
  const near = nearest(
    typed,
    tags.names.map((word) => ({ word, count: 0 })),
    tags.names.length,
  );
  const offered = near.length > 0 ? near : tags.names;
  throw new CallerError(`This forum has no tag “${typed}”.`, {
    nearest: offered
      .slice(0, MOST_NEAR)
      .map((one) => ({ label: one, command: 'briefings', options: optionsOf(asking.request, { tag: one }) })),
    option: 'tag',
  });
}

const MOST_NEAR = 5;

function choice(
  { request }: Asking,
  question: string,
  choices: { label: string; changed: Partial<BriefingRequest> }[],
): Understood<never> {
  const message: Message = {
    title: question,
    blocks: [
      line(question),
      actions(...choices.map(({ label, changed }) => run(label, 'briefings', optionsOf(request, changed)))),
    ],
  };
  return { outcome: 'ask', answer: ask(message) };
}
