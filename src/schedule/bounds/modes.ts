import { float64At, int32At } from '../../base/cells.ts';
import type { BoundResource, ResourceKind } from './resource.ts';

/** How the tasks of one bound can run. Rows are positions of `BoundInput.tasks`. */
export interface ModeTable {
  /** The modes of row `r` are `offset[r] .. offset[r + 1]`, at least one. Length rows + 1. */
  readonly offset: Int32Array;
  /** One cell a mode. */
  readonly durationMs: Float64Array;
  readonly resources: readonly ModeResource[];
}

/** What each mode takes of one resource while it runs. */
export interface ModeResource {
  readonly kind: ResourceKind;
  /** > 0 and finite. */
  readonly capacity: number;
  /** One cell a mode. */
  readonly demand: Float64Array;
  /**
   * Demand over what there is on the builder, 0 .. 1, and the builder's share of all that builders do: what a dual-feasible
   * function is applied to. One cell a mode each; absent where no function helps: every demand is the same, or fits any number of times.
   */
  readonly packing?: Packing;
  /** How many modes that take something of it run at once at most, where it is a matter of counting. */
  readonly laneCount?: number;
}

/** Demands and capacities in whole numbers, builder by builder. One cell a mode each. */
export interface Packing {
  readonly demand: Float64Array;
  readonly capacity: Float64Array;
  /** The weight of the builder: its speed. */
  readonly weight: Float64Array;
  /** Sum of the weights of all builders. */
  readonly totalWeight: number;
  /** How many builders have it. */
  readonly builderCount: number;
}

/** The least that each row takes of a resource, whatever its mode. O(modes) */
export function leastUse(modes: ModeTable, resource: ModeResource): BoundResource {
  return leastUseOf(modes, resource.demand, resource.capacity, [resource.kind]);
}

/** The same for demands that are computed. */
export function leastUseOf(
  { offset, durationMs }: ModeTable,
  demand: Float64Array,
  capacity: number,
  kinds: readonly ResourceKind[],
): BoundResource {
  const rowCount = offset.length - 1;
  const rate = new Float64Array(rowCount);
  let isElastic = false;
  for (let row = 0; row < rowCount; row++) {
    let leastWork = Infinity;
    let leastMs = Infinity;
    let leastDemand = Infinity;
    for (let mode = int32At(offset, row); mode < int32At(offset, row + 1); mode++) {
      leastWork = Math.min(leastWork, float64At(durationMs, mode) * float64At(demand, mode));
      leastMs = Math.min(leastMs, float64At(durationMs, mode));
      leastDemand = Math.min(leastDemand, float64At(demand, mode));
    }
    // Where one mode is both the shortest and takes least, its demand is the rate, without a rounding error.
    const isPlain = leastWork <= leastDemand * leastMs * (1 + 1e-12);
    rate[row] = isPlain ? leastDemand : leastWork / leastMs;
    isElastic ||= !isPlain;
  }
  return { kinds, capacity, rate, isElastic };
}

/** The shortest mode of each row. */
export function shortestModes({ offset, durationMs }: ModeTable): Float64Array {
  const shortest = new Float64Array(offset.length - 1).fill(Infinity);
  for (let row = 0; row < shortest.length; row++)
    for (let mode = int32At(offset, row); mode < int32At(offset, row + 1); mode++)
      shortest[row] = Math.min(float64At(shortest, row), float64At(durationMs, mode));
  return shortest;
}
