/** Gives the next number of a seeded sequence, 0 ≤ x < 1. */
export type Random = () => number;

/**
 * A small seeded generator (splitmix32): the same seed gives the same sequence on every machine.
 * @see Steele, Lea, Flood 2014, on fast splittable pseudorandom number generators
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 4294967296;
  };
}
