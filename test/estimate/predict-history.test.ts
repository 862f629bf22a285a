import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../src/base/log-normal.ts';
import { predictHistory } from '../../src/estimate/predict-history.ts';
import { medianFactor, shareWithin, shuffled, simulateWorld } from './simulated-world.ts';

describe('predictHistory', () => {
  const { context } = simulateWorld({ seed: 9, sources: 400, records: 6, wildEvery: 0 });
  const predictions = predictHistory(context);
  const times = predictions.flatMap(({ duration }) => duration ?? []);
  const sizes = predictions.flatMap(({ ramDisk }) => ramDisk ?? []);

  it('predicts every build once, on the builder that built it', () => {
    expect(predictions).toHaveLength(context.history.length);
    expect(new Set(predictions.map(({ record }) => record))).toEqual(new Set(context.history));
    const known = times.filter(({ by }) => by === 'history');
    expect(medianFactor(known.map(({ actual, predicted }) => [actual, predicted.median]))).toBeLessThan(1.17);
  });
  it.each(['history', 'prior'])('covers 85 to 95 in 100 builds by the upper value of %s', (estimator) => {
    for (const all of [times, sizes]) {
      const own = all.filter(({ by }) => by === estimator);
      expect(own.length).toBeGreaterThan(50);
      const share = shareWithin(own.map(({ actual, predicted }) => [actual, quantileOf(predicted, 0.9)]));
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(0.95);
    }
  });
  it('tells what the prior says without builds of the source, and they without the prior', () => {
    const [alone] = times.filter(({ by }) => by === 'history').map((one) => one.alone);
    expect(alone?.map(({ estimator }) => estimator)).toEqual(['history', 'prior', 'default']);
    const only = times.filter(({ by }) => by === 'prior').map((one) => one.alone);
    expect(only[0]?.map(({ estimator }) => estimator)).toEqual(['prior', 'default']);
  });
  it('does not look at the build that it predicts', () => {
    const [first, ...rest] = context.history;
    if (first === undefined) throw new Error('the world has no history');
    const odd = { ...first, wallMs: (first.wallMs ?? 0) * 1000, peakBytes: (first.peakBytes ?? 0) * 1000 };
    const few = { ...context, history: [first, ...rest.slice(0, 20)] };
    const [plain] = predictHistory(few).filter(({ record }) => record === first);
    const [other] = predictHistory({ ...few, history: [odd, ...rest.slice(0, 20)] }).filter(
      ({ record }) => record === odd,
    );
    expect(other?.duration?.predicted).toEqual(plain?.duration?.predicted);
    expect(other?.ramDisk?.predicted).toEqual(plain?.ramDisk?.predicted);
  });
  it('infers a peak that nobody saw from the end, or from what lay there while dependencies were installed', () => {
    const [first] = context.history;
    if (first === undefined) throw new Error('the world has no history');
    const MIB = 1024 ** 2;
    const peakOf = (more: object): number | undefined => {
      const seen = { ...first, holds: 'chroot' as const, peakBytes: undefined, ...more };
      const [one] = predictHistory({ ...context, history: [seen] });
      expect(one?.ramDisk?.isInferred).toBe(true);
      return one?.ramDisk?.actual;
    };
    const small = { endBytes: 900 * MIB, dependsBytes: 300 * MIB, downloadBytes: 20 * MIB };
    expect(peakOf(small)).toBe(Math.round(900 * MIB * 1.01) + 32 * MIB);
    // 440 of base, 120 of apt's files, 300 and 100 of dependencies
    expect(peakOf({ ...small, downloadBytes: 100 * MIB })).toBe(Math.round(960 * MIB * 1.01) + 32 * MIB);
  });
  it('says the same whatever the order of the records', () => {
    const few = { ...context, history: context.history.slice(0, 100) };
    expect(predictHistory({ ...few, history: shuffled(few.history, 3) })).toEqual(predictHistory(few));
  });
  it('has nothing to say of failed builds, unknown sources, and an empty history', () => {
    const [first] = context.history;
    if (first === undefined) throw new Error('the world has no history');
    const history = [
      { ...first, outcome: 'failed' as const },
      { ...first, source: 'nobody' },
    ];
    const found = predictHistory({ ...context, history });
    expect(found.map(({ duration, ramDisk }) => [duration, ramDisk])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(predictHistory({ ...context, history: [] })).toEqual([]);
  });
});
