import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampView,
  formatMoment,
  msAt,
  panBy,
  reveal,
  ticksOf,
  wholePlan,
  xOf,
  zoomAt,
} from '../../../src/report/page/time-scale.ts';

const MAKESPAN = 7_200_000;
const views = fc
  .tuple(fc.nat(MAKESPAN), fc.integer({ min: 20_000, max: MAKESPAN }))
  .map(([fromMs, span]) => clampView({ fromMs, toMs: fromMs + span }, MAKESPAN));

describe('the time axis', () => {
  it('finds the moment under a pixel again', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0, max: 1000, noNaN: true }), (view, x) => {
        expect(xOf(view, 1000, msAt(view, 1000, x))).toBeCloseTo(x, 6);
      }),
      { seed: 1 },
    );
  });

  it('never leaves the plan, however it is zoomed and panned', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (view, factor, distance) => {
          const moved = panBy(zoomAt(view, factor, view.fromMs, MAKESPAN), distance, MAKESPAN);
          expect(moved.fromMs).toBeGreaterThanOrEqual(0);
          expect(moved.toMs).toBeLessThanOrEqual(wholePlan(MAKESPAN).toMs + 1e-6);
          expect(moved.toMs - moved.fromMs).toBeGreaterThanOrEqual(10_000 - 1e-6);
        },
      ),
      { seed: 2 },
    );
  });

  it('keeps the moment under the pointer where it is while zooming in', () => {
    const view = { fromMs: 1_000_000, toMs: 3_000_000 };
    const closer = zoomAt(view, 2, 1_500_000, MAKESPAN);
    expect(xOf(closer, 100, 1_500_000)).toBeCloseTo(xOf(view, 100, 1_500_000), 9);
    expect(closer.toMs - closer.fromMs).toBe(1_000_000);
  });

  it('shows a build that lies elsewhere whole, and leaves the view alone where it is seen', () => {
    const view = { fromMs: 0, toMs: 60_000 };
    expect(reveal(view, 10_000, 20_000, MAKESPAN)).toBe(view);
    fc.assert(
      fc.property(
        views,
        fc.nat(MAKESPAN - 1),
        fc.integer({ min: 1, max: 600_000 }),
        (from, start, length) => {
          const end = Math.min(start + length, MAKESPAN);
          const seen = reveal(from, start, end, MAKESPAN);
          expect(seen.fromMs).toBeLessThanOrEqual(start);
          expect(seen.toMs).toBeGreaterThanOrEqual(end);
        },
      ),
      { seed: 3 },
    );
  });

  it('sets its labels at least as far apart as they need, and no two alike', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 200, max: 3000 }), (view, width) => {
        const labelled = ticksOf(view, width, 76).filter(({ label }) => label !== '');
        const places = labelled.map(({ ms }) => xOf(view, width, ms));
        places.slice(1).forEach((x, index) => {
          expect(x - (places[index] ?? 0)).toBeGreaterThanOrEqual(76 - 1e-6);
        });
        expect(new Set(labelled.map(({ label }) => label)).size).toBe(labelled.length);
      }),
      { seed: 4 },
    );
  });

  it('labels a plan of weeks by days', () => {
    const labels = ticksOf(wholePlan(14 * 86_400_000), 1000, 76).map(({ label }) => label);
    expect(labels.filter((label) => label !== '')).toEqual([
      '0',
      '2d',
      '4d',
      '6d',
      '8d',
      '10d',
      '12d',
      '14d',
    ]);
  });

  it('writes moments without zeros at their ends', () => {
    const moments = [0, 45_000, 900_000, 3_600_000, 5_400_000, 3_605_000, 86_400_000, 108_000_000];
    expect(moments.map(formatMoment)).toEqual([
      '0',
      '45s',
      '15m',
      '1h',
      '1h 30m',
      '1h 00m 05s',
      '1d',
      '1d 06h',
    ]);
  });
});
