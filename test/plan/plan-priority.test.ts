import { describe, expect, it } from 'vitest';
import { planPriority } from '../../src/plan/plan-priority.ts';

describe('planPriority', () => {
  it('leaves lengths of chains as they are', () => {
    const tails = Float64Array.of(300, 0, 7, 300);
    expect(planPriority(tails)).toBe(tails);
  });

  it.each([
    ['negative ones', [-5, 3, -5, 0], [1, 3, 1, 2]],
    ['fractions', [0.5, 0.25, 2], [2, 1, 3]],
    ['infinite ones', [Infinity, 10, Infinity, 30], [3, 1, 3, 2]],
    ['what is too large to be exact', [2 ** 60, 1], [2, 1]],
  ])('ranks %s, equal ones alike', (_what, given, ranks) => {
    expect([...planPriority(Float64Array.from(given))]).toEqual(ranks);
  });
});
