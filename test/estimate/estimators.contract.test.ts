import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { ESTIMATORS } from '../../src/estimate/estimators.ts';
import { ESTIMATOR_NAMES } from '../../src/estimate/estimator-name.ts';
import { firstThatKnows } from '../../src/estimate/estimate-units.ts';
import { sightSources } from '../../src/estimate/sightings.ts';
import { learn, Overrides, sightingsByName, subjectOf, type Subject } from '../../src/estimate/subject.ts';
import { simulateWorld } from './simulated-world.ts';

const { context, facts, recordCounts } = simulateWorld({ seed: 2, sources: 40, records: 3, wildEvery: 0 });
const sources = sightSources(context.history, facts);
const learned = learn(sources, context.builders);
const byName = sightingsByName(sources);

function subject(unit: number, figures = {}, declaredBytes?: number): Subject {
  const own = at(facts, unit);
  const override = { ...new Overrides([]).of(own), ...figures };
  const builds = byName.get(own.unit.source.name) ?? [];
  return subjectOf(learned, own, builds, context.options, override, declaredBytes);
}

const built = recordCounts.findIndex((count) => count > 0);
const unbuilt = recordCounts.indexOf(0);
const subjects: Readonly<Record<string, Subject>> = {
  'a source that was built': subject(built),
  'a source that was never built': subject(unbuilt),
  'a declared size': subject(unbuilt, {}, 2 ** 34),
  'an absurd declared size': subject(built, {}, 1),
  'a row of an estimates file': subject(unbuilt, { durationMs: 5, ramDiskBytes: 6 }),
};

describe.each(ESTIMATOR_NAMES)('estimator %s', (name) => {
  it.each(Object.entries(subjects))(
    'gives finite, positive medians and spreads, or nothing, for %s',
    (_, own) => {
      const ramDisk = ESTIMATORS[name].ramDisk(own);
      const found = [
        ESTIMATORS[name].durationMs(own),
        ramDisk && (ramDisk.kind === 'tree' ? ramDisk.tree : ramDisk.total),
      ].filter((one) => one !== undefined);
      for (const { median, sigma } of found) {
        expect(median).toBeGreaterThan(0);
        expect(median).toBeLessThan(Infinity);
        expect(sigma).toBeGreaterThanOrEqual(0);
        expect(sigma).toBeLessThan(10);
      }
    },
  );
});

describe('ESTIMATORS', () => {
  it('are asked in the order of the table, all of them', () => {
    expect(ESTIMATOR_NAMES).toEqual(Object.keys(ESTIMATORS));
  });
  it.each([
    ['a source that was built', 'history', 'history'],
    ['a source that was never built', 'prior', 'prior'],
    ['a declared size', 'declared', 'declared'],
    ['an absurd declared size', 'history', 'declared'],
    ['a row of an estimates file', 'override', 'override'],
  ])('lets the first that knows speak for %s', (described, time, ramDisk) => {
    const own = subjects[described];
    if (own === undefined) throw new Error(`no subject ${described}`);
    expect(firstThatKnows((name) => ESTIMATORS[name].durationMs(own)).by).toBe(time);
    expect(firstThatKnows((name) => ESTIMATORS[name].ramDisk(own)).by).toBe(ramDisk);
  });
  it('has a last one that always knows', () => {
    const last = at(ESTIMATOR_NAMES, ESTIMATOR_NAMES.length - 1);
    for (const own of Object.values(subjects)) {
      expect(ESTIMATORS[last].durationMs(own)).toBeDefined();
      expect(ESTIMATORS[last].ramDisk(own)).toBeDefined();
    }
  });
});
