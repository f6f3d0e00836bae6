import { describe, expect, test } from 'vitest';
import { readSchedule } from '../../src/briefings/schedule-words.ts';

const UNDERSTOOD: [string, string][] = [
  // English
  ['weekdays at 8am', '0 8 * * 1-5'],
  ['every monday 07:30', '30 7 * * 1'],
  ['daily 18:00', '0 18 * * *'],
  ['first monday 9:00', '0 9 * * 1#1'],
  ['mon,thu 8:00', '0 8 * * 1,4'],
  ['Mon-Fri 8:00', '0 8 * * 1-5'],
  ['from monday to friday at 8 a.m.', '0 8 * * 1-5'],
  ['Monday through Wednesday, 6pm', '0 18 * * 1-3'],
  ['fri-mon 8:00', '0 8 * * 0,1,5,6'],
  ['every day at noon', '0 12 * * *'],
  ['everyday at midnight', '0 0 * * *'],
  ['weekends 10h', '0 10 * * 0,6'],
  ['weekdays and saturday 8:00', '0 8 * * 1-6'],
  ['weekdays and weekends 8:00', '0 8 * * *'],
  ['sunday, monday, tuesday 8:00', '0 8 * * 0-2'],
  ['mon tue wed thu fri sat sun 8:00', '0 8 * * *'],
  ['last friday of the month at 17:00', '0 17 * * 5L'],
  ['first and third tuesday 9:00', '0 9 * * 2#1,2#3'],
  ['the 2nd wednesday of each month at 9:15am', '15 9 * * 3#2'],
  ['first monday and first friday 9:00', '0 9 * * 1#1,5#1'],
  ['business days 8am and 6pm', '0 8,18 * * 1-5'],
  ['weekdays 18:00, 8:00 and 18:00', '0 8,18 * * 1-5'],
  ['12am daily', '0 0 * * *'],
  ['12pm daily', '0 12 * * *'],
  ['daily 12:30 pm', '30 12 * * *'],
  ['daily at 8 in the morning', '0 8 * * *'],
  ['daily at 8 in the evening', '0 20 * * *'],
  ['daily 0', '0 0 * * *'],
  ['daily 18', '0 18 * * *'],
  ['  WEEKDAYS   at 8AM ', '0 8 * * 1-5'],
  ['9:00 on mondays and fridays', '0 9 * * 1,5'],
  // Spanish
  ['lunes y jueves a las 8:00', '0 8 * * 1,4'],
  ['de lunes a viernes a las 8h', '0 8 * * 1-5'],
  ['lunes a viernes a las 8:30 de la mañana', '30 8 * * 1-5'],
  ['todos los días a las 18:00', '0 18 * * *'],
  ['todos los días laborables a las 7:45', '45 7 * * 1-5'],
  ['días hábiles 8 a. m.', '0 8 * * 1-5'],
  ['entre semana a las 8 de la noche', '0 20 * * 1-5'],
  ['fines de semana al mediodía', '0 12 * * 0,6'],
  ['el primer lunes de cada mes a las 9:00', '0 9 * * 1#1'],
  ['el segundo y cuarto martes a las 9 de la mañana', '0 9 * * 2#2,2#4'],
  ['último viernes 17:00', '0 17 * * 5L'],
  ['miércoles y sábados a las 10 horas', '0 10 * * 3,6'],
  ['diario 12 de la noche', '0 0 * * *'],
  ['8 de la mañana lunes', '0 8 * * 1'],
  ['cada día a medianoche', '0 0 * * *'],
  // Portuguese
  ['segunda a sexta às 8h', '0 8 * * 1-5'],
  ['de segunda-feira a sexta-feira às 8h30', '30 8 * * 1-5'],
  ['segunda-sexta 8:00', '0 8 * * 1-5'],
  ['segundas e quintas às 8h', '0 8 * * 1,4'],
  ['primeira segunda 9h', '0 9 * * 1#1'],
  ['segunda segunda-feira do mês às 9h', '0 9 * * 1#2'],
  ['terceira quinta às 9:00', '0 9 * * 4#3'],
  ['segunda, terça e quarta às 9h', '0 9 * * 1-3'],
  ['todos os dias às 18 horas', '0 18 * * *'],
  ['dias úteis 8 da manhã', '0 8 * * 1-5'],
  ['última sexta-feira do mês às 20h da noite', '0 20 * * 5L'],
  ['fim de semana ao meio-dia', '0 12 * * 0,6'],
  ['domingo às 10 da noite', '0 22 * * 0'],
  ['sábado às 3 da madrugada', '0 3 * * 6'],
  // cron
  ['0 8 * * 1-5', '0 8 * * 1-5'],
  ['30 7 * jan-jun mon,thu', '30 7 * JAN-JUN MON,THU'],
  ['0 9 L * *', '0 9 L * *'],
];

