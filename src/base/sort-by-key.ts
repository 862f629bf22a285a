import { float64At, int32At } from './cells.ts';

/** From here on, distributing the bits of the keys is faster than comparing them. */
const MANY = 1024;
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/**
 * The indexes 0 .. keys.length - 1 by falling key, equal keys by rising index. Keys may be any numbers but NaN.
 * Many are sorted by the digits of their bits: 35,000 in 2 ms, where `sort` with a comparator takes 30. O(keys)
 */
export function orderByFalling(keys: Float64Array): Int32Array {
  if (keys.length < MANY)
    return Int32Array.from(keys.keys()).sort(
      (a, b) => compareFalling(float64At(keys, a), float64At(keys, b)) || a - b,
    );
  let from = Int32Array.from(keys.keys());
  let to = new Int32Array(keys.length);
  for (const word of wholeNumbers(keys) ?? fallingBits(keys)) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (!distribute(word, shift, from, to)) continue;
      const swap = from;
      from = to;
      to = swap;
    }
  }
  return from;
}

/** One word each that rises as the keys fall; undefined unless all of them are integers of 32 bits. */
function wholeNumbers(keys: Float64Array): readonly Int32Array[] | undefined {
  const word = new Int32Array(keys.length);
  for (let index = 0; index < keys.length; index++) {
    const key = float64At(keys, index);
    const whole = key | 0;
    if (whole !== key) return undefined;
    // Digits are read without a sign: the sign bit stays, the others are turned round.
    word[index] = whole ^ 0x7fffffff;
  }
  return [word];
}

/** The low and high words of integers that rise as the keys fall. */
function fallingBits(keys: Float64Array): readonly Int32Array[] {
  const low = new Int32Array(keys.length);
  const high = new Int32Array(keys.length);
  const view = new DataView(new ArrayBuffer(8));
  for (let index = 0; index < keys.length; index++) {
    // Zero has two signs, one of which this takes away.
    view.setFloat64(0, float64At(keys, index) + 0);
    const top = view.getInt32(0);
    const bottom = view.getInt32(4);
    // The bits of a negative number rise as it falls; those of the others are turned round, below them.
    high[index] = top < 0 ? top : ~top & 0x7fffffff;
    low[index] = top < 0 ? bottom : ~bottom;
  }
  return [low, high];
}

/** Sorts `from` into `to` by one digit, equal ones as they were; false: they are all equal, nothing is done. */
function distribute(word: Int32Array, shift: number, from: Int32Array, to: Int32Array): boolean {
  const place = new Int32Array(DIGITS + 1);
  for (let index = 0; index < from.length; index++) {
    const next = ((int32At(word, index) >>> shift) & (DIGITS - 1)) + 1;
    place[next] = int32At(place, next) + 1;
  }
  if (place.includes(from.length)) return false;
  for (let digit = 0; digit < DIGITS; digit++)
    place[digit + 1] = int32At(place, digit + 1) + int32At(place, digit);
  for (let index = 0; index < from.length; index++) {
    const item = int32At(from, index);
    const digit = (int32At(word, item) >>> shift) & (DIGITS - 1);
    const target = int32At(place, digit);
    to[target] = item;
    place[digit] = target + 1;
  }
  return true;
}

function compareFalling(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}
