import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/io/read-inputs.ts';
import { AMD64, ARMOURED_DSC, control, SOURCES } from './debian-samples.ts';
import { makeTree } from './temp-tree.ts';

describe('readInputs', () => {
  it('gives the same result in whatever order, and however often, the inputs are named', async () => {
    const folder = makeTree({
      'a/Sources': SOURCES,
      'b/Sources': SOURCES.replaceAll('2.10-2', '2.10-1'),
      'trees/hello/debian/control': control('hello'),
      'trees/world/debian/control': control('world'),
      'dsc/hello.dsc': ARMOURED_DSC,
      amd64: AMD64,
      broken: 'Package: x\n: y\nVersion: 1\nArchitecture: any\nBinary: X\n',
    });
    const places = ['a/Sources', 'b/Sources', 'trees', 'trees/hello', 'dsc', 'amd64', 'broken', 'missing'];
    const paths = places.map((place) => join(folder, place));
    // Another spelling of a path is the same input; the shorter one is shown.
    paths.push(relative('.', join(folder, 'a/Sources')), join(folder, 'trees/hello/debian/'));
    const read = (named: readonly string[]): ReturnType<typeof readInputs> =>
      readInputs({ paths: named, packages: [], apt: false, architectures: [], suite: undefined });
    const expected = await read(paths);
    const order = fc.tuple(
      fc.shuffledSubarray(paths, { minLength: paths.length }),
      fc.array(fc.constantFrom(...paths), { maxLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(order, async ([all, again]) => {
        const inputs = await read([...all, ...again]);
        expect(inputs).toEqual(expected);
        expect([...inputs.paths]).toEqual([...expected.paths]);
      }),
      { seed: 1, numRuns: 50 },
    );
    expect(JSON.stringify([expected.sources, expected.binaries, expected.files])).not.toContain(folder);
  });
});
