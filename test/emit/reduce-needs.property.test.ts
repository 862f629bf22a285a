import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { reduceNeeds } from '../../src/emit/reduce-needs.ts';

/** Tasks each of which needs some of those before it: by construction there is no cycle. */
const NEEDS = fc
  .array(fc.array(fc.nat(), { size: 'max', maxLength: 6 }), { size: 'max', minLength: 1, maxLength: 80 })
  .map((rows) => rows.map((row, task) => (task === 0 ? [] : [...new Set(row.map((need) => need % task))])));

/** What each task waits for in the end, one by one. */
function closure(needs: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  const all: Set<number>[] = [];
  for (const own of needs) all.push(new Set(own.flatMap((need) => [need, ...at(all, need)])));
  return all;
}

describe('reduceNeeds', () => {
  it('changes nothing about what waits for what, and keeps no need that follows from others', () => {
    fc.assert(
      fc.property(NEEDS, (needs) => {
        const reduced = reduceNeeds(needs);
        const all = closure(needs);
        expect(closure(reduced)).toEqual(all);
        for (const own of reduced) {
          for (const need of own) {
            expect(own.some((other) => at(all, other).has(need))).toBe(false);
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('sorts what is left', () => {
    expect(reduceNeeds([[], [], [0], [2, 0, 1]])).toEqual([[], [], [0], [1, 2]]);
  });
});
