import { at } from '../../base/column.ts';
import { float64At, int32At } from '../../base/cells.ts';
import type { BoundInput, BoundValue, KnownBounds } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { headTailEnergy } from './head-tail.ts';
import { leastUseOf, type ModeResource, type ModeTable, type Packing } from './modes.ts';

/** Thresholds that are tried, at even shares of the demands, and the `u(k)` that are. */
const THRESHOLDS = 12;
const MOST_K = 6;
/** How many functions of one resource get the dearer head-tail bound: those that give most energy in all. */
const KEPT = 3;
/** Modes that the functions of one resource may visit: where there are many, only the first few are tried. */
const BUDGET = 500_000;

/**
 * A function of a demand and a capacity, both whole numbers, into 0 .. 1: of demands that fit together, the values add up to
 * 1 at most.
 */
export type DualFeasible = (demand: number, capacity: number) => number;

/**
 * Energy with demands rounded as bins would cut them: where 5 of 9 are asked for, no second such task fits, so 5 count as all 9.
 * @see Fekete & Schepers 2001, new classes of lower bounds for bin packing; Carlier & Neron 2000, on redundant resources;
 *   Carlier, Clautiaux, Moukrim 2007
 */
export function dualFeasibleBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  const resources = input.modes.resources.flatMap((resource) =>
    roundedResources(input, resource).map((rounded) => leastUseRounded(input.modes, rounded)),
  );
  return headTailEnergy(input, resources, known.lowerMs);
}

/** The resource as the most promising functions round it; none where rounding does not help. O(functions × modes) */
export function roundedResources(input: BoundInput, resource: ModeResource): readonly ModeResource[] {
  const { packing } = resource;
  if (packing === undefined) return [];
  const plainMs = energy(input, leastUseRounded(input.modes, resource));
  const most = Math.ceil(BUDGET / packing.demand.length);
  return dualFeasibleFunctions(packing, most)
    .map((round) => {
      const rounded = roundResource(resource, packing, round);
      return { rounded, energyMs: energy(input, leastUseRounded(input.modes, rounded)) };
    })
    .filter(({ energyMs }) => energyMs > plainMs * (1 + 1e-9))
    .sort((a, b) => b.energyMs - a.energyMs)
    .slice(0, KEPT)
    .map(({ rounded }) => rounded);
}

/** Demands as parts of their builders after rounding. */
export function roundResource(resource: ModeResource, packing: Packing, round: DualFeasible): ModeResource {
  const { demand, capacity, weight, totalWeight } = packing;
  // A builder without the resource has modes that take nothing of it.
  const rounded = demand.map((amount, mode) =>
    amount === 0 ? 0 : float64At(weight, mode) * round(amount, float64At(capacity, mode)),
  );
  return { kind: resource.kind, capacity: totalWeight, demand: rounded };
}

/** The functions that are tried on these demands, `most` of them. */
export function dualFeasibleFunctions({ demand, capacity }: Packing, most: number): readonly DualFeasible[] {
  const functions: DualFeasible[] = [];
  for (let k = 1; k <= MOST_K; k++) functions.push(roundToParts(k));
  if (functions.length >= most) return functions.slice(0, most);
  const parts = demand
    .map((amount, mode) => amount / float64At(capacity, mode))
    .filter((part) => part > 0)
    .sort();
  const thresholds = new Set<number>();
  for (let index = 0; index < THRESHOLDS && parts.length > 0; index++) {
    const part = at(parts, Math.floor((index * parts.length) / THRESHOLDS));
    thresholds.add(part);
    // What is left beside such a demand decides as well.
    thresholds.add(1 - part);
  }
  for (const part of thresholds) {
    if (part > 0.5 || part <= 0) continue;
    functions.push(dropSmall(part), roundToMultiples(part));
  }
  return functions.slice(0, most);
}

/** Fekete & Schepers' u(k): all that k + 1 equal parts of the capacity tell apart. */
export function roundToParts(k: number): DualFeasible {
  return (demand, capacity) => {
    const scaled = ((k + 1) * demand) / capacity;
    return Number.isInteger(scaled) ? demand / capacity : Math.floor(scaled) / k;
  };
}

/** Demands that leave less than the threshold take all, those below it nothing. */
export function dropSmall(part: number): DualFeasible {
  return (demand, capacity) => {
    const threshold = Math.max(1, Math.round(part * capacity));
    if (demand < threshold && 2 * threshold <= capacity) return 0;
    return capacity - demand < threshold && 2 * threshold <= capacity ? 1 : demand / capacity;
  };
}

/** Demands in whole multiples of a unit: rounded down, or what they leave is. */
export function roundToMultiples(part: number): DualFeasible {
  return (demand, capacity) => {
    const unit = Math.max(1, Math.round(part * capacity));
    const all = Math.floor(capacity / unit);
    if (2 * demand === capacity) return 0.5;
    if (2 * demand < capacity) return Math.floor(demand / unit) / all;
    return (all - Math.floor((capacity - demand) / unit)) / all;
  };
}

function leastUseRounded(modes: ModeTable, resource: ModeResource): BoundResource {
  return leastUseOf(modes, resource.demand, resource.capacity, [resource.kind]);
}

function energy({ tasks, durationMs }: BoundInput, { rate, capacity }: BoundResource): number {
  let work = 0;
  for (let row = 0; row < rate.length; row++)
    work += float64At(rate, row) * float64At(durationMs, int32At(tasks, row));
  return work / capacity;
}
