import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';

function take(seed: number, count: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
}

describe('seededRandom', () => {
  it('gives the same sequence for the same seed, on every machine', () => {
    expect(take(1, 3).map((x) => Math.floor(x * 2 ** 32))).toEqual([1580013426, 350525680, 3524174333]);
    expect(take(7, 100)).toEqual(take(7, 100));
  });
  it('gives other sequences for other seeds', () => {
    expect(new Set(Array.from({ length: 200 }, (_, seed) => take(seed, 1)[0])).size).toBe(200);
  });
  it('stays in 0 ≤ x < 1 and fills ten equal parts evenly', () => {
    const counts = new Array<number>(10).fill(0);
    for (const x of take(3, 100_000)) {
      if (!(x >= 0 && x < 1)) expect.fail(String(x));
      counts[Math.floor(x * 10)] = (counts[Math.floor(x * 10)] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
