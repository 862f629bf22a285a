import type { Argv } from 'yargs';
import type { KnownCommand } from './known-command.ts';

/** A wrong command line: printed with a pointer to the help; exit code 2. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The hint is looked for when it is printed: everything else loads sooner without what that takes. */
export class UnknownCommand extends UsageError {
  readonly asked: string;
  readonly commands: readonly string[];

  constructor(asked: string, commands: readonly string[]) {
    super(`there is no command '${asked}'`, 'debplan --help');
    this.asked = asked;
    this.commands = commands;
  }
}

/** The option that was meant is looked for when this is printed. */
export class UnknownOption extends UsageError {
  /** Without its dashes. */
  readonly asked: string;
  readonly command: KnownCommand;

  constructor(message: string, asked: string, command: KnownCommand) {
    super(message, `debplan ${command.name} --help`);
    this.asked = asked;
    this.command = command;
  }
}

/** What yargs found wrong, in words that say what to type. */
export function usageError(
  message: string,
  given: readonly string[],
  commands: readonly KnownCommand[],
): UsageError {
  const name = given.find((text) => !text.startsWith('-'));
  const command = commands.find((known) => known.name === name);
  if (name !== undefined && command === undefined)
    return new UnknownCommand(
      name,
      commands.map((known) => known.name),
    );
  const text = reword(message);
  if (command === undefined) return new UsageError(text, 'debplan --help');
  const [unknown] = unknownOptions(message);
  if (unknown !== undefined) return new UnknownOption(text, unknown, command);
  return new UsageError(text, `debplan ${command.name} --help`);
}

/** Refuses options that were given twice, where only one value can count; the last of two flags counts. */
export function refuseTwice(args: Readonly<Record<string, unknown>>, lists: readonly string[]): true {
  for (const [name, value] of Object.entries(args)) {
    if (name.length === 1 || lists.includes(name) || !Array.isArray(value)) continue;
    throw new UsageError(`--${name} is given twice: ${value.join(' and ')}`, 'leave one out');
  }
  return true;
}

/** Prints the help to stderr, for who typed no command at all. */
export function printHelp(parser: Argv): void {
  parser.showHelp((help) => {
    process.stderr.write(`${help}\n\n`);
  });
}

/** Without their dashes. */
function unknownOptions(message: string): readonly string[] {
  return /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ') ?? [];
}

function reword(message: string): string {
  const unknown = unknownOptions(message);
  if (unknown.length > 0) return `there is no option ${unknown.map(dashed).join(', ')}`;
  const empty = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (empty !== undefined) return `${dashed(empty)} needs a value`;
  const choice = /Argument: (.+), Given: (.+), Choices: (.+)$/.exec(message);
  if (choice !== null) {
    const [, name = '', value = '', choices = ''] = choice;
    return `${dashed(name)} can't be ${value}: the choices are ${choices.replaceAll('"', '')}`;
  }
  return message.replaceAll(/\s+/g, ' ');
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
