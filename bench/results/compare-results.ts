import type { BenchResults, CaseResult, ProgramResult } from './results-schema.ts';
import { studentT } from './student-t.ts';

/** A case or a program that both runs have. */
export interface Comparison {
  /** Of a program its question. */
  readonly suite: string;
  readonly size: string;
  readonly case: string;
  readonly peer: string | undefined;
  /** What of both is compared: the median by the wall clock, or the least CPU time of a program. */
  readonly what: 'wall' | 'cpu';
  readonly baseMs: number;
  readonly nowMs: number;
  /** Now over base: below 1 is faster. */
  readonly ratio: number;
  /** What the ratio may be off by, as a factor of at least 1: it lies between `ratio / spread` and `ratio × spread`. */
  readonly spread: number;
  /** `same`: within the spread. */
  readonly verdict: 'faster' | 'same' | 'slower';
}

/**
 * What two runs of the very same program on one quiet machine differ by, beside the scatter within each: heat, what the compiler chose
 * to inline, memory layout. Where more wants to run than there are cores it is as much more.
 */
const BETWEEN_RUNS = 0.1;
/** Standard error of a median, in standard errors of a mean; of few values it is less. */
const MEDIAN_ERROR = 1.2533;
/** What the CPU time of a program that ran once may be off by. */
const RAN_ONCE = 0.3;
/** How finely CPU time is told, s. */
const TICK_S = 0.001;

/** What a result may be off by: the squared standard error of its median, as a part of it, and its degrees of freedom. */
interface Scatter {
  readonly variance: number;
  readonly freedom: number;
}

/** All that both runs have, in the order of the later one, programs last, and which of it differs by more than chance. */
export function compareResults(base: BenchResults, now: BenchResults): readonly Comparison[] {
  const between = BETWEEN_RUNS * Math.max(1, base.loadPerCore, now.loadPerCore);
  const cases = new Map(base.cases.map((own) => [keyOf(own), own]));
  const programs = new Map(base.programs.map((own) => [keyOfProgram(own), own]));
  return [
    ...now.cases.flatMap((own) => {
      const before = cases.get(keyOf(own));
      return before === undefined ? [] : [compareCase(before, own, between)];
    }),
    ...now.programs.flatMap((own) => {
      const before = programs.get(keyOfProgram(own));
      // cached figures are no second measurement
      return before === undefined || own.from !== undefined ? [] : [compareProgram(before, own, between)];
    }),
  ];
}

function compareCase(base: CaseResult, now: CaseResult, between: number): Comparison {
  return {
    ...{ suite: now.suite, size: now.size, case: now.case, peer: now.peer, what: 'wall' },
    ...judged(base.medianMs, now.medianMs, Math.hypot(chanceOf(base, now), between)),
  };
}

function compareProgram(base: ProgramResult, now: ProgramResult, between: number): Comparison {
  const error = Math.hypot(errorOfLeast(base), errorOfLeast(now), between);
  return {
    ...{ suite: now.question, size: now.size, case: now.program, peer: undefined, what: 'cpu' },
    ...judged(base.cpuS * 1000, now.cpuS * 1000, error),
  };
}

function judged(
  baseMs: number,
  nowMs: number,
  error: number,
): Pick<Comparison, 'baseMs' | 'nowMs' | 'ratio' | 'spread' | 'verdict'> {
  const ratio = nowMs / baseMs;
  const spread = 1 + error;
  const verdict = ratio > spread ? 'slower' : ratio < 1 / spread ? 'faster' : 'same';
  return { baseMs, nowMs, ratio, spread, verdict };
}

/**
 * Half of the 95 % interval of the ratio of two medians, by the scatter of the groups of each. Few groups tell little of their
 * scatter, those of both runs together more: Welch's degrees of freedom.
 * @see Welch 1947, The generalization of Student's problem when several different population variances are involved
 */
function chanceOf(base: CaseResult, now: CaseResult): number {
  const [a, b] = [scatterOf(base), scatterOf(now)];
  if (a === undefined || b === undefined) return 1;
  const variance = a.variance + b.variance;
  if (variance === 0) return 0;
  const freedom = variance ** 2 / (a.variance ** 2 / a.freedom + b.variance ** 2 / b.freedom);
  return studentT(freedom) * Math.sqrt(variance);
}

/** Undefined: a single group has no scatter. */
function scatterOf({ groupsMs, medianMs }: CaseResult): Scatter | undefined {
  const freedom = groupsMs.length - 1;
  if (freedom < 1) return undefined;
  const mean = groupsMs.reduce((sum, ms) => sum + ms, 0) / groupsMs.length;
  const squares = groupsMs.reduce((sum, ms) => sum + (ms - mean) ** 2, 0);
  const variance = (MEDIAN_ERROR ** 2 * squares) / freedom / groupsMs.length / medianMs ** 2;
  return { variance, freedom };
}

/** What the least of some CPU times may be off by, as a part of it: no more than they differ by. */
function errorOfLeast({ runs, cpuS, mostCpuS = cpuS }: ProgramResult): number {
  const scatter = runs < 2 ? RAN_ONCE : (mostCpuS - cpuS) / cpuS;
  return scatter + TICK_S / cpuS;
}

/** What makes two cases the same. */
function keyOf(own: CaseResult): string {
  return JSON.stringify([own.suite, own.size, own.case, own.peer]);
}

function keyOfProgram(own: ProgramResult): string {
  return JSON.stringify([own.question, own.size, own.program]);
}
