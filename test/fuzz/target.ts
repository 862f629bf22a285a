import type { Diagnostic, Report } from '../../src/base/diagnostic.ts';

/** What a file is fed to. */
export interface Target {
  /** Files as people have them: what is mutated. At least one. */
  readonly seeds: () => readonly Uint8Array[];
  /**
   * Reads the file, and does with what was read what a command would.
   * @param report takes what is wrong with it
   * @throws UserError where a command could not go on
   */
  readonly run: (bytes: Uint8Array, report: Report) => void | Promise<void>;
  /** Whether what is wrong has to be told with file and line: not where the text is an option and no file. */
  readonly hasLines: boolean;
}

/** What a mutated file is called. */
export const FILE = 'fuzzed';

/** What one run of a target came to. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** What must not happen; undefined: all is well. */
  readonly failure: string | undefined;
}
