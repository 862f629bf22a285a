import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, groupCells, row, type EdgeList } from '../base/csr.ts';
import { orderByFalling } from '../base/sort-by-key.ts';
import { needsOf } from './nearest-units.ts';
import type { Side } from './side.ts';

/** Units that are looked for in one pass: the bits of a cell. */
const AT_ONCE = 32;

/**
 * Which tasks wait for which units, directly or not. A plan's needs end before what waits for them starts, so going through the tasks
 * by their starts tells for 32 units at once who waits for them.
 * @param numberOf one cell a task: its unit, 0 .. `count` - 1, or -1
 * @param asked from the index of a task to a unit
 * @returns one cell for each that is asked: 1, it waits. O(asked + needs × different units that are asked for / 32)
 */
export function findWaits(
  { byId }: Pick<Side, 'byId'>,
  numberOf: Int32Array,
  count: number,
  asked: EdgeList,
): Uint8Array {
  const needs = needsOf(byId);
  const byStart = orderByFalling(Float64Array.from(byId.values(), ({ task }) => -task.startMs));
  const { placeOf, size } = numberUnits(asked.to(), count);
  const batchOf = asked.to().map((unit) => Math.floor(int32At(placeOf, unit) / AT_ONCE));
  const batches = groupCells(batchOf, Math.ceil(size / AT_ONCE));
  const waits = new Uint8Array(asked.size);
  /** For what the task waits, and the same with its own unit. */
  const behind = new Int32Array(byId.size);
  const within = new Int32Array(byId.size);
  for (let batch = 0; batch * AT_ONCE < size; batch++) {
    const bitOf = (unit: number): number => {
      const bit = unit < 0 ? -1 : int32At(placeOf, unit) - batch * AT_ONCE;
      return bit >= 0 && bit < AT_ONCE ? 1 << bit : 0;
    };
    for (const task of byStart) {
      let mask = 0;
      const end = edgesTo(needs, task);
      for (let edge = edgesFrom(needs, task); edge < end; edge++)
        mask |= int32At(within, int32At(needs.target, edge));
      behind[task] = mask;
      within[task] = mask | bitOf(int32At(numberOf, task));
    }
    for (const place of row(batches, batch)) {
      const isBehind = int32At(behind, int32At(asked.from(), place)) & bitOf(int32At(asked.to(), place));
      waits[place] = isBehind === 0 ? 0 : 1;
    }
  }
  return waits;
}

/** Places for the different ones of some units, in the order in which they come; -1 for all others. */
function numberUnits(
  units: Int32Array,
  count: number,
): { readonly placeOf: Int32Array; readonly size: number } {
  const placeOf = new Int32Array(count).fill(-1);
  let size = 0;
  for (const unit of units) if (int32At(placeOf, unit) < 0) placeOf[unit] = size++;
  return { placeOf, size };
}
