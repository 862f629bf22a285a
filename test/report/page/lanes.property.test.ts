import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { barsOf, endMs, lanesOf, nearestIn, taskAt } from '../../../src/report/page/lanes.ts';
import { smallPlan, type SmallTask } from './small-report.ts';

/** One slot's builds: gaps and lengths in turn. */
const rows = fc
  .array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 200 })), { maxLength: 60, size: 'max' })
  .map((pairs): readonly SmallTask[] => {
    let now = 0;
    return pairs.map(([gap, durationMs], index) => {
      const startMs = now + gap;
      now = startMs + durationMs;
      return { source: `s${String(index)}`, startMs, durationMs };
    });
  });

describe('a lane', () => {
  it('has a row for every slot, also for one that builds nothing', () => {
    const plan = smallPlan(
      [
        { source: 'a', builder: 1, slot: 1 },
        { source: 'b', builder: 0, slot: 0, startMs: 5 },
        { source: 'c', builder: 1, slot: 1, startMs: 2000 },
      ],
      [1, 2],
    );
    expect(lanesOf(plan).map(({ builder, slot, tasks }) => [builder, slot, [...tasks]])).toEqual([
      [0, 0, [1]],
      [1, 0, []],
      [1, 1, [0, 2]],
    ]);
  });

  it('draws every visible build once, in no more rectangles than there are pixels, none over another', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(2000),
        fc.integer({ min: 1, max: 8000 }),
        fc.integer({ min: 1, max: 300 }),
        (row, fromMs, span, width) => {
          const { tasks } = smallPlan(row);
          const lane = at(lanesOf(smallPlan(row)), 0);
          const view = { fromMs, toMs: fromMs + span };
          const bars = barsOf(lane, tasks, view, width, new Uint8Array(tasks.count).fill(1));
          const visible = [...lane.tasks].filter(
            (task) => endMs(tasks, task) > view.fromMs && at(tasks.startMs, task) < view.toMs,
          );
          expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(visible.length);
          expect(bars.length).toBeLessThanOrEqual(2 * width + 2);
          bars.slice(1).forEach(({ x }, index) => {
            expect(x).toBeGreaterThan(at(bars, index).x);
          });
        },
      ),
      { seed: 1 },
    );
  });

  it('lets a lit build stand for those that it is drawn with, however short it is', () => {
    const row = [1, 2, 3].map((durationMs, index) => ({ source: 's', startMs: index * 4, durationMs }));
    const { tasks } = smallPlan(row);
    const lane = at(lanesOf(smallPlan(row)), 0);
    const far = { fromMs: 0, toMs: 100_000 };
    expect(barsOf(lane, tasks, far, 100, Uint8Array.of(1, 1, 1))).toEqual([
      { x: 0, width: 1, task: 2, count: 3 },
    ]);
    expect(barsOf(lane, tasks, far, 100, Uint8Array.of(1, 0, 0))).toMatchObject([{ task: 0, count: 3 }]);
  });

  it('finds what runs at a moment as looking at every build does', () => {
    fc.assert(
      fc.property(rows, fc.nat(8000), (row, ms) => {
        const { tasks } = smallPlan(row);
        const lane = at(lanesOf(smallPlan(row)), 0);
        const slow = [...lane.tasks].find((task) => at(tasks.startMs, task) <= ms && endMs(tasks, task) > ms);
        expect(taskAt(lane, tasks, ms, 0)).toBe(slow);
      }),
      { seed: 2 },
    );
  });

  it('finds a build beside the pointer, the nearer one of two', () => {
    const row = [
      { source: 'a', startMs: 0, durationMs: 10 },
      { source: 'b', startMs: 20, durationMs: 10 },
    ];
    const { tasks } = smallPlan(row);
    const lane = at(lanesOf(smallPlan(row)), 0);
    expect(taskAt(lane, tasks, 13, 8)).toBe(0);
    expect(taskAt(lane, tasks, 18, 8)).toBe(1);
    expect(taskAt(lane, tasks, 13, 2)).toBeUndefined();
  });

  it('finds the build whose middle is nearest', () => {
    fc.assert(
      fc.property(rows, fc.nat(8000), (row, ms) => {
        const { tasks } = smallPlan(row);
        const lane = at(lanesOf(smallPlan(row)), 0);
        const off = (task: number): number =>
          Math.abs((at(tasks.startMs, task) + endMs(tasks, task)) / 2 - ms);
        const found = nearestIn(lane, tasks, ms);
        if (found === undefined) expect(lane.tasks).toHaveLength(0);
        // a neighbour is enough: the one that runs or those beside the gap
        else expect(off(found)).toBeLessThanOrEqual(Math.min(...[...lane.tasks].map(off)) + 200);
      }),
      { seed: 3 },
    );
  });
});
