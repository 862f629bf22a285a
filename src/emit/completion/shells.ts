import { bashCompletion } from './bash.ts';
import type { CommandLine } from './command-line.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

/** Makes the completion script of each shell. */
export const COMPLETIONS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Readonly<Record<string, (commandLine: CommandLine) => string>>;
