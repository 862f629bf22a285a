import { at } from '../base/column.ts';
import { quantile } from '../base/quantile.ts';
import { fourDecimals, shareOf } from '../base/ratio.ts';
import type { Problem } from '../dispatch/problem.ts';
import type { RunFigures } from './measure-run.ts';
import { simulatePolicies, type Contestant, type SimulationOptions } from './simulate-policies.ts';
import type { PolicyDifference, PolicyFigures, SimulationResult } from './simulation-document.ts';
import { meanInterval, meanOf } from './statistics.ts';

/**
 * Simulates policies and sums them up, each against the first. Where nothing is left to chance there is one run.
 * @param contestants at least one
 * @param onRun called after each run
 */
export function comparePolicies(
  problem: Problem,
  contestants: readonly Contestant[],
  options: SimulationOptions,
  onRun?: () => void,
): SimulationResult {
  const { jitter, sizeJitter, failRate } = options.noise;
  const isCertain = jitter === 0 && sizeJitter === 0 && failRate === 0;
  const runs = isCertain ? 1 : options.runs;
  const figures = simulatePolicies(problem, contestants, { ...options, runs }, onRun);
  const makespans = figures.map((own) => own.map(({ makespanMs }) => makespanMs));
  const slots = problem.builders.reduce((sum, builder) => sum + builder.slots, 0);
  const policies = contestants.map(({ name }, index) => ({
    ...sumUp(name, at(figures, index), slots),
    difference: index === 0 ? null : difference(at(makespans, index), at(makespans, 0)),
    makespansMs: at(makespans, index),
  }));
  return { jitter, sizeJitter, runs, policies };
}

function sumUp(
  policy: string,
  figures: readonly RunFigures[],
  slots: number,
): Omit<PolicyFigures, 'difference' | 'makespansMs'> {
  const column = (cell: (run: RunFigures) => number): readonly number[] => figures.map(cell);
  const makespansMs = column((run) => run.makespanMs);
  const headOfLineMs = meanOf(column((run) => run.headOfLineMs));
  const slotMs = slots * meanOf(makespansMs);
  return {
    policy,
    expectedMakespanMs: Math.round(meanOf(makespansMs)),
    p50Ms: Math.round(quantile(makespansMs, 0.5)),
    p95Ms: Math.round(quantile(makespansMs, 0.95)),
    slotUse: fourDecimals(meanOf(column((run) => run.slotUse))),
    ramDiskUse: fourDecimals(meanOf(column((run) => run.ramDiskUse))),
    headOfLineMs: Math.round(headOfLineMs),
    headOfLineShare: fourDecimals(shareOf(headOfLineMs, slotMs)),
    failed: fourDecimals(meanOf(column((run) => run.failed))),
    blocked: fourDecimals(meanOf(column((run) => run.blocked))),
    failedAttempts: fourDecimals(meanOf(column((run) => run.failedAttempts))),
    overruns: fourDecimals(meanOf(column((run) => run.overruns))),
  };
}

function difference(own: readonly number[], reference: readonly number[]): PolicyDifference {
  const { mean, low, high } = meanInterval(own.map((value, run) => value - at(reference, run)));
  return {
    meanMs: Math.round(mean),
    lowMs: low === null ? null : Math.round(low),
    highMs: high === null ? null : Math.round(high),
  };
}
