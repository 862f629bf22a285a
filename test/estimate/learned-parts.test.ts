import { describe, expect, it } from 'vitest';
import { CHROOT_PEAK, learnRatio, TREE_PEAK } from '../../src/estimate/peak-ratio.ts';
import { learnSpread } from '../../src/estimate/spread.ts';
import { versionVariance } from '../../src/estimate/version-distance.ts';
import { recencyWeights } from '../../src/estimate/circumstances.ts';
import type { BuildRecord } from '../../src/history/record.ts';

describe('learnRatio', () => {
  it('is what was known before where nothing was measured', () => {
    const { median, sigma } = learnRatio(TREE_PEAK, []);
    expect(median).toBeCloseTo(TREE_PEAK.median, 12);
    expect(sigma).toBeCloseTo(TREE_PEAK.sigma, 12);
  });
  it('comes to what builds say, and keeps how far they lie apart', () => {
    const ratios = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 1.1 : 1.5));
    const { median, sigma } = learnRatio(TREE_PEAK, ratios);
    expect(median).toBeCloseTo(Math.sqrt(1.1 * 1.5), 1);
    expect(sigma).toBeCloseTo(Math.log(1.5 / 1.1) / 2, 1);
  });
  it('doesn’t follow one absurd ratio', () => {
    expect(learnRatio(CHROOT_PEAK, [1000]).median).toBeLessThan(1.1);
  });
});

describe('learnSpread', () => {
  it('believes the prior until sources say otherwise', () => {
    expect(learnSpread([])).toBe(1);
    const near = Array.from({ length: 500 }, () => ({ mean: 0.25, variance: 1 }));
    expect(learnSpread(near)).toBeLessThan(0.35);
    expect(learnSpread([{ mean: 1e6, variance: 1 }])).toBeLessThan(1.2);
  });
});

describe('versionVariance', () => {
  it('grows from the revision to the leading number', () => {
    const from = (version: string): number => versionVariance('1:2.10-3', version);
    const distances = [from('1:2.10-3'), from('1:2.10-4'), from('1:2.11-1'), from('1:3.0-1')];
    expect(distances[0]).toBe(0);
    expect(new Set(distances).size).toBe(4);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });
});

describe('recencyWeights', () => {
  const record: BuildRecord = {
    schema: 'debplan/build@1',
    source: 'a',
    version: '1',
    arch: 'amd64',
    outcome: 'built',
    from: { tool: 'run' },
  };
  it('halves for each 180 days before the newest, and for an unknown date', () => {
    const dates = ['2026-06-30T00:00:00Z', '2026-01-01T00:00:00Z', undefined];
    expect([...recencyWeights(dates.map((startedAt) => ({ ...record, startedAt })))]).toEqual([1, 0.5, 0.5]);
  });
  it('are all alike where nothing is dated', () => {
    expect([...recencyWeights([record, record])]).toEqual([1, 1]);
  });
});
