import { copyFileSync, createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { openBot } from '../src/bot.ts';
import { type Corpus, RESPONSES_A_QUESTION } from './generate.ts';

const MAX_FILES = 4000;

/** How many responses a second are loaded out of YAML files, one a question: the first of a generated archive. */
export async function measureYaml({ folder }: Corpus): Promise<{ perSecond: number; problems: number }> {
  const own = mkdtempSync(join(tmpdir(), 'briefdesk-bench-'));
  try {
    mkdirSync(join(own, 'bench'));
    for (const name of ['collection.yaml', 'respondents.yaml'])
      copyFileSync(join(folder, 'bench', name), join(own, 'bench', name));
    let files = 0;
    for await (const line of createInterface({ input: createReadStream(join(folder, 'bench', 'questions.jsonl'), 'utf8') })) {
      if (files === MAX_FILES) break;
      files += 1;
      writeFileSync(join(own, 'bench', `q${files}.yaml`), stringify(JSON.parse(line), { lineWidth: 100 }));
    }
    const config = { data: own, database: join(own, 'own.db'), sample: false };
    const started = performance.now();
    const bot = await openBot({ config, log: () => undefined, now: () => new Date('2026-11-25T12:00:00Z') });
    const seconds = (performance.now() - started) / 1000;
    const problems = bot.problems().length;
    await bot.close();
    return { perSecond: (files * RESPONSES_A_QUESTION) / seconds, problems };
  } finally {
    rmSync(own, { recursive: true });
  }
}
