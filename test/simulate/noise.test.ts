import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { DRAW, drawAt, normalPairAt } from '../../src/simulate/noise.ts';
import { drawScenario, failureAt, type Noise } from '../../src/simulate/scenario.ts';
import { meanOf } from '../../src/simulate/statistics.ts';
import { problemOf } from '../dispatch/problems.ts';

const NOISE: Noise = { jitter: 0.3, sizeJitter: 0.3, failRate: 0.25, seed: 7 };
const COUNT = 40_000;
const problem = problemOf(
  Array.from({ length: COUNT }, () => ({ durationMs: 1_000_000, ramDiskBytes: 1_000_000 })),
);

/** Pearson's correlation of two columns. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    meanOf(x.map((value, index) => (value - mx) * (at(y, index) - my)));
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

function logFactors(seed: number, run: number, column: 'durationMs' | 'ramDiskBytes'): readonly number[] {
  const { real } = drawScenario(problem, { ...NOISE, seed }, run);
  return Array.from(real[column], (value) => Math.log(value / 1_000_000));
}

describe('noise', () => {
  it('is even between 0 and 1', () => {
    const draws = Array.from({ length: COUNT }, (_, task) => drawAt(1, 0, task, DRAW.failure));
    expect(Math.min(...draws)).toBeGreaterThan(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const counts = Array.from({ length: 10 }, () => 0);
    for (const draw of draws) counts[Math.floor(draw * 10)] = at(counts, Math.floor(draw * 10)) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(3750);
    expect(Math.max(...counts)).toBeLessThan(4250);
  });

  it('makes durations and sizes lognormal, right on average', () => {
    for (const column of ['durationMs', 'ramDiskBytes'] as const) {
      const logs = logFactors(7, 0, column);
      expect(meanOf(logs.map(Math.exp))).toBeCloseTo(1, 1);
      const mean = meanOf(logs);
      expect(mean).toBeCloseTo(-0.045, 2);
      expect(Math.sqrt(meanOf(logs.map((log) => (log - mean) ** 2)))).toBeCloseTo(0.3, 2);
    }
    const [first, second] = normalPairAt(1, 2, 3);
    expect([first, second]).toEqual(normalPairAt(1, 2, 3));
  });

  it('is independent between durations and sizes, runs, seeds and neighbours', () => {
    const durations = logFactors(7, 0, 'durationMs');
    const others = [
      logFactors(7, 0, 'ramDiskBytes'),
      logFactors(7, 1, 'durationMs'),
      logFactors(8, 0, 'durationMs'),
      [...durations.slice(1), at(durations, 0)],
    ];
    for (const other of others) expect(Math.abs(correlation(durations, other))).toBeLessThan(0.02);
  });

  it('fails as many attempts as asked for, each on its own, anywhere in its time', () => {
    const scenario = drawScenario(problem, NOISE, 3);
    const attempts = [0, 1].map((attempt) =>
      Array.from({ length: COUNT }, (_, task) => failureAt(scenario, task, attempt)),
    );
    const hasFailed = attempts.map((times) => times.map((time) => Number(time < Infinity)));
    for (const flags of hasFailed) expect(meanOf(flags)).toBeCloseTo(0.25, 1);
    expect(Math.abs(correlation(at(hasFailed, 0), at(hasFailed, 1)))).toBeLessThan(0.02);
    const times = attempts.flat().filter((time) => time < Infinity);
    expect(meanOf(times)).toBeCloseTo(0.5, 1);
    expect(times.every((time) => time > 0 && time < 1)).toBe(true);
  });

  it('does not touch the problem, and leaves all as estimated where there is none', () => {
    const before = problem.durationMs.slice();
    const quiet = drawScenario(problem, { jitter: 0, sizeJitter: 0, failRate: 0, seed: 7 }, 5);
    expect(quiet.real).toEqual(problem);
    expect(failureAt(quiet, 1, 0)).toBe(Infinity);
    drawScenario(problem, NOISE, 0);
    expect(problem.durationMs).toEqual(before);
  });
});
