import { randomBytes } from 'node:crypto';
import { type Answer, type AnyCommand, type Context, type Invocation, message } from './command.ts';
import { CallerError } from './errors.ts';
import { exampleQuestion } from './examples.ts';
import { formatLine } from './line.ts';
import { actions, type Block, line, note, run } from './message/document.ts';
import { nearest } from './search/spelling.ts';

const MOST_NEAR = 3;

/** What a platform shows: an answer, or an error for the caller alone, and the option that it is about where it is about one. */
export type Reply = { outcome: 'answered'; answer: Answer } | { outcome: 'failed'; answer: Answer; option?: string | undefined };

/** Finds the command, checks its options, runs it. Never rejects: what the caller can fix is said, anything else is logged once with an id. */
export async function dispatch({ command: name, options, place }: Invocation, context: Context): Promise<Reply> {
  const started = performance.now();
  const logged = (outcome: string, fields: Record<string, unknown> = {}) =>
    context.log(outcome === 'broke' ? 'error' : 'info', 'invocation', {
      command: name,
      platform: place.platform,
      ms: Math.round(performance.now() - started),
      outcome,
      ...fields,
    });
  try {
    return await answered();
  } catch (error) {
    const id = randomBytes(4).toString('hex');
    logged('broke', { id, error });
    const title = `Something broke (id ${id}).`;
    return {
      outcome: 'failed',
      answer: message({
        title,
        blocks: [line(title), note('Nothing was lost. Try again; if it stays, tell whoever runs the bot this id.')],
      }),
    };
  }

  async function answered(): Promise<Reply> {
    try {
      const command = context.commands.get(name);
      if (!command) throw new CallerError(`There is no command “${name}”.`, { example: '/briefdesk' });
      const answer = await command.run(checked(command, options), context);
      logged(answer.type);
      return { outcome: 'answered', answer };
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      const answer = await refusal(error, name, context);
      logged('refused');
      return { outcome: 'failed', answer, option: error.option };
    }
  }
}

function checked(command: AnyCommand, options: Record<string, string>): unknown {
  const { share: _, ...own } = options;
  const known = Object.keys(command.options.shape);
  const unknown = Object.keys(own).find((one) => !known.includes(one));
  const parsed = command.options.safeParse(own);
  if (parsed.success && unknown === undefined) return parsed.data;
  const issue = parsed.error?.issues[0];
  const key = unknown ?? String(issue?.path[0]);
  const value = own[key];
  if (value === undefined) throw new CallerError(`/${command.name} needs ${key}.`, { option: key });
  const { [key]: __, ...others } = own;
  const asked = (label: string, changed: Record<string, string>) => ({
    label,
    command: command.name,
    options: { ...others, ...changed },
  });
  const without = Object.keys(others).length > 0 ? [asked(`without ${key}:`, {})] : [];
  if (unknown !== undefined) {
    const near = like(key, known).map((one) => asked(`${one}:`, { [one]: value }));
    throw new CallerError(`/${command.name} has no option “${key}”; it has ${known.join(', ')}.`, {
      nearest: near.length > 0 ? near : without,
    });
  }
  const choices = issue?.code === 'invalid_value' ? issue.values.map(String) : [];
  const near = like(value, choices).map((one) => asked(one, { [key]: one }));
  throw new CallerError(`${key}: ${issue?.message ?? 'is not valid'}.`, {
    nearest: near.length > 0 ? near : without,
    option: key,
  });
}

/** What differs in case alone, else what is spelt nearly like what was typed. */
function like(typed: string, choices: readonly string[]): string[] {
  const word = typed.toLowerCase();
  if (choices.includes(word)) return [word];
  return nearest(
    word,
    choices.map((choice) => ({ word: choice, count: 0 })),
    MOST_NEAR,
  );
}

/** One line what was wrong, the nearest match as a button, one example that works in this archive; `named` is the command that was meant. */
export async function refusal(error: CallerError, named: string, context: Context): Promise<Answer> {
  const { commands } = context;
  const blocks: Block[] = [line(error.message)];
  if (error.nearest.length > 0) {
    blocks.push(
      line('Did you mean:'),
      actions(...error.nearest.map(({ label, command, options }) => run(label, command, options))),
    );
  }
  const command = commands.get(named) ?? commands.get('brief');
  blocks.push(note(`For example: ${error.example ?? (await exampleOf(command, context))}`));
  return message({ title: error.message, blocks });
}

/** A line that works in this archive: of the command, else a briefing; where there is nothing, only the help. */
async function exampleOf(command: AnyCommand | undefined, context: Context): Promise<string> {
  const question = await exampleQuestion(context);
  if (!question) return '/briefdesk';
  const options = await command?.example?.(context);
  if (!command || (options && Object.keys(options).length === 0)) return `/brief ${question.code}`;
  return formatLine(command.name, options ?? {}, context.commands);
}
