import { bench } from './bench.ts';
import { benchBriefings, briefingRows } from './briefings.ts';
import { benchImport, importRows } from './import.ts';
import { report } from './report.ts';

const responses = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(responses) || responses < 1) {
  console.error('Usage: npm run bench [-- <number of responses>]');
  process.exitCode = 2;
} else {
  console.log(report(await bench({ responses })));
  for (const row of briefingRows(await benchBriefings())) console.log(row.join('  '));
  for (const row of importRows(await benchImport())) console.log(row.join('  '));
}
