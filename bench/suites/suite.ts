import type { Workload } from './workload.ts';

/** How many sources a case deals with; `tiny` is for the contract test alone. */
export const SIZES = {
  tiny: { sources: 60, isQuick: true },
  /** As many as StarlingX builds. */
  '400': { sources: 400, isQuick: true },
  '2k': { sources: 2000, isQuick: true },
  '10k': { sources: 10_000, isQuick: false },
} as const satisfies Readonly<Record<string, { readonly sources: number; readonly isQuick: boolean }>>;

export type SizeName = keyof typeof SIZES;

/** Does once what is timed. */
export type Run = () => unknown;

/** Something to be timed. */
export interface BenchCase {
  /** Unique in its suite and size. */
  readonly name: string;
  /** The library that does it instead of debplan. Cases of one name answer one question. */
  readonly peer?: string;
  /** Makes all that it needs, outside of what is timed. What the run returns is thrown away. */
  readonly prepare: () => Promise<Run> | Run;
}

/** Cases of one stage. */
export interface Suite {
  /** In one line, what is timed. */
  readonly what: string;
  /** Largest size that it runs at; left out: all. */
  readonly largest?: SizeName;
  /** Cheap: nothing is made before a case is prepared. */
  readonly cases: (workload: Workload, size: SizeName) => readonly BenchCase[];
}
