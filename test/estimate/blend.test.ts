import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../src/base/log-normal.ts';
import { blend, type BlendRules, type Observation } from '../../src/estimate/blend.ts';

const PRIOR = { median: 100, sigma: 0.8 };
const RULES: BlendRules = { noiseSigma: 0.15, believesLarge: false };

function took(value: number, fields: Partial<Observation> = {}): Observation {
  return { value: Math.log(value), variance: 0.15 ** 2, weight: 1, isLeast: false, ...fields };
}

describe('blend', () => {
  it('is the prior and the noise where nothing was built', () => {
    const { predicted, ownShare } = blend(PRIOR, [], RULES);
    expect(predicted.median).toBeCloseTo(100, 9);
    expect(predicted.sigma).toBeCloseTo(Math.hypot(0.8, 0.15), 12);
    expect(ownShare).toBe(0);
  });
  it('weighs one build and the prior by their variances', () => {
    const { predicted, ownShare } = blend(PRIOR, [took(200)], RULES);
    const share = 0.8 ** 2 / (0.8 ** 2 + 0.15 ** 2);
    expect(ownShare).toBeCloseTo(share, 12);
    expect(predicted.median).toBeCloseTo(100 * 2 ** share, 9);
  });
  it('lets a wild build among ten pull no more than one that is a little off', () => {
    const nine = Array.from({ length: 9 }, () => took(200));
    const wild = blend(PRIOR, [...nine, took(200_000)], RULES).predicted.median;
    expect(wild).toBeLessThan(blend(PRIOR, nine, RULES).predicted.median * 1.03);
    expect(blend(PRIOR, [...nine, took(2e9)], RULES).predicted.median).toBeCloseTo(wild, 6);
  });
  it('doubts a lone build a thousand times off, and believes three', () => {
    expect(blend(PRIOR, [took(1e5)], RULES).predicted.median).toBeLessThan(1500);
    const three = [took(1e5), took(1e5), took(1e5)];
    expect(blend(PRIOR, three, RULES).predicted.median).toBeGreaterThan(5e4);
  });
  describe('of sizes', () => {
    const rules = { ...RULES, believesLarge: true };
    const medianOf = (...builds: readonly Observation[]): number =>
      blend(PRIOR, builds, rules).predicted.median;

    it('believes one that was measured ten times above the prior, but not one that is nothing', () => {
      expect(medianOf(took(1000))).toBeGreaterThan(900);
      expect(medianOf(took(0.01))).toBeGreaterThan(5);
    });
    it('holds back a lone one a thousand times above, until a second confirms it', () => {
      expect(medianOf(took(1e5))).toBeLessThan(4000);
      expect(medianOf(took(1e5), took(9e4))).toBeGreaterThan(8e4);
      expect(medianOf(took(100), took(110), took(1e5))).toBeLessThan(130);
    });
    it('believes a lone one that the package tells of', () => {
      const told = { ...rules, told: Math.log(7e4) };
      expect(blend(PRIOR, [took(1e5)], told).predicted.median).toBeGreaterThan(5e4);
    });
    it('hardly hears of at least so much where more was expected', () => {
      const least = { isLeast: true };
      expect(medianOf(took(10, least))).toBeLessThan(102);
      expect(medianOf(took(300, least))).toBeGreaterThan(250);
      expect(medianOf(took(400), took(300, least))).toBeLessThan(medianOf(took(400)) * 1.05);
    });
    it('lets builds that failed at more than those that worked raise it mildly', () => {
      const worked = [took(100), took(105), took(95)];
      const raised = medianOf(...worked, took(1e5, { isLeast: true })) / medianOf(...worked);
      expect(raised).toBeGreaterThan(1.01);
      expect(raised).toBeLessThan(1.2);
    });
    it.each([
      ['never built', [], 4000],
      ['built with a fifth of it', [1, 2, 3, 4].map(() => took(100)), 500],
    ] as const)('comes to what is needed within six full disks, %s', (_, before, needed) => {
      const builds: Observation[] = [...before];
      const reserved = (): number => quantileOf(blend(PRIOR, builds, rules).predicted, 0.9);
      let room = reserved();
      for (let tries = 1; room < needed; tries++) {
        expect(tries).toBeLessThanOrEqual(6);
        builds.push(took(room, { isLeast: true, isFull: true }));
        expect(reserved()).toBeGreaterThan(1.5 * room);
        expect(medianOf(...builds)).toBeGreaterThan(1.1 * room);
        room = reserved();
      }
    });
  });
  it('comes to the balance of all pulls, wherever builds lie', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 3, maxLength: 9, size: 'max' }), (offsets) => {
        const builds = offsets.map((offset) => took(100 * Math.exp(offset)));
        const { median } = blend(PRIOR, builds, RULES).predicted;
        const off = Math.log(median / 100);
        const pulls = offsets.map((offset) => Math.max(-1.5, Math.min(1.5, (offset - off) / 0.15)) / 0.15);
        expect(pulls.reduce((sum, pull) => sum + pull, -off / 0.8 ** 2)).toBeCloseTo(0, 6);
      }),
      { seed: 6, numRuns: 200 },
    );
  });
  it('lets older builds weigh less', () => {
    const builds = [took(100, { weight: 0.1 }), took(200)];
    expect(blend(PRIOR, builds, RULES).predicted.median).toBeGreaterThan(170);
    const other = [took(100), took(200, { weight: 0.1 })];
    expect(blend(PRIOR, other, RULES).predicted.median).toBeLessThan(125);
  });
  it('widens with builds that disagree, and takes a prior without any doubt as it is', () => {
    const same = [1, 2, 3, 4, 5].map(() => took(200));
    const apart = [100, 140, 200, 280, 400].map((value) => took(value));
    expect(blend(PRIOR, apart, RULES).predicted.sigma).toBeGreaterThan(
      1.3 * blend(PRIOR, same, RULES).predicted.sigma,
    );
    const sure = blend({ median: 100, sigma: 0 }, [took(200)], RULES).predicted;
    expect(sure.median).toBeCloseTo(100, 2);
  });
});
