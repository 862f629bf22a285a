import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildUniverse } from '../../src/archive/build-universe.ts';
import { makeUnits } from '../../src/archive/unit.ts';
import { formatAlternatives, type Alternatives } from '../../src/debian/relation.ts';
import { LossExplainer } from '../../src/resolve/explain-loss.ts';
import { computeInstallability } from '../../src/resolve/installability.ts';
import { followChain, groupsWritten } from '../support/follow-chain.ts';
import { SlowArchive, type SlowPackage } from '../support/slow-archive.ts';
import { smallUniverse, textsOf } from '../support/small-universe.ts';
import { readTexts } from '../support/texts.ts';

const universes = fc.oneof(
  smallUniverse({ hasLayers: false, indexed: ['amd64', 'arm64'] }),
  smallUniverse({ hasLayers: true, indexed: ['amd64', 'arm64'] }),
  smallUniverse({ hasLayers: false, indexed: ['arm64'] }),
);
/** Which units are left out, by their number modulo its length. */
const leftOutPattern = fc.array(
  fc.integer({ min: 0, max: 3 }).map((roll) => roll === 0),
  { minLength: 1, maxLength: 5 },
);

describe('computeInstallability', () => {
  it('gives the verdicts of the slow twin, whatever is left out, and explains each loss', () => {
    const counts = { lost: 0, left: 0, missing: 0, blocked: 0, essential: 0, steps: 0 };
    fc.assert(
      fc.property(universes, leftOutPattern, (small, pattern) => {
        const archive = readTexts(textsOf(small));
        const { units } = makeUnits(archive.sources, small.options, () => undefined);
        const options = {
          ...small.options,
          indexedArchitectures: archive.indexedArchitectures,
          counts: (): boolean => true,
          needsBuildEssential: false,
        };
        const universe = buildUniverse(units, archive.sources, archive.binaries, options, () => undefined);
        const leftOut = Uint8Array.from(units, (_, index) => Number(pattern[index % pattern.length]));
        const left = new Set(units.filter((unit) => leftOut[unit.id] === 1).map(({ key }) => key));
        const twin = new SlowArchive(archive, units, small.options);
        const { units: lost } = twin.losses(left);

        const found = computeInstallability(universe, leftOut);
        const lostKeys = units.filter(({ id }) => found.unitLost[id] !== 0).map(({ key }) => key);
        expect(lostKeys).toEqual(units.filter(({ key }) => lost.has(key)).map(({ key }) => key));
        const builtKeys = units.filter(({ id }) => found.unitBuilt[id] === 1).map(({ key }) => key);
        expect(builtKeys).toEqual(
          units.filter(({ key }) => !lost.has(key) && !left.has(key)).map(({ key }) => key),
        );

        const explainer = new LossExplainer(universe, found);
        for (const unit of units.filter(({ key }) => lost.has(key))) {
          const loss = explainer.explain(unit.id);
          counts.essential += Number(loss.field === 'Essential');
          if (loss.field === 'Essential') continue; // asked of all, by no field
          const start = groupsWritten(twin, unit, loss.relation);
          const describesIt = (text: string) => (binary: SlowPackage) =>
            text === (binary.version === undefined ? binary.name : `${binary.name} ${binary.version}`);
          const steps = loss.chain.map(({ binary, relation }, place) => ({
            relation: place === 0 ? undefined : relation,
            fits: describesIt(binary),
          }));
          const { packages, open } = followChain(twin, unit, start, steps);
          if (loss.blockedBy === undefined) {
            const missing = open.filter((group) => formatAlternatives(unrestricted(group)) === loss.missing);
            expect(missing.some((group) => twin.satisfiers(unit, group).length === 0)).toBe(true);
            counts.missing++;
          } else {
            const { key: blockedBy } = loss.blockedBy;
            expect(packages.some(({ producer, exists }) => producer === blockedBy && !exists)).toBe(true);
            expect(lost.has(blockedBy) || left.has(blockedBy)).toBe(true);
            expect(loss.missing).toBeUndefined();
            counts.blocked++;
          }
          expect(new Set(loss.chain.map(({ binary }) => binary)).size).toBe(loss.chain.length);
          counts.steps += loss.chain.length;
        }
        counts.lost += lost.size;
        counts.left += left.size;
      }),
      { seed: 2, numRuns: 1000 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(250);
  });
});

/** The group as a loss tells it: what is missing, whoever asks. */
function unrestricted(group: Alternatives): Alternatives {
  return group.map((relation) => ({ ...relation, architectures: [], profiles: [] }));
}
