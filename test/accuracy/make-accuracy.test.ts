import { describe, expect, it } from 'vitest';
import { binomialShare } from '../../src/accuracy/calibration.ts';
import { errorFigures } from '../../src/accuracy/error-figures.ts';
import { makeAccuracy } from '../../src/accuracy/make-accuracy.ts';
import { assessReserves } from '../../src/accuracy/reserve.ts';
import { normalQuantile } from '../../src/base/log-normal.ts';
import { buildRecord, facts, trial } from './trials.ts';

const GIB = 1024 ** 3;

describe('errorFigures', () => {
  it('takes half as long and twice as long for equally wrong', () => {
    expect(errorFigures([0.5, 2, 1])).toEqual({ builds: 3, medianFactor: 2, factor90: 2, bias: 1 });
  });

  it('tells a bias by its direction', () => {
    expect(errorFigures([3, 3, 3]).bias).toBe(3);
    expect(errorFigures([0.25]).bias).toBe(0.25);
  });
});

describe('binomialShare', () => {
  // Wilson's intervals as R's binom.confint(method = "wilson") and prop.test(correct = FALSE) give them
  it.each([
    [0, 10, { share: 0, low: 0, high: 0.2775 }],
    [10, 10, { share: 1, low: 0.7225, high: 1 }],
    [9, 10, { share: 0.9, low: 0.5958, high: 0.9821 }],
    [50, 100, { share: 0.5, low: 0.4038, high: 0.5962 }],
  ])('of %i in %i', (hits, total, expected) => {
    expect(binomialShare(hits, total)).toEqual(expected);
  });
});

describe('assessReserves', () => {
  const known = { median: 10 * GIB, sigma: 0 };

  it('counts what is idle of builds that fit, and overruns at their cost', () => {
    const builds = [
      { predicted: known, actual: 6 * GIB, heldMs: 1000 },
      { predicted: known, actual: 12 * GIB, heldMs: 3000 },
    ];
    expect(assessReserves(builds, [0.9], 2).quantiles).toEqual([
      {
        quantile: 0.9,
        builds: 2,
        overruns: 1,
        overrunShare: binomialShare(1, 2),
        reservedBytes: 20 * GIB,
        usedBytes: 18 * GIB,
        wastedBytes: 4 * GIB,
        wastedShare: 0.2,
        // 4 GiB s idle and twice 36 GiB s of overruns, of 6 + 36 GiB s
        loss: 1.8095,
      },
    ]);
  });

  it('takes builds of unknown length for builds of the usual length', () => {
    const builds = [100, 200, 900, undefined].map((heldMs, index) => ({
      predicted: known,
      actual: (index + 2) * GIB,
      heldMs,
    }));
    const filled = builds.map((build) => ({ ...build, heldMs: build.heldMs ?? 200 }));
    expect(assessReserves(builds, [0.9], 2)).toEqual(assessReserves(filled, [0.9], 2));
  });

  it('advises a higher quantile the more an overrun costs, and nothing for few builds', () => {
    const builds = Array.from({ length: 99 }, (_, index) => ({
      predicted: { median: GIB, sigma: 0.5 },
      actual: Math.round(GIB * 2 ** ((index - 49) / 33)),
      heldMs: 1000,
    }));
    const adviceFor = (cost: number): number => assessReserves(builds, [], cost).advice?.quantile ?? 0;
    const quantiles = [0.1, 2, 8, 50].map(adviceFor);
    expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    expect(new Set(quantiles).size).toBe(4);
    expect(assessReserves(builds.slice(0, 19), [], 2).advice).toBeNull();
  });
});

describe('makeAccuracy', () => {
  const record = buildRecord('hello', { startedAt: '2026-11-20T10:00:00Z' });

  it('lists each estimator alone beside what plans go by', () => {
    const own = {
      ...trial(record, 800, { median: 400, sigma: 0.2 }),
      alone: [
        { estimator: 'history' as const, predicted: { median: 200, sigma: 0.1 } },
        { estimator: 'prior' as const, predicted: { median: 1600, sigma: 0.9 } },
      ],
    };
    const { estimators } = makeAccuracy(facts([own], [])).duration;
    expect(estimators).toEqual([
      { estimator: 'blended', builds: 1, medianFactor: 2, factor90: 2, bias: 2 },
      { estimator: 'history', builds: 1, medianFactor: 4, factor90: 4, bias: 4 },
      { estimator: 'prior', builds: 1, medianFactor: 2, factor90: 2, bias: 0.5 },
    ]);
  });

  it('names the record of each prediction, with the upper value', () => {
    const { predictions } = makeAccuracy(
      facts([], [trial(record, 3 * GIB, { median: 2 * GIB, sigma: 0.4 }, 'prior')]),
    ).ramDisk;
    expect(predictions).toEqual([
      {
        source: 'hello',
        version: '1.0-1',
        arch: 'amd64',
        builder: 'x86-1',
        startedAt: '2026-11-20T10:00:00Z',
        file: 'hello.build',
        estimator: 'prior',
        predicted: 2 * GIB,
        upper: Math.ceil(2 * GIB * Math.exp(0.4 * normalQuantile(0.9))),
        actual: 3 * GIB,
        isInferred: false,
        ratio: 1.5,
      },
    ]);
  });

  it('lists the worst first, whether too high or too low, and no more than asked for', () => {
    const actual = [100, 250, 30, 101, 1000];
    const trials = actual.map((ms, index) =>
      trial(buildRecord(`s${String(index)}`), ms, { median: 100, sigma: 0.1 }),
    );
    const { worst } = makeAccuracy(facts(trials, [])).duration;
    expect(worst.map((own) => own.actual)).toEqual([1000, 30, 250]);
  });

  it('sums up each builder and architecture, and leaves the nameless out', () => {
    const nameless = { ...buildRecord('a'), builder: undefined };
    const { builder, ...bare } = nameless;
    const trials = [
      trial(bare, 100, { median: 100, sigma: 0 }),
      trial(buildRecord('b', { builder: 'arm-1', arch: 'arm64' }), 300, { median: 100, sigma: 0 }),
    ];
    const { builders, architectures } = makeAccuracy(facts(trials, [])).duration;
    expect(builder).toBeUndefined();
    expect(builders.map(({ name, bias }) => [name, bias])).toEqual([['arm-1', 3]]);
    expect(architectures.map(({ name, bias }) => [name, bias])).toEqual([
      ['amd64', 1],
      ['arm64', 3],
    ]);
  });

  it('is empty, not broken, of no builds', () => {
    const { duration, ramDisk, reserve } = makeAccuracy(facts([], []));
    const nothing = { builds: 0, estimators: [], calibration: [], predictions: [], worst: [] };
    expect(duration).toMatchObject(nothing);
    expect(ramDisk).toMatchObject(nothing);
    expect(reserve).toEqual({ quantiles: [], overrunCost: 2.35, advice: null });
  });
});
