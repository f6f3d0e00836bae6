import type { Registered } from './registration.ts';

// https://docs.discord.com/developers/interactions/application-commands#application-command-object
const MAX_COMMANDS = 100;
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
const MAX_DESCRIPTION = 100;
const MAX_OPTIONS = 25;
const MAX_CHOICES = 25;
const MAX_CHOICE = 100;
const MAX_CHARACTERS = 8_000;

/** What Discord would refuse of the commands, each with where it is and what the limit is. */
export function registrationProblems(commands: readonly Registered[]): string[] {
  const total = commands.length > MAX_COMMANDS ? [`${commands.length} commands: at most ${MAX_COMMANDS}`] : [];
  return [...total, ...commands.flatMap(commandProblems)];
}

function commandProblems(command: Registered): string[] {
  const problems: string[] = [];
  const check = (at: string, broken: boolean, limit: string) => broken && problems.push(`/${at}: ${limit}`);
  const named = (at: string, { name, description }: { name: string; description: string }) => {
    check(at, !NAME.test(name), 'the name must be 1 to 32 lower-case letters, digits, “-” or “_”');
    check(
      at,
      description.length < 1 || description.length > MAX_DESCRIPTION,
      `the description has ${description.length} characters: 1 to ${MAX_DESCRIPTION}`,
    );
  };
  const { name, options = [] } = command;
  named(name, command);
  check(name, options.length > MAX_OPTIONS, `${options.length} options: at most ${MAX_OPTIONS}`);
  check(name, new Set(options.map((one) => one.name)).size < options.length, 'two options have the same name');
  const firstFree = options.findIndex((one) => one.required !== true);
  check(name, firstFree >= 0 && options.slice(firstFree).some((one) => one.required), 'a required option stands behind others');
  for (const option of options) {
    const at = `${name} ${option.name}`;
    named(at, option);
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    check(at, choices.length > MAX_CHOICES, `${choices.length} choices: at most ${MAX_CHOICES}`);
    const tooLong = choices.some((one) => one.name.length > MAX_CHOICE || String(one.value).length > MAX_CHOICE);
    check(at, tooLong, `a choice has more than ${MAX_CHOICE} characters`);
  }
  const characters = charactersOf(command);
  check(name, characters > MAX_CHARACTERS, `${characters} characters in all: at most ${MAX_CHARACTERS}`);
  return problems;
}

/** Of names, descriptions and the values of choices. */
function charactersOf(command: Registered): number {
  const texts = (command.options ?? []).flatMap((option) => [
    option.name,
    option.description,
    ...('choices' in option ? (option.choices ?? []).flatMap((one) => [one.name, String(one.value)]) : []),
  ]);
  return [command.name, command.description, ...texts].join('').length;
}
