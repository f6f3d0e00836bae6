import type { ClassTimes, Results } from './bench.ts';
import { discordGoals } from './discord.ts';
import type { Times } from './measure.ts';
import { slackGoals } from './slack.ts';

/** The results as text: one table of times, one of goals (numbered as in the performance guide) with pass or miss. */
export function report(results: Results): string {
  const { responses, generateMs, searches, commands } = results;
  const common = searches.find(({ name }) => name === 'common')?.peer?.p95 ?? Number.NaN;
  return [
    `${responses.toLocaleString('en')} responses (generated in ${(generateMs / 1000).toFixed(1)} s); times are ms, p50/p95/p99`,
    '',
    ...table([
      ['search', 'plain FTS5', 'own search', 'whole command', 'own p95 ÷ common FTS5 p95', 'goal 1', ''],
      ...searches.map((one) => searchRow(one, common)),
    ]),
    '',
    ...table([['command', 'p50/p95/p99'], ...commands.map(({ name, command }) => [name, cell(command)])]),
    '',
    ...table([
      ['goal', 'what', 'figure', 'goal is', ''],
      ...goals(results),
      ...(results.slack ? slackGoals(results.slack) : []),
      ...(results.discord ? discordGoals(results.discord) : []),
    ]),
  ].join('\n');
}

function searchRow({ name, peer, search, command }: ClassTimes, common: number): string[] {
  const goal = name === 'common' ? 0.05 : 0.15;
  const ratio = (search?.p95 ?? Number.NaN) / common;
  return [name, cell(peer), cell(search), cell(command), ratio.toFixed(3), `≤ ${goal}`, verdict(ratio <= goal)];
}

function goals({ load, restart, queryRssMb, commandBlock, summary, cutPerSecond }: Results): string[][] {
  const { perSecond, peerPerSecond, yamlPerSecond, cpuRatio, blockMs, problems, bytesABodyByte, rssMb } = load;
  const ratio = perSecond / peerPerSecond;
  const { bytesRead, contentBytes } = restart;
  const figure = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  return [
    [
      '5',
      `longest block by a command (${commandBlock.line})`,
      `${figure(commandBlock.ms)} ms`,
      '≤ 50 ms',
      verdict(commandBlock.ms <= 50),
    ],
    ['5', 'longest block while loading', `${figure(blockMs)} ms`, '≤ 50 ms', verdict(blockMs <= 50)],
    [
      '6',
      `loading ${figure(perSecond)} responses/s; rows + FTS5 ${figure(peerPerSecond)}`,
      `${ratio.toFixed(2)} ×`,
      '≥ 0.5 ×',
      verdict(ratio >= 0.5),
    ],
    [
      '6',
      `loading YAML files ${figure(yamlPerSecond)} responses/s`,
      `${(yamlPerSecond / peerPerSecond).toFixed(2)} ×`,
      '≥ 0.3 ×',
      verdict(yamlPerSecond >= 0.3 * peerPerSecond),
    ],
    ['', 'JSON Lines by processor time', `${cpuRatio.toFixed(2)} ×`, '', ''],
    ['6', 'problems found while loading', String(problems), '0', verdict(problems === 0)],
    [
      '6',
      `start with an unchanged archive of ${figure(contentBytes / 1e6)} MB, ${figure(restart.ms)} ms: read`,
      bytesRead === undefined ? 'not told by this system' : `${figure(bytesRead / 1e6)} MB`,
      '≤ 1 % of it',
      bytesRead === undefined ? '' : verdict(bytesRead <= Math.max(contentBytes * 0.01, 1e6)),
    ],
    ['7', 'database file ÷ bytes of the bodies', bytesABodyByte.toFixed(2), '≤ 2.3', verdict(bytesABodyByte <= 2.3)],
    ['10', 'summary of five responses, p50/p95/p99', cell(summary), 'p95 ≤ 5 ms', verdict(summary.p95 <= 5)],
    ['', 'responses cut into sentences', `${figure(cutPerSecond)} /s`, '', ''],
    ['', 'resident memory after loading · after the queries', `${figure(rssMb)} · ${figure(queryRssMb)} MB`, '', ''],
  ];
}

const verdict = (passes: boolean): string => (passes ? 'pass' : 'MISS');

function cell(times: Times | undefined): string {
  if (!times) return '';
  return [times.p50, times.p95, times.p99].map((ms) => ms.toFixed(ms < 1 ? 2 : ms < 10 ? 1 : 0)).join('/');
}

function table(rows: readonly string[][]): string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((text, column) => Math.max(all[column] ?? 0, text.length)), []);
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
