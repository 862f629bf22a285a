import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveIndex } from '../../src/archive/archive-index.ts';
import { buildUniverse } from '../../src/archive/build-universe.ts';
import { makeUnits } from '../../src/archive/unit.ts';
import type { Universe, UniverseOptions } from '../../src/archive/universe.ts';
import { NO_VARIANTS } from '../../src/archive/variants.ts';
import { smallUniverse, textsOf } from '../support/small-universe.ts';
import { readTexts } from '../support/texts.ts';

const universes = fc.oneof(
  smallUniverse({ hasLayers: false, indexed: ['amd64', 'arm64'] }),
  smallUniverse({ hasLayers: true, indexed: ['amd64', 'arm64'] }),
  smallUniverse({ hasLayers: false, indexed: ['arm64'] }),
);
const silent = (): void => undefined;
const RULES: readonly Partial<UniverseOptions>[] = [
  {},
  { alternatives: 'first' },
  { reading: 'starlingx' },
  { reading: 'dose', implicit: ['essential', 'build-essential'] },
];

describe('an index of an archive', () => {
  it('gives the universe that is made without one, whatever was made with it before', () => {
    let clauseCount = 0;
    fc.assert(
      fc.property(universes, fc.nat(), (small, roll) => {
        const archive = readTexts(textsOf(small));
        const { sources, binaries, indexedArchitectures } = archive;
        const index = new ArchiveIndex(sources, binaries);
        const { units: plain } = makeUnits(sources, small.options, silent);
        const keys = plain.filter(({ id }) => (id + roll) % 3 === 0).map(({ plainKey }) => plainKey);
        const variants = {
          ...NO_VARIANTS,
          profiles: new Map(keys.map((key) => [key, ['nocheck']])),
          staged: new Map(keys.slice(1).map((key) => [key, ['stage1']])),
          crossable: new Map(keys.slice(2).map((key) => [key, 'arm64'])),
        };
        const { units: varied } = makeUnits(sources, small.options, silent, variants);
        for (const units of [plain, varied, plain]) {
          for (const rule of RULES) {
            const base = { indexedArchitectures, counts: () => true, needsBuildEssential: false };
            const options = { ...small.options, ...base, ...rule };
            const made = (known?: ArchiveIndex): Universe =>
              buildUniverse(units, sources, binaries, options, silent, known);
            const anew = made();
            expect(made(index)).toEqual(anew);
            clauseCount += anew.clauses.alternatives.length;
          }
        }
      }),
      { numRuns: 60, seed: 9 },
    );
    expect(clauseCount).toBeGreaterThan(10_000);
  });

  it('numbers the names of packages in their order, and has none twice', () => {
    fc.assert(
      fc.property(universes, (small) => {
        const { sources, binaries } = readTexts(textsOf(small));
        const index = new ArchiveIndex(sources, binaries);
        const names = new Set([
          ...binaries.map(({ name }) => name),
          ...sources.flatMap((source) => source.binaries.map(({ name }) => name)),
        ]);
        const numbered = Array.from({ length: index.packageCount }, (_, number) => index.name(number));
        expect(numbered).toEqual([...names].sort());
        numbered.forEach((name, number) => {
          expect(index.numberOf(name)).toBe(number);
        });
        expect(index.numberOf('no-such-name')).toBe(-1);
      }),
      { numRuns: 50, seed: 10 },
    );
  });
});
