import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracySchema } from '../../src/accuracy/accuracy-schema.ts';
import { makeAccuracy } from '../../src/accuracy/make-accuracy.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { emitAccuracySvg } from '../../src/emit/accuracy-plot/accuracy-svg.ts';
import { emitAccuracyCsv } from '../../src/emit/accuracy-csv.ts';
import { facts, perfectTrials } from './trials.ts';

/** Few enough for every run to be quick, none at all among them. */
const trials = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer())
  .map(([count, seed]) => perfectTrials(count, seed, 1000, 10_000_000));

describe('accuracy', () => {
  it('finds predictions calibrated when builds are drawn from them', () => {
    const many = perfectTrials(5000, 5, 1000, 1e7);
    const { calibration, estimators } = makeAccuracy(facts(many, [])).duration;
    for (const { level, share, low, high } of calibration) {
      expect(Math.abs(share - level)).toBeLessThan(0.02);
      expect(high - low).toBeLessThan(0.03);
    }
    expect(estimators[0]?.bias).toBeCloseTo(1, 1);
  });

  it('finds predictions that are too sure of themselves not calibrated', () => {
    const unsure = perfectTrials(2000, 5, 1000, 1e7);
    const sure = unsure.map((own) => ({
      ...own,
      predicted: { ...own.predicted, sigma: own.predicted.sigma / 2 },
    }));
    const nine = makeAccuracy(facts(sure, [])).duration.calibration.find(({ level }) => level === 0.9);
    expect(nine?.high).toBeLessThan(0.9);
  });

  it('adds up: estimators, builders and architectures to all builds, and more at each level', () => {
    fc.assert(
      fc.property(trials, (ramDisk) => {
        const document = makeAccuracy(facts([], ramDisk));
        const { builds, estimators, builders, architectures, calibration, predictions } = document.ramDisk;
        const sum = (rows: readonly { readonly builds: number }[]): number =>
          rows.reduce((total, row) => total + row.builds, 0);
        expect(builds).toBe(ramDisk.length);
        expect([sum(estimators.slice(1)), sum(builders), sum(architectures), predictions.length]).toEqual(
          Array.from({ length: 4 }, () => builds),
        );
        const within = calibration.map((row) => row.within);
        expect(within).toEqual([...within].sort((a, b) => a - b));
        for (const own of document.reserve.quantiles) {
          const { within: fits } = calibration.find(({ level }) => level === own.quantile) ?? { within: -1 };
          expect(own.overruns).toBe(builds - fits);
          const overrun = own.usedBytes - (own.reservedBytes - own.wastedBytes);
          expect(overrun).toBeGreaterThanOrEqual(0);
          expect(overrun > 0).toBe(own.overruns > 0);
        }
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it('gives the same bytes whatever the order of the history, by a schema that is published', () => {
    const shuffled = trials.chain((own) =>
      fc.tuple(fc.constant(own), fc.shuffledSubarray([...own], { minLength: own.length })),
    );
    fc.assert(
      fc.property(shuffled, ([own, other]) => {
        const documents = [own, other].map((each) => makeAccuracy(facts(each, each)));
        const [first, second] = documents.map((each) =>
          [stableJson(each), emitAccuracyCsv(each), emitAccuracySvg(each)].join('\n'),
        );
        expect(second).toBe(first);
        for (const document of documents) expect(accuracySchema.parse(document)).toEqual(document);
      }),
      { seed: 12, numRuns: 20 },
    );
  });
});
