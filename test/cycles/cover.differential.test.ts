import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Cover } from '../../src/cycles/solve/cover.ts';

/** What a test does to a cover: the numbers choose among what is possible. */
const STEPS = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('cycle' as const),
      elements: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constantFrom('choose' as const, 'drop' as const), pick: fc.nat(1000) }),
    fc.record({ kind: fc.constant('raise' as const) }),
  ),
  { maxLength: 80, size: 'max' },
);

/** The same by the book: everything computed anew. */
class SlowCover {
  readonly cycles: { readonly elements: readonly number[]; weight: number }[] = [];
  /** The chosen elements. */
  readonly chosen = new Set<number>();

  open(): readonly number[] {
    return [...this.cycles.keys()].filter((cycle) => this.#hits(cycle).length === 0);
  }

  gain(element: number, cost: number): number {
    let weight = 0;
    this.cycles.forEach((cycle, index) => {
      const hits = this.#hits(index);
      if (!cycle.elements.includes(element)) return;
      if (this.chosen.has(element) ? hits.length === 1 : hits.length === 0) weight += cycle.weight;
    });
    return ((this.chosen.has(element) ? -1 : 1) * weight) / cost;
  }

  #hits(cycle: number): readonly number[] {
    return at(this.cycles, cycle).elements.filter((element) => this.chosen.has(element));
  }
}

describe('Cover', () => {
  it('knows what is open, what to drop and what to choose, as the slow twin computes them', () => {
    const counts = { dropped: 0, useful: 0 };
    const costs = Float64Array.of(1, 1, 1, 2, 2, 4, 1, 8, 1, 2, 4, 1);
    fc.assert(
      fc.property(STEPS, (steps) => {
        const given = new Set<number>();
        const listener = {
          giveUp: (element: number) => given.add(element),
          putBack: (element: number) => given.delete(element),
        };
        const cover = new Cover(costs, listener);
        const slow = new SlowCover();
        const known = new Set<string>();
        const random = seededRandom(1);
        for (const step of steps) {
          if (step.kind === 'cycle') {
            const elements = step.elements.sort((a, b) => a - b);
            expect(cover.addCycle(Int32Array.from(elements))).toBe(!known.has(elements.join()));
            if (!known.has(elements.join())) slow.cycles.push({ elements, weight: 1 });
            known.add(elements.join());
          } else if (step.kind === 'raise') {
            for (const cycle of slow.open()) at(slow.cycles, cycle).weight++;
            cover.raiseOpen();
          } else {
            const possible = [...costs.keys()].filter(
              (element) => slow.chosen.has(element) === (step.kind === 'drop'),
            );
            const element = possible[step.pick % Math.max(1, possible.length)];
            if (element === undefined) continue;
            if (step.kind === 'choose') {
              slow.chosen.add(element);
              cover.choose(element);
            } else {
              slow.chosen.delete(element);
              cover.drop(element);
            }
          }
          const sorted = (cells: Iterable<number>): readonly number[] => [...cells].sort((a, b) => a - b);
          expect(sorted(cover.open)).toEqual(slow.open().map((cycle) => cycle + 1));
          expect(sorted(cover.chosen)).toEqual(sorted(slow.chosen));
          expect(sorted(given)).toEqual(sorted(slow.chosen));
          expect(cover.chosenCost).toBe(
            [...slow.chosen].reduce((sum, element) => sum + at(costs, element), 0),
          );
          const gains = costs.map((cost, element) => slow.gain(element, cost));
          const least = cover.leastNeeded(-1, random);
          if (slow.chosen.size === 0) expect(least).toBe(-1);
          else {
            expect(at(gains, least)).toBe(Math.max(...[...slow.chosen].map((element) => at(gains, element))));
            counts.dropped++;
          }
          for (const cycle of slow.open()) {
            const { elements } = at(slow.cycles, cycle);
            const useful = cover.mostUseful(cycle + 1, -1);
            expect(at(gains, useful)).toBe(Math.max(...elements.map((element) => at(gains, element))));
            counts.useful++;
          }
        }
        cover.closeGreedily();
        expect(cover.open).toEqual([]);
        cover.dropNeedless();
        slow.chosen.clear();
        for (const element of cover.chosen) slow.chosen.add(element);
        expect(slow.open()).toEqual([]);
        for (const element of cover.chosen) expect(slow.gain(element, 1)).toBeLessThan(0);
      }),
      { seed: 31, numRuns: 150 },
    );
    expect(Math.min(counts.dropped, counts.useful)).toBeGreaterThan(1000);
  });
});
