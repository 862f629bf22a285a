import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelPaths } from '../../src/io/labels.ts';

/** Few names, so that they clash. */
const anyPath = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 })
  .map((parts) => `/${parts.join('/')}`);
const anyPaths = fc.uniqueArray(anyPath, { minLength: 1, maxLength: 12 });

describe('labelPaths', () => {
  it('gives each path another label, an end of the path, never absolute', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const labels = labelPaths(paths);
        expect(new Set(labels).size).toBe(paths.length);
        labels.forEach((label, index) => {
          expect(paths[index]?.endsWith(`/${label}`)).toBe(true);
        });
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('never names files of two folders alike unless they are one file', () => {
    fc.assert(
      fc.property(anyPaths, (paths) => {
        const labels = labelPaths(paths);
        labels.forEach((label, index) => {
          const longer = labels.findIndex((other) => other.startsWith(`${label}/`));
          if (longer !== -1)
            expect(paths[longer]).toBe(`${paths[index] ?? ''}${labels[longer]?.slice(label.length) ?? ''}`);
        });
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('gives a path the same label wherever it stands in the list', () => {
    const shuffled = anyPaths.chain((paths) =>
      fc.tuple(fc.constant(paths), fc.shuffledSubarray(paths, { minLength: paths.length })),
    );
    fc.assert(
      fc.property(shuffled, ([paths, others]) => {
        const labels = new Map(labelPaths(others).map((label, index) => [others[index], label]));
        expect(paths.map((path) => labels.get(path))).toEqual(labelPaths(paths));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
