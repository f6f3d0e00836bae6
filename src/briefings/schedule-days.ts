export type NotRead =
  /** It can mean several things: one of the choices, each a schedule in words, must be picked. */
  { outcome: 'ask'; question: string; choices: string[] } | { outcome: 'unknown'; reason: string };

export const unknown = (reason: string): NotRead => ({ outcome: 'unknown', reason });

const WEEKDAYS: readonly string[] = [
  'sunday sundays sun domingo domingos dom',
  'monday mondays mon lunes lun segunda segundas segunda-feira segundas-feiras seg',
  'tuesday tuesdays tue tues martes mar terca tercas terca-feira tercas-feiras ter',
  'wednesday wednesdays wed weds miercoles mie quarta quartas quarta-feira quartas-feiras qua',
  'thursday thursdays thu thur thurs jueves jue quinta quintas quinta-feira quintas-feiras qui',
  'friday fridays fri viernes vie sexta sextas sexta-feira sextas-feiras sex',
  'saturday saturdays sat sabado sabados sab',
];
const DAY = new Map(WEEKDAYS.flatMap((names, day) => names.split(' ').map((name): [string, number] => [name, day])));

const ORDINALS: readonly (readonly [string, string])[] = [
  ['#1', 'first primer primero primera primeiro primeira'],
  ['#2', 'second segundo'],
  ['#3', 'third tercer tercero tercera terceiro terceira'],
  ['#4', 'fourth cuarto cuarta quarto'],
  ['L', 'last ultimo ultima'],
];
const ORDINAL = new Map(ORDINALS.flatMap(([nth, names]) => names.split(' ').map((name): [string, string] => [name, nth])));
/** Words of Portuguese that are a day and, right before another day, an ordinal. */
const DAY_OR_ORDINAL = new Map([
  ['segunda', { nth: '#2', written: '2nd' }],
  ['quarta', { nth: '#4', written: '4th' }],
]);

/** Tried in this order: “todos los días laborables” holds “todos los días”. */
const KINDS: readonly [RegExp, readonly number[]][] = [
  [
    /\b(weekdays?|workdays?|work days?|working days?|business days?|dias? laborables?|dias? habil(es)?|entre semana|dias? ute?i[sl]|dias? de semana)\b/g,
    [1, 2, 3, 4, 5],
  ],
  [/\b(weekends?|fin(es)? de semana|fi[mn]s? de semana)\b/g, [0, 6]],
];
const DAILY = /\b(daily|every ?day|each day|diario|diariamente|cada dia|todos los dias|todos os dias|todo o? ?dia)\b/g;
const NAMES = [...DAY.keys()].sort((a, b) => b.length - a.length).join('|');
const RANGE = new RegExp(
  `\\b(${NAMES})(?:\\s*[-–]\\s*|\\s+(?:to|through|thru|until|al?|ate|hasta)\\s+(?:(?:a|o|el)\\s+)?)(${NAMES})(?![\\w-])`,
  'g',
);
const CONNECTIVE =
  /^(at|on|every|each|the|of|in|from|month|and|a|as|al|las?|los|el|en|por|cada|tod[ao]s?|del?|desde|mes|y|e|o|os|no|na|nos|nas|em|d[ao]|ao|aos|hs?|horas?|o'clock|uma?|[-–])$/;

/** Days in words as the last field of cron: `*`, `1-5`, `1,4`, `1#1`, `5L`. `time` is how to write the times in a question back. */
export function readDays(words: string, time: string): { outcome: 'days'; days: string } | NotRead {
  const days = new Set<number>();
  const taken = (whole: readonly number[]) => {
    for (const day of whole) days.add(day);
    return ' ';
  };
  let rest = words;
  for (const [pattern, named] of KINDS) rest = rest.replace(pattern, () => taken(named));
  const isDaily = rest.search(DAILY) >= 0;
  rest = rest.replace(DAILY, ' ').replace(RANGE, (_, first: string, last: string) => taken(daysBetween(first, last)));
  const nth = new Set<string>();
  let ordinals: string[] = [];
  const leftOver: string[] = [];
  const pieces = rest.match(/[^\s,;&+/]+|[,;&+/]/g) ?? [];
  for (const [place, word] of pieces.entries()) {
    const [day, next] = [DAY.get(word), DAY.get(pieces[place + 1] ?? '')];
    const either = ordinals.length === 0 && next !== undefined ? DAY_OR_ORDINAL.get(word) : undefined;
    if (either && next !== day) return secondOrMonday([word, pieces[place + 1] ?? ''], either.written, time);
    const ordinal = either?.nth ?? ORDINAL.get(word);
    if (ordinal !== undefined) ordinals.push(ordinal);
    else if (day === undefined) leftOver.push(...(/^[,;&+/]$/.test(word) || CONNECTIVE.test(word) ? [] : [word]));
    else if (ordinals.length === 0) days.add(day);
    else {
      for (const which of ordinals) nth.add(`${day}${which}`);
      ordinals = [];
    }
  }
  if (leftOver.length > 0) return unknown(`“${leftOver.join(' ')}” is not understood as a day or a time.`);
  if (ordinals.length > 0) return unknown('Say which day of the week: for example first monday 9:00.');
  if (isDaily && days.size + nth.size > 0) return unknown('Say either daily or single days, not both.');
  if (nth.size > 0 && days.size > 0)
    return unknown('Say of each day which one of the month it is: for example first monday and first friday 9:00.');
  if (isDaily) return { outcome: 'days', days: '*' };
  if (nth.size > 0) return { outcome: 'days', days: [...nth].sort().join(',') };
  if (days.size > 0) return { outcome: 'days', days: inRanges(days) };
  return {
    outcome: 'ask',
    question: 'On which days?',
    choices: ['daily', 'weekdays', 'every monday'].map((named) => `${named} ${time}`),
  };
}

/** “segunda terça” is Monday and Tuesday, or the second Tuesday. */
function secondOrMonday([word, day]: [string, string], ordinal: string, time: string): NotRead {
  return {
    outcome: 'ask',
    question: `Both days, or the ${ordinal} ${day} of the month?`,
    choices: [`${word} e ${day} ${time}`, `${ordinal} ${day} ${time}`],
  };
}

function daysBetween(first: string, last: string): number[] {
  const [from = 0, to = 0] = [DAY.get(first), DAY.get(last)];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, far) => (from + far) % 7);
}

/** `1-5`, `0,6`, `*`: three days or more in a row are a range. */
function inRanges(days: ReadonlySet<number>): string {
  if (days.size === WEEKDAYS.length) return '*';
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length < 3 ? run.join(',') : `${run[0]}-${run.at(-1)}`)).join(',');
}
