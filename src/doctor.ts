import type { Config } from './config.ts';
import { OperatorError } from './errors.ts';
import type { Finding } from './platform.ts';

export interface DoctorOptions {
  /** Throws OperatorError where the settings are not right. */
  settings: () => Config;
  /** Looks at one piece after the other, each with the settings; one that throws OperatorError is a problem of its own. */
  checks: readonly ((config: Config) => Promise<Finding[]>)[];
  print: (line: string) => void;
}

/** Looks at everything that the bot needs, prints what is fine, what is not and what to do; resolves to the exit code. */
export async function doctor({ settings, checks, print }: DoctorOptions): Promise<0 | 1> {
  let problems = 0;
  let config: Config | undefined;
  tell(
    await found(async () => {
      config = settings();
      return [{ isFine: true, what: 'Settings: consistent' }];
    }),
  );
  for (const check of checks) {
    const known = config;
    if (known) tell(await found(() => check(known)));
  }
  print(problems === 0 ? 'No problems.' : `${problems} problem${problems === 1 ? '' : 's'}.`);
  return problems === 0 ? 0 : 1;

  function tell(findings: readonly Finding[]): void {
    for (const { isFine, what, remedy } of findings) {
      print(`${isFine ? 'ok     ' : 'PROBLEM'}  ${what.replaceAll('\n', '\n         ')}`);
      if (remedy !== undefined) print(`         → ${remedy}`);
      if (!isFine) problems += 1;
    }
  }
}

async function found(check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [{ isFine: false, what: error.message }];
  }
}
