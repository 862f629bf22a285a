import { float64At } from '../../base/cells.ts';

/**
 * Positions of a column by rising value, ties by position. Whole numbers are sorted together with their positions in one
 * word each, three times as fast as with a comparator. O(n log n)
 * @param column finite
 */
export function sortPositions(column: Float64Array): Int32Array {
  const count = column.length;
  let least = 0;
  let largest = 0;
  let isWhole = true;
  for (let position = 0; position < count; position++) {
    const value = float64At(column, position);
    least = Math.min(least, value);
    largest = Math.max(largest, value);
    isWhole &&= Number.isInteger(value);
  }
  if (!isWhole || (largest - least + 1) * count > Number.MAX_SAFE_INTEGER) {
    const positions = Int32Array.from(column.keys());
    return positions.sort((a, b) => float64At(column, a) - float64At(column, b) || a - b);
  }
  const packed = new Float64Array(count);
  for (let position = 0; position < count; position++)
    packed[position] = (float64At(column, position) - least) * count + position;
  packed.sort();
  const order = new Int32Array(count);
  for (let place = 0; place < count; place++) order[place] = float64At(packed, place) % count;
  return order;
}
