import { relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/** Prints failures in full, names what was skipped, and ends with the counts: `N passed, N failed[, N skipped]`. */
export default function reporter(): Reporter {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const output: string[] = [];
  return {
    onUserConsoleLog({ content }) {
      output.push(content.trimEnd());
    },

    onTestRunEnd(modules, unhandled) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const inState = (...states: string[]) => tests.filter((test) => states.includes(test.result().state));
      const passed = inState('passed');
      const skipped = inState('skipped', 'pending');
      const failed = [
        ...modules.flatMap(brokenSuites),
        ...inState('failed').map((test) => ({ name: nameOf(test), errors: test.result().errors ?? [] })),
        ...unhandled.map((error) => ({ name: `an error that no test caught${during(error)}`, errors: [error] })),
      ];

      for (const { name, errors } of failed) print(`FAILED  ${name}\n${errors.map(inFull).join('\n')}\n`);
      if (failed.length > 0) for (const words of output) print(`PRINTED ${words}`);
      for (const test of skipped) print(`SKIPPED ${nameOf(test)}${reasonOf(test)}`);
      if (tests.length === 0) print('No test was run.');
      if (failed.length > 0 || tests.length === 0) process.exitCode = 1;
      print(`${passed.length} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
    },
  };
}

/** Files that did not load and suites whose hooks failed: their tests never ran, so each counts as one failure. */
function brokenSuites(module: TestModule): { name: string; errors: readonly SerializedError[] }[] {
  const suites = [...module.children.allSuites()].map((suite) => ({ name: nameOf(suite), errors: suite.errors() }));
  return [{ name: module.relativeModuleId, errors: module.errors() }, ...suites].filter(({ errors }) => errors.length > 0);
}

const nameOf = (of: { module: TestModule; fullName: string }) => `${of.module.relativeModuleId} > ${of.fullName}`;

const during = ({ VITEST_TEST_PATH: file }: SerializedError) => (typeof file === 'string' ? ` in ${local(file)}` : '');

function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === 'pending') return ': did not finish';
  if (result.state === 'skipped' && result.note) return `: ${result.note}`;
  return test.options.mode === 'todo' ? ': to do' : '';
}

function inFull(error: SerializedError): string {
  const { diff, cause } = error;
  const parts = [`${error.name ?? 'Error'}: ${error.message}`];
  if (typeof diff === 'string') parts.push(diff);
  parts.push(...framesOf(error));
  if (cause) parts.push(`Caused by\n${inFull(cause)}`);
  const whole = parts.join('\n').replace(/^/gm, '  ');
  return process.stdout.isTTY ? whole : stripVTControlCharacters(whole);
}

/** Where it happened: vitest maps the frames of most errors; of the rest (causes, errors outside a test) there is the stack alone. */
function framesOf(error: SerializedError): string[] {
  if (error.stacks?.length)
    return error.stacks.map(({ method, file, line, column }) => frame(method, `${local(file)}:${line}:${column}`));
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.filter((line) => !/node_modules|node:internal|<anonymous>/.test(line)).map((line) => local(line.trim()));
}

const frame = (method: string, place: string) => (method ? `at ${method} (${place})` : `at ${place}`);

function local(place: string): string {
  const here = process.cwd() + sep;
  return place.startsWith(here) ? relative(here, place) : place.replaceAll(`file://${here}`, '').replaceAll(here, '');
}
