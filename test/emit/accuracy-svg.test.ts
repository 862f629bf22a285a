import { describe, expect, it } from 'vitest';
import { makeAccuracy } from '../../src/accuracy/make-accuracy.ts';
import { emitAccuracySvg } from '../../src/emit/accuracy-plot/accuracy-svg.ts';
import { logAxis, placeOn } from '../../src/emit/accuracy-plot/log-axis.ts';
import { buildRecord, facts, perfectTrials, trial } from '../accuracy/trials.ts';
import { openElements } from './open-elements.ts';

describe('emitAccuracySvg', () => {
  const many = perfectTrials(50, 3, 60_000, 3_600_000);

  it('draws a mark for every build, each by its estimator, and names it', () => {
    const svg = emitAccuracySvg(makeAccuracy(facts(many, [])));
    expect(openElements(svg)).toEqual([]);
    for (const by of ['override', 'declared', 'history', 'prior', 'default']) {
      // one of them stands in the legend
      expect(svg.match(new RegExp(`class="acc-mark acc-${by}"`, 'g')), by).toHaveLength(11);
      expect(svg.match(new RegExp(`\\.acc-${by}\\{`, 'g')), by).toHaveLength(2);
    }
    expect(svg).toMatch(/<title>source-7 1\.0-1 amd64: predicted [\dhms ]+, took [\dhms ]+<\/title>/);
  });

  it('keeps to its frame', () => {
    const svg = emitAccuracySvg(makeAccuracy(facts(many, many)));
    const [, width = '', height = ''] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    expect([width, height]).toEqual(['884', '498']);
    for (const [, x = '', y = ''] of svg.matchAll(/translate\((\d+) (\d+)\)" d="/g)) {
      expect(Number(x)).toBeGreaterThan(78);
      expect(Number(x)).toBeLessThan(78 + 340);
      expect(Number(y)).toBeGreaterThan(48);
      expect(Number(y)).toBeLessThan(48 + 340);
    }
  });

  it('shares a mark among builds on one spot', () => {
    const same = Array.from({ length: 500 }, (_, index) =>
      trial(buildRecord(`s${String(index)}`), 60_000, { median: 60_000, sigma: 0.1 }),
    );
    const svg = emitAccuracySvg(makeAccuracy(facts(same, [])));
    expect(svg).toContain('<title>s0 1.0-1 amd64: predicted 1m, took 1m, and 499 more</title>');
    expect(svg.match(/<title>/g)).toHaveLength(1);
  });

  it('says in words what it shows, with names that XML can not hold as they are', () => {
    const odd = trial(buildRecord('a<b>&"c"\u0007'), 120_000, { median: 60_000, sigma: 0.1 });
    const svg = emitAccuracySvg(makeAccuracy(facts([odd], [])));
    expect(svg).toContain(
      '<desc id="acc-desc">Time: of 1 builds half are within a factor of 2 of what was predicted, 90 % within 2; the median of actual over predicted is 2.</desc>',
    );
    expect(svg).toContain('<title>a&lt;b&gt;&amp;&quot;c&quot;  1.0-1 amd64: predicted 1m, took 2m</title>');
    expect(svg).toContain('role="img" aria-labelledby="acc-title acc-desc"');
  });

  it('is a picture of nothing, of no builds', () => {
    const svg = emitAccuracySvg(makeAccuracy(facts([], [])));
    expect(openElements(svg)).toEqual([]);
    expect(svg).toContain('no build of the history could be compared');
  });
});

describe('logAxis', () => {
  it('marks a few round values between its ends', () => {
    const powers = Array.from({ length: 40 }, (_, power) => 2 ** power);
    expect(logAxis([10, 1000], powers).ticks).toEqual(
      [8, 16, 32, 64, 128, 256, 512, 1024].filter((_, i) => i % 2 === 1),
    );
    const { low, high } = logAxis([100], powers);
    expect(high / low).toBeCloseTo(8);
    expect(placeOn({ low, high, ticks: [] }, 100)).toBeCloseTo(0.5);
  });
});
