import { float64At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput, type BoundValue, type KnownBounds } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { EnergySweep } from './energy-sweep.ts';

/** Positions that a head-tail bound may visit for one resource: every start of a window up to 1,000 tasks, an even choice above. */
const BUDGET = 1_000_000;
/** Beyond so many tasks the budget falls with their number: the whole matters more than any window. */
const MANY_TASKS = 4000;
const LEAST_STARTS = 4;
/** How often a bound that has risen is tried again: a longer plan holds more of what straddles a window. */
const ROUNDS = 3;

/**
 * Head-tail energy of every resource: what must run after a head h and before a rest q must fit between h and the end less
 * q, with the parts of those that straddle these moments however they are shifted. O(tasks × starts of windows × resources)
 * @see Carlier & Pinson 2004, on Jackson's pseudo-preemptive schedule and cumulative scheduling; Baptiste, Le Pape, Nuijten 1999
 */
export function headTailBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  return headTailEnergy(input, input.resources, known.lowerMs);
}

/**
 * The head-tail energy of resources of any origin.
 * @param lowerMs a proven bound, no less than the critical path
 */
export function headTailEnergy(
  input: BoundInput,
  resources: readonly BoundResource[],
  lowerMs: number,
): BoundValue | undefined {
  if (input.tasks.length === 0 || resources.length === 0) return undefined;
  const sweep = sweepOf(input);
  const heads = [...new Set(sweep.headMs.slice().sort())];
  const count = startCount(input.headMs.length);
  let best: BoundValue | undefined;
  for (const resource of resources) {
    let starts = spread(sweep.headMs, heads, count);
    for (let round = 0; round < ROUNDS; round++) {
      sweep.endMs = best?.lowerBoundMs ?? lowerMs;
      const risen = raise(sweep, resource, starts);
      if (risen === undefined) break;
      best = risen.value;
      starts = around(heads, risen.fromMs, count);
    }
  }
  return best;
}

/** Sorting what a sweep goes by takes longer than a sweep: several bounds share one. */
const SWEEPS = new WeakMap<BoundInput, EnergySweep>();

/** Latest ends count from the end of the plan. */
export function sweepOf(input: BoundInput): EnergySweep {
  const known = SWEEPS.get(input);
  if (known !== undefined) return known;
  const { tasks, headMs, afterMs, durationMs } = input;
  const gather = (column: Float64Array): Float64Array =>
    Float64Array.from(tasks, (task) => float64At(column, task));
  const sweep = new EnergySweep(
    gather(headMs),
    gather(afterMs).map((after) => -after),
    gather(durationMs),
  );
  SWEEPS.set(input, sweep);
  return sweep;
}

/** The largest bound above `sweep.endMs` that a window of one resource gives, and where the window starts. */
function raise(
  sweep: EnergySweep,
  { rate, isElastic, capacity, kinds }: BoundResource,
  starts: readonly number[],
): { readonly value: BoundValue; readonly fromMs: number } | undefined {
  const { endMs } = sweep;
  let lowerBoundMs = endMs;
  let bestFromMs = -1;
  let bestRestMs = 0;
  for (const fromMs of starts) {
    sweep.sweep(fromMs, rate, isElastic);
    const magnitudeMs = (sweep.peakRate * Math.max(0, endMs - fromMs)) / capacity;
    for (let event = 0; event < sweep.eventCount; event++) {
      const restMs = endMs - float64At(sweep.eventMs, event);
      const boundMs = fromMs + float64At(sweep.eventWork, event) / capacity + restMs;
      if (boundMs <= lowerBoundMs) continue;
      const roundedMs = ceilSafely(boundMs, Math.max(boundMs, magnitudeMs), sweep.eventCount);
      if (roundedMs <= lowerBoundMs) continue;
      lowerBoundMs = roundedMs;
      bestFromMs = fromMs;
      bestRestMs = restMs;
    }
  }
  if (bestFromMs < 0) return undefined;
  const binding = {
    kind: 'window',
    resources: kinds,
    fromMs: bestFromMs,
    untilMs: lowerBoundMs - bestRestMs,
  } as const;
  return { value: { lowerBoundMs, binding }, fromMs: bestFromMs };
}

function startCount(taskCount: number): number {
  const budget = BUDGET * Math.min(1, MANY_TASKS / taskCount);
  return Math.max(LEAST_STARTS, Math.floor(budget / taskCount));
}

/** All different heads, or `count` spread evenly over the tasks. */
function spread(headMs: Float64Array, heads: readonly number[], count: number): readonly number[] {
  if (heads.length <= count) return heads;
  const sorted = headMs.slice().sort();
  const step = sorted.length / count;
  return [
    ...new Set(Array.from({ length: count }, (_, index) => float64At(sorted, Math.floor(index * step)))),
  ];
}

/** Up to `count` different heads around one. */
function around(heads: readonly number[], fromMs: number, count: number): readonly number[] {
  if (heads.length <= count) return heads;
  const first = Math.max(0, heads.indexOf(fromMs) - Math.floor(count / 2));
  return heads.slice(first, first + count);
}
