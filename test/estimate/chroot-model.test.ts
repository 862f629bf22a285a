import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { chrootOf, learnChroot } from '../../src/estimate/chroot-model.ts';
import { sightSources } from '../../src/estimate/sightings.ts';
import { unitFacts } from '../../src/estimate/unit-facts.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { analyseTexts, optionsOf, source } from '../support/texts.ts';

const MIB = 1024 ** 2;
const { universe, planned } = analyseTexts({ sources: [source('hello', {})] }, optionsOf());
const facts = unitFacts({ universe, installability: planned.installability });

function built(day: number, fields: Partial<BuildRecord> = {}): BuildRecord {
  return {
    schema: 'debplan/build@1',
    source: 'hello',
    version: '1',
    arch: 'amd64',
    startedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`,
    dependsBytes: 70 * MIB,
    downloadBytes: 20 * MIB,
    outcome: 'built',
    from: { tool: 'sbuild' },
    ...fields,
  };
}

/** Build dependencies of hello's chroot in MiB, as these builds tell them. */
function dependsAfter(...history: readonly BuildRecord[]): number {
  const sources = sightSources(history, facts);
  const own = sources.flatMap(({ sightings }) => sightings);
  return chrootOf(learnChroot(sources), at(facts, 0), own).dependsBytes / MIB;
}

describe('chrootOf', () => {
  const odd = { dependsBytes: 30e9 };

  it('holds what a build had installed', () => {
    expect(dependsAfter(built(1))).toBe(70);
    expect(dependsAfter(built(1, { dependsBytes: 3000 * MIB }))).toBe(3000);
  });
  it.each([
    ['of another architecture', { ...odd, arch: 'riscv64' }],
    ['that ran on another architecture', { ...odd, buildArch: 'riscv64' }],
    ['that failed before the build', { ...odd, outcome: 'failed', failStage: 'install-deps' }],
    ['that failed nobody knows where', { ...odd, outcome: 'failed' }],
    ['that was given back', { ...odd, outcome: 'given-back' }],
  ] as const)('is not moved by a build %s', (_, fields) => {
    expect(dependsAfter(built(1), built(2, fields))).toBe(dependsAfter(built(1)));
    expect(dependsAfter(built(2, fields))).toBe(dependsAfter());
  });
  it('is not moved by one odd build among others, whenever it was', () => {
    for (const day of [1, 9]) {
      expect(dependsAfter(built(3), built(4), built(day, odd))).toBe(70);
    }
  });
  it('believes a lone build no more than twenty times what the index says', () => {
    expect(dependsAfter(built(1, odd)) / dependsAfter()).toBeLessThan(40);
  });
  it('follows newer builds', () => {
    const builds = [1, 2, 3].map((day) => built(day, { startedAt: `2020-01-0${String(day)}T00:00:00Z` }));
    expect(dependsAfter(...builds, built(1, { dependsBytes: 400 * MIB }))).toBe(400);
  });
});
