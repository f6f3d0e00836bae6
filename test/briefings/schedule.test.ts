import { describe, expect, test } from 'vitest';
import {
  isTimeZone,
  momentInWords,
  nextSlots,
  type Schedule,
  type Slot,
  scheduleInWords,
  scheduleProblem,
} from '../../src/briefings/schedule.ts';
import { timeZoneNamed, timeZonesLike } from '../../src/briefings/time-zones.ts';
import { TEN_ZONES, zoneYear } from '../support/zones.ts';

const TIMES = ['02:30', '00:00', '01:30', '08:00'];
const HOUR = 3_600_000;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const cronAt = (time: string, days: string) => `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * ${days}`;
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

/** One slot after another, as the outbox asks for them, whose local date is in the year. */
function slotsOfYear(schedule: Schedule, year: number): Slot[] {
  const slots: Slot[] = [];
  let [slot] = nextSlots(schedule, new Date(Date.UTC(year - 1, 11, 29)), 1);
  while (slot && slot.slot < `${year + 1}`) {
    if (slot.slot >= `${year}`) slots.push(slot);
    [slot] = nextSlots(schedule, new Date(slot.at), 1);
  }
  return slots;
}

describe.each(TEN_ZONES)('over the changes of clocks in %s in %i', (timeZone, year) => {
  const zone = zoneYear(timeZone, year);

  test.each(TIMES)('a daily briefing at %s comes once on every local day', (time) => {
    const expected = [...zone.moments(minutesOf(time))];
    const slots = slotsOfYear({ cron: cronAt(time, '*'), timeZone }, year);
    expect(slots.map(({ slot, at }) => [slot.slice(0, 10), at])).toEqual(expected);
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
  });

  test.each(TIMES)('a Sunday briefing at %s comes once on every Sunday', (time) => {
    const expected = [...zone.moments(minutesOf(time))].filter(([date]) => weekday(date) === 0);
    const slots = slotsOfYear({ cron: cronAt(time, '0'), timeZone }, year);
    expect(slots.map(({ slot, at }) => [slot.slice(0, 10), at])).toEqual(expected);
  });

  test('a briefing on the first Monday comes twelve times', () => {
    const isFirstMonday = (date: string) => weekday(date) === 1 && Number(date.slice(8)) <= 7;
    const expected = [...zone.moments(minutesOf('08:00'))].filter(([date]) => isFirstMonday(date));
    const slots = slotsOfYear({ cron: cronAt('08:00', '1#1'), timeZone }, year);
    expect(expected).toHaveLength(12);
    expect(slots.map(({ slot, at }) => [slot.slice(0, 10), at])).toEqual(expected);
  });

  test('from whatever moment around a change of clocks it is asked, the next slot is the same', () => {
    for (const change of zone.changes) {
      for (const time of TIMES) {
        const moments = [...zone.moments(minutesOf(time)).values()];
        for (let at = change - 30 * HOUR; at < change + 30 * HOUR; at += HOUR / 3) {
          const expected = moments.find((moment) => moment > at);
          if (expected === undefined) continue;
          const [slot] = nextSlots({ cron: cronAt(time, '*'), timeZone }, new Date(at), 1);
          expect([new Date(at).toISOString(), time, slot?.at]).toEqual([new Date(at).toISOString(), time, expected]);
        }
      }
    }
  });
});

test('the oracle knows the days that matter', () => {
  expect(zoneYear('Pacific/Apia', 2011).moments(480).size).toBe(364);
  expect(zoneYear('Pacific/Apia', 2011).moments(480).has('2011-12-30')).toBe(false);
  const newYork = zoneYear('America/New_York', 2026);
  expect(new Date(newYork.moments(150).get('2026-03-08') ?? 0).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  expect(new Date(newYork.moments(90).get('2026-11-01') ?? 0).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  expect(zoneYear('Antarctica/Troll', 2026).changes).toHaveLength(2);
  expect(zoneYear('Asia/Kathmandu', 2026).changes).toEqual([]);
});

test('the hour that exists twice has two slots in an hourly briefing, and they differ', () => {
  const slots = nextSlots({ cron: '30 * * * *', timeZone: 'America/New_York' }, new Date('2026-11-01T04:45Z'), 3);
  expect(slots.map(({ slot }) => slot)).toEqual(['2026-11-01T01:30-04:00', '2026-11-01T01:30-05:00', '2026-11-01T02:30-05:00']);
});

test('a schedule that cannot be used says why', () => {
  const now = new Date('2026-11-25T12:00Z');
  const problem = (cron: string) => scheduleProblem({ cron, timeZone: 'Europe/London' }, now);
  expect(problem('0 8 * * 1-5')).toBeUndefined();
  expect(problem('0 * * * *')).toBeUndefined();
  expect(problem('61 8 * * *')).toMatch(/no cron expression/);
  expect(problem('0 0 31 2 *')).toBe('It never comes round.');
  expect(problem('*/30 * * * *')).toMatch(/more than once an hour/);
});

test('a schedule and a moment are said in words', () => {
  expect(scheduleInWords({ cron: '0 8 * * 1-5', timeZone: 'Asia/Kolkata' })).toBe(
    'At 08:00, Monday through Friday (Asia/Kolkata)',
  );
  expect(momentInWords(Date.parse('2026-11-25T13:00Z'), 'America/New_York')).toBe('Wednesday, November 25, 08:00 EST');
  expect(momentInWords(Date.parse('2026-11-25T13:00Z'), 'Mars/Olympus')).toBe('Wednesday, November 25, 13:00 UTC');
});

test('a time zone is found by its city, and has the name in use now', () => {
  expect(timeZonesLike('york')).toEqual(['America/New_York']);
  expect(timeZonesLike('new y')).toEqual(['America/New_York']);
  expect(timeZonesLike('Kolkata')).toEqual(['Asia/Kolkata']);
  expect(timeZonesLike('kathm')).toEqual(['Asia/Kathmandu']);
  expect(timeZonesLike('nowhere')).toEqual([]);
  expect(timeZoneNamed('asia/calcutta')).toBe('Asia/Kolkata');
  expect(timeZoneNamed('europe/kiev')).toBe('Europe/Kyiv');
  expect(timeZoneNamed('utc')).toBe('UTC');
  expect(timeZoneNamed('Mars/Olympus')).toBeUndefined();
  expect(['Asia/Kolkata', 'Antarctica/Troll', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false]);
});
