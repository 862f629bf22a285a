import type { LearnedAs } from '../history/record-of-log.ts';
import { resolveBuilderName } from './builder-name.ts';
import { resolveHistoryFile } from './history-file.ts';
import { usage } from './usage-error.ts';

/** The options of `learn` as texts; anything may be missing. */
export interface RawLearnOptions {
  /** The history file; must be named. */
  readonly history?: string | undefined;
  /** What the plan calls the machine; missing: as the logs call it. */
  readonly builder?: readonly string[] | undefined;
  /** `ram` or `disk`; missing: as far as the logs tell. */
  readonly mode?: string | undefined;
}

export interface LearnOptions {
  readonly history: string;
  readonly as: LearnedAs;
}

/** @throws UserError for a value that can't be used */
export function resolveLearnOptions({ history, builder, mode }: RawLearnOptions): LearnOptions {
  if (history === undefined) {
    throw usage('--history is missing', 'name the file that keeps what is learned: --history history.jsonl');
  }
  if (mode !== undefined && mode !== 'ram' && mode !== 'disk') {
    throw usage(`--mode ${mode} is neither ram nor disk`, 'leave it out where the logs tell');
  }
  const [name, more] = builder ?? [];
  if (more !== undefined)
    throw usage(`one builder at a time: ${name ?? ''} and ${more}`, 'learn its logs apart');
  return { history: resolveHistoryFile(history), as: { builder: resolveBuilderName(name), mode } };
}
