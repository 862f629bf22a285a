import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cook, recipes } from './fuzzed-file.ts';
import { MUTATORS } from './mutators.ts';
import { judge } from './oracle.ts';
import { TARGET_NAMES, TARGETS } from './targets.ts';

const RUNS = 120;

describe.each(TARGET_NAMES)('a broken file of kind %s', (name) => {
  const target = TARGETS[name];

  it('is read or refused with its place, and nothing else happens', async () => {
    const property = fc.asyncProperty(recipes(target), async (recipe) => {
      const { failure } = await judge(target, cook(target, recipe), false);
      expect(failure).toBeUndefined();
    });
    await fc.assert(property, { numRuns: RUNS, seed: 9 });
  });

  it('is mutated from files that are read without an error', async () => {
    if (name === 'compressed') return;
    for (const seed of target.seeds()) expect((await judge(target, seed, false)).failure).toBeUndefined();
  });
});

describe('the mutators', () => {
  it('all change something, and give the same bytes for the same numbers', () => {
    const text = 'Source: hello\nBuild-Depends: a (>= 2), b\n{"a":[1,"x"]}\n';
    const json = '{"a":[1,"x"],"b":{"c":2}}';
    for (const [name, mutate] of Object.entries(MUTATORS)) {
      const made = (seed: string, number: number): string => {
        let next = number;
        return mutate(seed, (bound) => (next += 7) % Math.max(1, bound));
      };
      const tries = [3, 11, 76, 1234].flatMap((number) =>
        [text, json].map((seed) => ({ seed, made: made(seed, number), again: made(seed, number) })),
      );
      for (const one of tries) expect(one.again).toBe(one.made);
      expect([name, tries.some((one) => one.seed !== one.made)]).toEqual([name, true]);
    }
  });
});
