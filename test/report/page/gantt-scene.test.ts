import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { buildScene, samePlans } from '../../../src/report/page/gantt/build-scene.ts';
import { hitTask, stepFrom } from '../../../src/report/page/gantt/gantt-hit.ts';
import { ganttRows, heightOf, rowAt } from '../../../src/report/page/gantt/gantt-rows.ts';
import { AXIS_HEIGHT, rowOf, zoomCentre } from '../../../src/report/page/gantt/gantt-scene.ts';
import { FIRST_STATE } from '../../../src/report/page/page-state.ts';
import { viewPlan } from '../../../src/report/page/plan-view.ts';
import { xOf } from '../../../src/report/page/time-scale.ts';
import { smallPlan } from './small-report.ts';

const PLACE = { width: 1064, mostHeight: 2000, scrollTop: 0 };
const ONE = smallPlan(
  [
    { source: 'a', durationMs: 4000 },
    { source: 'b', slot: 1, durationMs: 1000 },
    { source: 'c', slot: 1, startMs: 4000, durationMs: 4000, needs: [0] },
    { source: 'd', builder: 1, startMs: 8000, durationMs: 2000, needs: [2] },
  ],
  [2, 1],
);
const OTHER = smallPlan([
  { source: 'c', version: '2' },
  { source: 'd', arch: 'arm64', startMs: 1000 },
]);
const VIEWS = [viewPlan(ONE), viewPlan(OTHER)];

describe('the rows of the Gantt', () => {
  it('stand below each other: builders, their slots, RAM disk and busy slots', () => {
    const rows = ganttRows([ONE], [0]);
    expect(rows.map(({ kind, builder, lane }) => [kind, builder, lane])).toEqual([
      ['builder', 0, -1],
      ['lane', 0, 0],
      ['lane', 0, 1],
      ['ram-disk', 0, -1],
      ['slots', 0, -1],
      ['builder', 1, -1],
      ['lane', 1, 2],
      ['ram-disk', 1, -1],
      ['slots', 1, -1],
    ]);
    rows.slice(1).forEach(({ y }, index) => {
      const above = at(rows, index);
      expect(y).toBeGreaterThanOrEqual(above.y + above.height);
    });
    expect(heightOf(rows)).toBeGreaterThan(at(rows, 8).y);
    expect(rows.map((row) => rowAt(rows, row.y + 1))).toEqual(rows);
    expect(rowAt(rows, -1)).toBeUndefined();
  });

  it('have titles of plans only where several are drawn, and no strip for a RAM disk that is none', () => {
    const bare = { ...OTHER, builders: OTHER.builders.map((builder) => ({ ...builder, ramDiskBytes: 0 })) };
    const kinds = ganttRows([ONE, bare], [1]).map(({ kind }) => kind);
    expect(kinds).toEqual(['builder', 'lane', 'lane', 'slots']);
    expect(ganttRows([ONE, bare], [0, 1]).filter(({ kind }) => kind === 'plan')).toHaveLength(2);
  });
});

describe('the scene', () => {
  const scene = buildScene(VIEWS, FIRST_STATE, PLACE);
  const pointOf = (plan: number, task: number): readonly [number, number] => {
    const row = rowOf(scene, { plan, task });
    const { tasks } = at(VIEWS, plan).plan;
    const middle = at(tasks.startMs, task) + at(tasks.durationMs, task) / 2;
    return [scene.gutter + xOf(scene.view, scene.plotWidth, middle), AXIS_HEIGHT + (row?.y ?? NaN) + 5];
  };

  it('finds every build where it is drawn, and nothing beside the plot', () => {
    VIEWS.forEach(({ plan: { tasks } }, plan) => {
      for (let task = 0; task < tasks.count; task++) {
        expect(hitTask(scene, ...pointOf(plan, task))).toEqual({ plan, task });
      }
    });
    expect(hitTask(scene, 5, 60)).toBeUndefined();
    expect(hitTask(scene, 500, 5)).toBeUndefined();
  });

  it('is zoomed around what is seen of a build, and around its middle where none is in view', () => {
    const partly = { ...scene, view: { fromMs: 5000, toMs: 9000 } };
    expect(zoomCentre(partly, { plan: 0, task: 2 })).toBe(6500);
    expect(zoomCentre(partly, { plan: 0, task: 3 })).toBe(8500);
    expect(zoomCentre(partly, { plan: 0, task: 0 })).toBe(7000);
    expect(zoomCentre(partly, undefined)).toBe(7000);
  });

  it('finds builds below what is scrolled away', () => {
    const [x, y] = pointOf(0, 3);
    const scrolled = buildScene(VIEWS, FIRST_STATE, { ...PLACE, scrollTop: 40 });
    expect(hitTask(scrolled, x, y - 40)).toEqual({ plan: 0, task: 3 });
  });

  it('lights a selected build, what it needs and what waits for it, and the same unit in other plans', () => {
    const selected = buildScene(VIEWS, { ...FIRST_STATE, selected: 'c_1/amd64' }, PLACE);
    expect(selected.looks.map(({ isLit }) => [...isLit])).toEqual([
      [1, 0, 1, 1],
      [1, 0],
    ]);
    expect(selected.selected).toEqual({ plan: 0, task: 2 });
    expect(selected.counterparts).toEqual([{ plan: 1, task: 0 }]);
  });

  it('takes no unit of another architecture for the same', () => {
    expect([...samePlans(VIEWS, { plan: 0, task: 3 })]).toEqual([[0, 3]]);
  });

  it('draws one plan alone when asked, as long as that one is', () => {
    const alone = buildScene(VIEWS, { ...FIRST_STATE, plan: 1, isStacked: false }, PLACE);
    expect(new Set(alone.rows.map(({ plan }) => plan))).toEqual(new Set([1]));
    expect(alone.view.toMs).toBeLessThan(scene.view.toMs);
  });
});

describe('arrow keys', () => {
  const scene = buildScene(VIEWS, FIRST_STATE, PLACE);
  const from = { plan: 0, task: 1 };

  it('go along a slot and stop at its ends', () => {
    expect(stepFrom(scene, from, 'right')).toEqual({ plan: 0, task: 2 });
    expect(stepFrom(scene, { plan: 0, task: 2 }, 'right')).toEqual({ plan: 0, task: 2 });
    expect(stepFrom(scene, { plan: 0, task: 2 }, 'first')).toEqual(from);
    expect(stepFrom(scene, from, 'last')).toEqual({ plan: 0, task: 2 });
  });

  it('go to the build that is nearest in the next slot, over builders and plans', () => {
    expect(stepFrom(scene, from, 'up')).toEqual({ plan: 0, task: 0 });
    expect(stepFrom(scene, { plan: 0, task: 2 }, 'down')).toEqual({ plan: 0, task: 3 });
    expect(stepFrom(scene, { plan: 0, task: 3 }, 'down')).toEqual({ plan: 1, task: 1 });
    expect(stepFrom(scene, { plan: 0, task: 0 }, 'up')).toEqual({ plan: 0, task: 0 });
  });
});
