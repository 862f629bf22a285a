import { at } from '../../base/column.ts';
import { float64At, int32At } from '../../base/cells.ts';
import type { BoundResource, ResourceKind } from './resource.ts';
import { leastUseOf, type ModeTable } from './modes.ts';

/** Halvings of the interval of a weight, as far as double precision goes. */
export const EXACT_STEPS = 50;
/** Enough to see which window promises most. */
export const FEW_STEPS = 8;
/** Modes that one choice of weights may visit: any weights are valid, so where there are many, only tightness is lost. */
const BUDGET = 6_000_000;
/** Resources that are mixed into the scarcest one. */
const MOST_MIXED = 3;

/** Several resources as one, of capacity 1: each mode takes the weighted sum of the parts that it takes of them. */
export interface WeighedResources {
  /** One a resource of the table, ≥ 0, of sum 1. */
  readonly weights: readonly number[];
  /** What the rows take at least, whatever their modes: ms. */
  readonly leastMs: number;
}

/** What each mode takes of each resource, in ms of all of it: work over capacity. One column a resource. */
export type ModeShares = readonly Float64Array[];

export function modeShares({ durationMs, resources }: ModeTable): ModeShares {
  return resources.map(({ capacity, demand }) =>
    demand.map((amount, mode) => (float64At(durationMs, mode) * amount) / capacity),
  );
}

/**
 * Weighs the resources so that even the best choice of modes for these rows takes long: the dual of the relaxation in which
 * every task may split over its modes. Starts from the scarcest resource and mixes in one after the other, each with the
 * weight that gives most. Any weights give a valid bound; with two resources these are the best. O(steps × resources × modes)
 * @param mostSteps how exactly each weight is sought: `EXACT_STEPS`, `FEW_STEPS`
 * @see Dyer 1980, on surrogate constraints; Pritsker, Watters, Wolfe 1969, for the relaxation
 */
export function weighResources(
  table: ModeTable,
  shares: ModeShares,
  rows: Int32Array,
  mostSteps: number,
): WeighedResources {
  const affordable = Math.floor(BUDGET / (MOST_MIXED * shares.length * (table.durationMs.length + 1)));
  const steps = Math.max(FEW_STEPS, Math.min(mostSteps, affordable));
  const least = shares.map((share) => mixLeast(table, rows, share, share, 0).leastMs);
  let leastMs = Math.max(0, ...least);
  const first = least.indexOf(leastMs);
  if (first < 0) return { weights: shares.map(() => 0), leastMs: 0 };
  let weights = shares.map((_, index) => Number(index === first));
  let mixed = at(shares, first);
  for (let round = 0; round < MOST_MIXED; round++) {
    let best = { leastMs, part: 0, other: -1 };
    shares.forEach((share, other) => {
      const found = bestPart(table, rows, mixed, share, steps);
      if (found.leastMs > best.leastMs * (1 + 1e-12)) best = { ...found, other };
    });
    if (best.other < 0) break;
    const { part, other } = best;
    const added = at(shares, other);
    mixed = mixed.map((ms, mode) => (1 - part) * ms + part * float64At(added, mode));
    weights = weights.map((weight, index) => (1 - part) * weight + (index === other ? part : 0));
    ({ leastMs } = best);
  }
  return { weights, leastMs };
}

/** The resource that a choice of weights makes. */
export function weighedResource(table: ModeTable, weights: readonly number[]): BoundResource {
  const demand = new Float64Array(table.durationMs.length);
  const kinds = new Set<ResourceKind>();
  table.resources.forEach((resource, index) => {
    const weight = at(weights, index);
    if (weight === 0) return;
    kinds.add(resource.kind);
    for (let mode = 0; mode < demand.length; mode++)
      demand[mode] =
        float64At(demand, mode) + (weight * float64At(resource.demand, mode)) / resource.capacity;
  });
  return leastUseOf(table, demand, 1, [...kinds]);
}

/** The part of `b` in the mix with `a` that makes most of the least; concave in the part, so halving finds it. */
function bestPart(
  table: ModeTable,
  rows: Int32Array,
  a: Float64Array,
  b: Float64Array,
  steps: number,
): { readonly leastMs: number; readonly part: number } {
  let low = 0;
  let high = 1;
  let best = { leastMs: 0, part: 0 };
  for (let step = 0; step < steps; step++) {
    const part = (low + high) / 2;
    const { leastMs, slopeMs } = mixLeast(table, rows, a, b, part);
    if (leastMs > best.leastMs) best = { leastMs, part };
    if (slopeMs > 0) low = part;
    else high = part;
  }
  return best;
}

/** Sum over the rows of the least that a mode takes of the mix, and how that changes with the part of `b`. */
function mixLeast(
  { offset }: ModeTable,
  rows: Int32Array,
  a: Float64Array,
  b: Float64Array,
  part: number,
): { readonly leastMs: number; readonly slopeMs: number } {
  let leastMs = 0;
  let slopeMs = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = int32At(rows, place);
    let least = Infinity;
    let slope = 0;
    for (let mode = int32At(offset, row); mode < int32At(offset, row + 1); mode++) {
      const difference = float64At(b, mode) - float64At(a, mode);
      const value = float64At(a, mode) + part * difference;
      if (value < least) {
        least = value;
        slope = difference;
      }
    }
    leastMs += least;
    slopeMs += slope;
  }
  return { leastMs, slopeMs };
}
