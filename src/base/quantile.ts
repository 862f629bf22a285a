import { at } from './column.ts';
import { compareNumber } from './compare.ts';

/**
 * The value below which this part of all values lies, interpolated between neighbours; 0 of no values.
 * @param part 0 .. 1
 * @see Hyndman & Fan 1996, definition 7
 */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort(compareNumber);
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const low = at(sorted, below);
  const high = sorted[below + 1] ?? low;
  return low + (place - below) * (high - low);
}
