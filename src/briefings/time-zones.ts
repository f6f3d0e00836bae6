import { isTimeZone } from './schedule.ts';

/** Names in use now for which ICU still lists the former one. https://data.iana.org/time-zones/tzdb/backward */
const RENAMED = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);
const ZONES = [...Intl.supportedValuesOf('timeZone').map(presentName), 'UTC'];

/** A zone by its whole name in any case, as it is written now: asia/calcutta is Asia/Kolkata. Undefined where there is none. */
export function timeZoneNamed(typed: string): string | undefined {
  const listed = ZONES.find((zone) => zone.toLowerCase() === typed.toLowerCase());
  if (listed !== undefined || !isTimeZone(typed)) return listed;
  return presentName(new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone);
}

/** Time zones whose name, or a word in it, begins with what was typed: “new y” and “york” find America/New_York. */
export function timeZonesLike(typed: string): string[] {
  const wanted = inWords(typed.trim());
  return ZONES.filter((zone) => inWords(zone).startsWith(wanted) || inWords(zone).includes(` ${wanted}`));
}

const inWords = (zone: string): string => zone.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[/_]/g, ' ');

function presentName(zone: string): string {
  return RENAMED.get(zone) ?? zone;
}
