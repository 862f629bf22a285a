import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { Heap } from '../../src/base/heap.ts';
import { IndexedHeap } from '../../src/base/indexed-heap.ts';

const SETTINGS = { seed: 1, numRuns: 1000 };
const SIZE = 12;

describe('Heap', () => {
  it('gives its items in order, whatever the pushes and pops', () => {
    const steps = fc.array(fc.oneof(fc.nat(30), fc.constant('pop' as const)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (todo) => {
        const heap = new Heap<number>((a, b) => a - b);
        const twin: number[] = [];
        for (const step of todo) {
          if (step === 'pop') expect(heap.pop()).toBe(twin.shift());
          else {
            heap.push(step);
            twin.push(step);
            twin.sort((a, b) => a - b);
          }
          expect(heap.size).toBe(twin.length);
          expect(heap.peek()).toBe(twin[0]);
        }
        const drained = twin.map(() => heap.pop());
        expect(drained).toEqual(twin);
        expect(heap.pop()).toBeUndefined();
      }),
      SETTINGS,
    );
  });
});

describe('IndexedHeap', () => {
  it('gives its items in order of their current keys, however often they change', () => {
    const change = fc.record({ item: fc.nat(SIZE - 1), key: fc.nat(9) });
    const steps = fc.array(fc.oneof(change, change, fc.constant('pop' as const)), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (todo) => {
        const key = new Array<number>(SIZE).fill(0);
        const order = (a: number, b: number): number => at(key, a) - at(key, b) || a - b;
        const heap = new IndexedHeap(SIZE, (a, b) => order(a, b) < 0);
        const twin = new Set<number>();
        const popBoth = (): void => {
          const first = [...twin].sort(order)[0];
          if (first !== undefined) twin.delete(first);
          expect(heap.pop()).toBe(first);
        };
        for (const step of todo) {
          if (step === 'pop') popBoth();
          else {
            key[step.item] = step.key;
            heap.update(step.item);
            twin.add(step.item);
          }
        }
        while (twin.size > 0) popBoth();
        expect(heap.pop()).toBeUndefined();
      }),
      SETTINGS,
    );
  });
});