describe('a schedule in words is understood', () => {
  test.each(UNDERSTOOD)('%s', (words, cron) => {
    expect(readSchedule(words)).toEqual({ outcome: 'schedule', cron });
  });
});

const ASKED: [string, string[]][] = [
  ['weekdays at 8', ['weekdays at 08:00', 'weekdays at 20:00']],
  ['18:00 and 8 daily', ['18:00 and 08:00 daily', '18:00 and 20:00 daily']],
  ['daily at 12', ['daily at 00:00', 'daily at 12:00']],
  ['lunes a las 9', ['lunes a las 09:00', 'lunes a las 21:00']],
  ['diario a las 12 de la mañana', ['diario a las 00:00', 'diario a las 12:00']],
  ['at 8am', ['daily 08:00', 'weekdays 08:00', 'every monday 08:00']],
  ['8:00 and 18:00', ['daily 08:00 and 18:00', 'weekdays 08:00 and 18:00', 'every monday 08:00 and 18:00']],
  ['segunda terça às 9h', ['segunda e terca 09:00', '2nd terca 09:00']],
  ['quarta sexta 9:00', ['quarta e sexta 09:00', '4th sexta 09:00']],
];

describe('what can mean several things is asked, and every choice is understood', () => {
  test.each(ASKED)('%s', (words, choices) => {
    const read = readSchedule(words);
    expect(read).toMatchObject({ outcome: 'ask', choices });
    const meant = choices.map((choice) => readSchedule(choice));
    expect(meant.map(({ outcome }) => outcome)).toEqual(choices.map(() => 'schedule'));
    expect(new Set(meant.map((one) => JSON.stringify(one))).size).toBe(choices.length);
  });
});

const REFUSED: [string, RegExp][] = [
  ['', /Say when/],
  ['monday', /at what time/],
  ['25:00 daily', /“25:00” is no time of day/],
  ['daily 24:00', /no time of day/],
  ['daily 8:75', /no time of day/],
  ['daily 15:00 pm', /no time of day/],
  ['daily at 2 de la noche', /no time of day/],
  ['8:00 and 17:30 daily', /share their minutes/],
  ['every other monday 9:00', /“other” is not understood/],
  ['biweekly 9:00', /“biweekly” is not understood/],
  ['the 5th at 9:00', /“5th” is not understood/],
  ['first 9:00', /which day of the week/],
  ['first monday and friday 9:00', /which one of the month/],
  ['daily and monday 9:00', /either daily or single days/],
  ['daily 8:5', /“8:5” is not understood as a time/],
  ['when the cows come home 9:00', /not understood/],
  ['* * * *', /five fields/],
  ['0 0 8 * * 1', /five fields/],
];

describe('what cannot be understood is refused with the reason', () => {
  test.each(REFUSED)('%s', (words, reason) => {
    expect(readSchedule(words)).toEqual({ outcome: 'unknown', reason: expect.stringMatching(reason) });
  });
});
