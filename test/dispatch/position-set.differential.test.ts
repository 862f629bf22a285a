import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PositionSet } from '../../src/dispatch/position-set.ts';

interface Change {
  readonly position: number;
  readonly isAdded: boolean;
}

/** Sizes around full words of bits and full words of words; positions near each other and far apart. */
const cases = fc.constantFrom(0, 1, 31, 32, 33, 1023, 1024, 1025, 2100).chain((size) =>
  fc.record({
    size: fc.constant(size),
    changes: fc.array(
      fc.record({ position: fc.nat({ max: Math.max(0, size - 1) }), isAdded: fc.boolean() }),
      {
        maxLength: size === 0 ? 0 : 60,
        size: 'max',
      },
    ),
  }),
);

describe('PositionSet', () => {
  it('finds the same members as a set that looks at every position', () => {
    const property = fc.property(cases, ({ size, changes }) => {
      const fast = new PositionSet(size);
      const slow = new Set<number>();
      const step = ({ position, isAdded }: Change): void => {
        if (isAdded) fast.add(position);
        else fast.remove(position);
        if (isAdded) slow.add(position);
        else slow.delete(position);
      };
      for (const change of changes) step(change);
      const members = Array.from({ length: size }, (_, position) => position).filter((one) => slow.has(one));
      for (let position = 0; position < size; position++) expect(fast.has(position)).toBe(slow.has(position));
      for (let position = 0; position <= size; position++)
        expect(fast.next(position)).toBe(members.find((member) => member >= position) ?? -1);
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });
});
