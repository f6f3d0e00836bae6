import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '../src/content/import/read-document.ts';
import { cpuMs } from './measure.ts';

export interface ImportSpeed {
  kind: string;
  kilobytes: number;
  /** Pages a minute of one core: web pages, or the printed pages of a document. */
  perMinute: number;
}

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../test/fixtures/import', name));

/** A page as publishers send it: its article between menus, scripts and teasers. */
function webPage(): Buffer {
  const teaser =
    '<li class="teaser"><a href="/a"><img src="a.jpg" alt="A quay"><h3>Ships wait</h3><p>They wait and wait.</p></a></li>';
  const furniture = `<nav><ul>${'<li><a href="/x">Section</a></li>'.repeat(60)}</ul></nav><script>${'var a = 1;'.repeat(800)}</script>`;
  const related = `<aside class="related"><ul>${teaser.repeat(40)}</ul></aside>`;
  const page = fixture('bold-line-en1.html').toString();
  return Buffer.from(page.replace('<main>', `${furniture}<main>`).replace('</main>', `</main>${related}`));
}

const KINDS = [
  { kind: 'web page', name: 'page.html', bytes: webPage(), pages: 1, goal: 1000 },
  { kind: 'plain text', name: 'letter.txt', bytes: fixture('line-quotes-each-en1.txt'), pages: 1, goal: 1000 },
  { kind: 'PDF, one column', name: 'a.pdf', bytes: fixture('office-en.pdf'), pages: 2, goal: 1000 },
  { kind: 'PDF, two columns', name: 'b.pdf', bytes: fixture('typeset-columns-en.pdf'), pages: 1, goal: 1000 },
  { kind: 'Word document', name: 'c.docx', bytes: fixture('office-pt.docx'), pages: 1, goal: 1000 },
] as const;

/** How fast documents become drafts, in the thread that the bot uses too; processor time, so that others’ work does not count. */
export async function benchImport(rounds = 60): Promise<ImportSpeed[]> {
  const speeds: ImportSpeed[] = [];
  for (const { kind, name, bytes, pages } of KINDS) {
    for (let round = 0; round < 10; round++) await readDocument(bytes, { name });
    const before = cpuMs();
    for (let round = 0; round < rounds; round++) await readDocument(bytes, { name });
    speeds.push({ kind, kilobytes: bytes.length / 1000, perMinute: (60_000 * rounds * pages) / (cpuMs() - before) });
  }
  return speeds;
}

export function importRows(speeds: readonly ImportSpeed[]): string[][] {
  return speeds.map(({ kind, kilobytes, perMinute }) => {
    const goal = KINDS.find((one) => one.kind === kind)?.goal ?? 0;
    const figure = `${Math.round(perMinute).toLocaleString('en')} pages a minute on one core`;
    return [
      '',
      `import: ${kind} of ${kilobytes.toFixed(0)} kB`,
      figure,
      `≥ ${goal.toLocaleString('en')}`,
      perMinute >= goal ? 'pass' : 'MISS',
    ];
  });
}
