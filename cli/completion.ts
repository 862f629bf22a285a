import type { Argv, CommandModule } from 'yargs';
import type { CommandLine, CompletedCommand, CompletedOption } from '../src/internal.ts';
import { namesOf, wordsOf } from './completed-names.ts';
import { knownCommand, parserOf, type KnownCommand } from './known-command.ts';
import { UsageError } from './usage.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

const describe = 'A script that completes commands, options and values in your shell.';

/** Prints scripts that hold what the parser itself knows of all commands. */
export function completionCommand(commands: readonly KnownCommand[]): CommandModule {
  const module: CommandModule = {
    command: 'completion',
    describe,
    builder: (command) =>
      command
        .usage(`debplan completion SHELL\n\n${describe}\n\nSHELL: ${SHELLS.join(', ')}`)
        .example('source <($0 completion bash)', 'or in ~/.bashrc')
        .example('$0 completion zsh > ~/.zfunc/_debplan', 'a folder of your fpath')
        .example('$0 completion fish > ~/.config/fish/completions/debplan.fish', ''),
    handler: async ({ _: [, given, more] }) => {
      const shell = SHELLS.find((known) => known === given);
      if (shell === undefined || more !== undefined)
        throw new UsageError(
          given === undefined ? 'no shell is named' : `no completion for ${String(more ?? given)}`,
          `debplan completion ${SHELLS.join('|')}`,
        );
      const { COMPLETIONS } = await import('../src/internal.ts');
      process.stdout.write(COMPLETIONS[shell](await readCommandLine([...commands, knownCommand(module)])));
    },
  };
  return module;
}

async function readCommandLine(commands: readonly KnownCommand[]): Promise<CommandLine> {
  const completed: CompletedCommand[] = [];
  for (const command of commands) {
    const { name, describe: about } = command;
    const options = await readOptionTable(parserOf(command));
    completed.push({ name, describe: about, options, words: wordsOf(name) });
  }
  return { program: 'debplan', commands: completed };
}

async function readOptionTable(parser: Argv): Promise<readonly CompletedOption[]> {
  const { key, alias, boolean, array, choices } = parser.getOptions();
  const describes = parser.getInternalMethods().getUsageInstance().getDescriptions();
  const aliases = new Set(Object.values(alias).flat());
  const help = { name: 'help', letter: 'h', describe: 'show help', value: { kind: 'none' } } as const;
  const options: CompletedOption[] = [];
  for (const name of Object.keys(key).filter((known) => !aliases.has(known))) {
    const text = describes[name] ?? '';
    const letter = alias[name]?.find((other) => other.length === 1) ?? '';
    const value: CompletedOption['value'] = boolean.includes(name)
      ? { kind: 'none' }
      : ((await namesOf(name, choices[name], array.includes(name))) ?? { kind: pathKind(text) });
    options.push({ name, letter, describe: text, value });
  }
  return [...options, help];
}

/** The help says what an option takes in its first word: `FILE: …`, `DIR: …`. */
function pathKind(describe: string): 'file' | 'folder' | 'any' {
  if (/^(?:\[\w+=\])?FILE\b/.test(describe)) return 'file';
  return /^(?:DIR|FOLDER)\b/.test(describe) ? 'folder' : 'any';
}
