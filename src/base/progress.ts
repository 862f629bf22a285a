/** What a command does at the moment, and how far it is. */
export interface Progress {
  /** A verb: `reading`, `searching`. */
  readonly doing: string;
  /** How many of something are done; 0 where nothing is counted. */
  readonly done: number;
  /** Of how many; 0: nobody knows. */
  readonly total: number;
  /** What is counted, as a plural: `files`. */
  readonly noun: string;
  /** What came of it so far. */
  readonly detail?: string;
}

/** Told about progress, as often as there is any. */
export type OnProgress = (progress: Progress) => void;

/** Nobody wants to know. */
export const noProgress: OnProgress = () => undefined;

/** A step of which nobody knows how long it takes. */
export function stepOf(doing: string): Progress {
  return { doing, done: 0, total: 0, noun: '' };
}
