import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  smallUniverse,
  textsOf,
  type SmallExisting,
  type SmallSource,
  type SmallUniverse,
} from '../support/small-universe.ts';
import { at } from '../../src/base/column.ts';
import { analyseTexts, builtKeys } from '../support/texts.ts';

const SETTINGS = { seed: 3, numRuns: 500 };
const universes = smallUniverse({ hasLayers: false, indexed: ['amd64', 'arm64'] });

function built(universe: SmallUniverse): readonly string[] {
  return builtKeys(analyseTexts(textsOf(universe), universe.options).graph);
}

/** Every universe that has one relation less. */
function withoutOneRelation(universe: SmallUniverse): readonly SmallUniverse[] {
  const sources = universe.sources.flatMap((own, place): readonly SmallUniverse[] =>
    withoutOneOf(own, ['always', 'arch', 'indep']).map((smaller: SmallSource) => ({
      ...universe,
      sources: universe.sources.with(place, smaller),
    })),
  );
  const existing = universe.existing.flatMap((own, place): readonly SmallUniverse[] =>
    withoutOneOf(own, ['preDepends', 'depends']).map((smaller: SmallExisting) => ({
      ...universe,
      existing: universe.existing.with(place, smaller),
    })),
  );
  return [...sources, ...existing];
}

function withoutOneOf<Key extends string, T extends Readonly<Record<Key, readonly string[]>>>(
  record: T,
  fields: readonly Key[],
): readonly T[] {
  return fields.flatMap((field) => {
    const groups: readonly string[] = record[field];
    return groups.map((_, index) => ({
      ...record,
      [field]: groups.filter((_group, other) => other !== index),
    }));
  });
}

describe('what can be built', () => {
  it('stays so when a relation is taken away', () => {
    let gained = 0;
    fc.assert(
      fc.property(universes, fc.nat(), (universe, pick) => {
        const smaller = withoutOneRelation(universe);
        if (smaller.length === 0) return;
        const before = built(universe);
        const after = built(at(smaller, pick % smaller.length));
        expect(after).toEqual(expect.arrayContaining([...before]));
        gained += after.length - before.length;
      }),
      SETTINGS,
    );
    expect(gained).toBeGreaterThan(50);
  });
  it('stays so when a binary that no source builds comes into the index', () => {
    let gained = 0;
    const addition = fc.record({
      index: fc.constantFrom('amd64', 'arm64'),
      name: fc.constantFrom('e0', 'e1', 'e2', 'f'),
      provides: fc.subarray(['v0', 'v1 (= 2)', 'b0', 'b1 (= 1:1)', 'b2 (= 9)']),
      multiArch: fc.constantFrom('', 'allowed'),
    });
    fc.assert(
      fc.property(universes, addition, (universe, added) => {
        const extra = { source: '', preDepends: [], depends: [], isAll: false, isEssential: false };
        const existing = [...universe.existing, { ...extra, ...added, version: '9' }];
        const before = built(universe);
        const after = built({ ...universe, existing });
        expect(after).toEqual(expect.arrayContaining([...before]));
        gained += after.length - before.length;
      }),
      SETTINGS,
    );
    expect(gained).toBeGreaterThan(50);
  });
});
