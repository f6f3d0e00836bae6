import type { AnyCommand, Completion } from '../../command.ts';
import { completeLine } from '../../complete.ts';
import { formatLine, formatOption } from '../../line.ts';
import type { CandidateView, CompletionsView } from './wire.ts';

type Commands = ReadonlyMap<string, AnyCommand>;
type Complete = (command: string, option: string, typed: string) => Promise<Completion[]>;

const MAX_CANDIDATES = 30;

/** What may stand at the end of a line, each with what it is: the description of a command or an option, the label of a value. */
export async function completions(line: string, commands: Commands, complete: Complete): Promise<CompletionsView> {
  const known = new Map<string, Omit<CandidateView, 'value'>>();
  for (const { name, description } of commands.values()) {
    for (const value of [`/${name} `, `${name} `]) known.set(value, { label: `/${name}`, about: description });
  }
  const [found, replaced] = await completeLine(line, {
    commands,
    async complete(command, option, typed) {
      const values = await complete(command.name, option, typed);
      for (const { value, label } of values) {
        const asWords = formatLine(command.name, { [option]: value }, commands).slice(command.name.length + 2);
        const about = label.startsWith(value) ? label.slice(value.length).replace(/^ · /, '') : label;
        for (const written of [formatOption(option, value), formatOption(option, value, true), asWords]) {
          known.set(written, { label: value, about });
        }
      }
      return values;
    },
  });
  const described = (value: string): CandidateView => ({ value, ...(known.get(value) ?? optionOf(value, line, commands)) });
  return {
    replaced,
    candidates: found
      .filter((value) => value !== replaced)
      .slice(0, MAX_CANDIDATES)
      .map(described),
  };
}

function optionOf(value: string, line: string, commands: Commands): Omit<CandidateView, 'value'> {
  const key = value.replace(/:$/, '');
  const named = [...commands.keys()].findLast((name) => new RegExp(`(^|[\\s/])${name}\\s`, 'i').test(line));
  const about: unknown =
    key === 'share' ? 'yes: everybody in the channel sees the answer' : shapeOf(commands, named)?.[key]?.description;
  return { label: value, about: typeof about === 'string' ? about : '' };
}

function shapeOf(commands: Commands, name: string | undefined): Record<string, { description?: string }> | undefined {
  return name === undefined ? undefined : commands.get(name)?.options.shape;
}
