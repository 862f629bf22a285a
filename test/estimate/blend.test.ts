import { describe, expect, it } from 'vitest';
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
  it('believes a size that was measured, however large, but not one that is nothing', () => {
    const rules = { ...RULES, believesLarge: true };
    expect(blend(PRIOR, [took(1e5)], rules).predicted.median).toBeGreaterThan(5e4);
    expect(blend(PRIOR, [took(0.01)], rules).predicted.median).toBeGreaterThan(5);
  });
  it('hears of at least so much only where it is more than was expected', () => {
    const least = { isLeast: true };
    expect(blend(PRIOR, [took(50, least)], RULES)).toEqual(blend(PRIOR, [], RULES));
    expect(blend(PRIOR, [took(300, least)], RULES).predicted.median).toBeGreaterThan(250);
    const firm = blend(PRIOR, [took(400)], RULES);
    expect(blend(PRIOR, [took(400), took(300, least)], RULES)).toEqual(firm);
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
