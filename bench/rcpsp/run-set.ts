import { searchProject, verifyProjectSchedule } from '../../src/internal.ts';
import type { Instance, KnownBounds } from './instances.ts';
import { quickBound } from './quick-bound.ts';

/** What one set came to; averages are over its instances. */
export interface SetResult {
  readonly set: string;
  readonly instances: number;
  /** Most schedules an instance, as asked for. */
  readonly schedules: number;
  readonly averageDeviationFromCriticalPathPercent: number;
  /** Of the instances whose best known makespan was given; null when there is none. */
  readonly averageGapToBestKnownPercent: number | null;
  /** Instances whose makespan is the critical path, the least work of a resource, or the best known lower bound. */
  readonly optimal: number;
  /** Spent on searching. */
  readonly cpuSeconds: number;
}

export interface SetRun {
  readonly result: SetResult;
  /** All schedules that were made: fewer than asked for where a bound was reached. */
  readonly schedulesUsed: number;
}

/**
 * Searches each instance of a set. The seed is the same for each.
 * @throws when an instance gets no schedule, or a wrong one
 */
export function runSet(
  instances: readonly Instance[],
  known: ReadonlyMap<string, KnownBounds> | undefined,
  options: { readonly schedules: number; readonly seed: number },
): SetRun {
  let schedulesUsed = 0;
  let cpuMicroseconds = 0;
  let optimal = 0;
  const deviations: number[] = [];
  const gaps: number[] = [];
  for (const { name, project } of instances) {
    const { criticalPath, lowerBound } = quickBound(project);
    const before = process.cpuUsage();
    const found = searchProject(project, { ...options, lowerBound });
    const spent = process.cpuUsage(before);
    cpuMicroseconds += spent.user + spent.system;
    schedulesUsed += found.schedulesUsed;
    if (found.schedule === undefined)
      throw new Error(`${name}: no schedule keeps the budgets of the non-renewable resources`);
    const wrong = verifyProjectSchedule(project, found.schedule);
    if (wrong.length > 0) throw new Error(`BUG: ${name}: ${wrong.join('; ')}`);
    const { makespan } = found.schedule;
    const bounds = known?.get(name);
    deviations.push(percentAbove(makespan, criticalPath));
    if (bounds !== undefined) gaps.push(percentAbove(makespan, bounds.upper));
    if (makespan <= Math.max(lowerBound, bounds?.lower ?? 0)) optimal++;
  }
  return {
    schedulesUsed,
    result: {
      set: instances[0]?.set ?? '',
      instances: instances.length,
      schedules: options.schedules,
      averageDeviationFromCriticalPathPercent: round(average(deviations), 4),
      averageGapToBestKnownPercent: gaps.length === 0 ? null : round(average(gaps), 4),
      optimal,
      cpuSeconds: round(cpuMicroseconds / 1e6, 2),
    },
  };
}

function percentAbove(value: number, base: number): number {
  return base === 0 ? 0 : (100 * (value - base)) / base;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
