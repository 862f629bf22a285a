import type { Plan } from '../plan/plan.ts';
import type { CommandTemplate } from './command/parse-template.ts';

/** One file of an output. */
export interface EmittedFile {
  /** Below the output folder, parts joined by `/`; never absolute, never through `..`. */
  readonly path: string;
  /** Ends with a line end. */
  readonly content: string;
  /** Whether it is a program that is to be started by its name. */
  readonly isExecutable: boolean;
}

/** What outputs are made with beside the plan; nothing is optional. */
export interface EmitOptions {
  /** What builds a unit, where the output runs builds. */
  readonly builderCommand: CommandTemplate;
  /** The distribution's codename, for `{suite}`. */
  readonly suite: string;
}

/** One output format: the same plan and options give the same bytes. */
export interface Emitter {
  /** What it is for, in a few words: lower case, no full stop. */
  readonly describe: string;
  readonly emit: (plan: Plan, options: EmitOptions) => readonly EmittedFile[];
}
