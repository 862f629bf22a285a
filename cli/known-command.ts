import yargs, { type Argv, type CommandModule } from 'yargs';
import { commonOptions } from './common-options.ts';

/** A command as the parser gets it. */
export interface KnownCommand {
  readonly name: string;
  readonly describe: string;
  /** Tells a parser the command's options. */
  readonly build: (parser: Argv) => unknown;
}

/** What a command module says of itself. */
export function knownCommand<U>({ command, describe, builder }: CommandModule<object, U>): KnownCommand {
  return {
    name: String(command),
    describe: String(describe),
    build: (parser) => (typeof builder === 'function' ? builder(parser) : undefined),
  };
}

/** A parser of one command's options alone: what the command says of them itself, and what all commands take. */
export function parserOf({ build }: KnownCommand): Argv {
  const parser = yargs([]).help(false).version(false).options(commonOptions);
  build(parser);
  return parser;
}

/** The long names of a command's options. */
export function optionNames(command: KnownCommand): readonly string[] {
  const names = [...Object.keys(parserOf(command).getOptions().key), 'help'];
  return names.filter((name) => name.length > 1);
}
