/** The command line of a program, as completions need to know it. */
export interface CommandLine {
  readonly program: string;
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedCommand {
  readonly name: string;
  /** One line. */
  readonly describe: string;
  readonly options: readonly CompletedOption[];
  /** What its words may be, beside files; empty: files. */
  readonly words: readonly string[];
}

export interface CompletedOption {
  /** Without dashes. */
  readonly name: string;
  /** One letter, without dash; empty where there is none. */
  readonly letter: string;
  readonly describe: string;
  readonly value: CompletedValue;
}

export type CompletedValue =
  /** A flag. */
  | { readonly kind: 'none' }
  /** Something that can't be guessed. */
  | { readonly kind: 'any' }
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  /** Names of letters, digits, `-` and `_`; `isList`: several, separated by commas. */
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly isList: boolean };
