import type { BenchDocument, BenchRow } from '../benchmark/bench-document.ts';

/** What the page shows of `debplan bench`. */
export interface ReportBench {
  /** The file that it was read from. */
  readonly label: string;
  /** When it was measured, for people; null: nobody noted that. */
  readonly measured: string | null;
  readonly subject: BenchDocument['subject'];
  /** What planning took; null: not known. */
  readonly planning: BenchDocument['planning'];
  readonly tables: readonly ReportBenchTable[];
  /** The plan itself in this and all comparable benches of the file, oldest first; more than `MOST_POINTS` are cut off in front. */
  readonly trend: readonly BenchPoint[];
}

export interface ReportBenchTable {
  readonly title: string;
  /** The plan itself first, then the shortest; architectures behind. */
  readonly rows: readonly BenchRow[];
}

export interface BenchPoint {
  readonly measured: string | null;
  readonly makespanMs: number;
  /** Null, as is the gap: builds were given up. */
  readonly lowerBoundMs: number | null;
  readonly gap: number | null;
  /** Whether it was planned from the same files as the one before. */
  readonly hasSameInputs: boolean;
}
