import { at } from '../../../base/column.ts';
import { endMs, nearestIn, taskAt, type Lane } from '../lanes.ts';
import { msAt } from '../time-scale.ts';
import { rowAt } from './gantt-rows.ts';
import { AXIS_HEIGHT, laneOf, type Scene, type TaskRef } from './gantt-scene.ts';

/** How far beside a bar one still hits it, in pixels. */
const SLACK = 3;

/** The build under a point. @param x, y from the canvas's upper left corner */
export function hitTask(scene: Scene, x: number, y: number): TaskRef | undefined {
  if (y < AXIS_HEIGHT || x < scene.gutter) return undefined;
  const row = rowAt(scene.rows, y - AXIS_HEIGHT + scene.scrollTop);
  if (row?.kind !== 'lane') return undefined;
  const perPixel = (scene.view.toMs - scene.view.fromMs) / scene.plotWidth;
  const ms = msAt(scene.view, scene.plotWidth, x - scene.gutter);
  const task = taskAt(laneOf(scene, row), at(scene.views, row.plan).plan.tasks, ms, SLACK * perPixel);
  return task === undefined ? undefined : { plan: row.plan, task };
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The build that an arrow key leads to; the same one at the end of the way. */
export function stepFrom(scene: Scene, from: TaskRef, direction: Direction): TaskRef {
  const lanes = scene.rows
    .filter(({ kind }) => kind === 'lane')
    .map((row) => ({ plan: row.plan, lane: laneOf(scene, row) }));
  const { tasks } = at(scene.views, from.plan).plan;
  const place = lanes.findIndex(
    ({ plan, lane }) =>
      plan === from.plan &&
      lane.builder === at(tasks.builderOf, from.task) &&
      lane.slot === at(tasks.slot, from.task),
  );
  const own = lanes[place]?.lane;
  if (own === undefined) return from;
  if (direction === 'up' || direction === 'down') {
    const middleMs = (at(tasks.startMs, from.task) + endMs(tasks, from.task)) / 2;
    const order = direction === 'up' ? lanes.slice(0, place).reverse() : lanes.slice(place + 1);
    for (const { plan, lane } of order) {
      const task = nearestIn(lane, at(scene.views, plan).plan.tasks, middleMs);
      if (task !== undefined) return { plan, task };
    }
    return from;
  }
  return { plan: from.plan, task: alongLane(own, from.task, direction) };
}

function alongLane(lane: Lane, task: number, direction: 'left' | 'right' | 'first' | 'last'): number {
  const last = lane.tasks.length - 1;
  const place = lane.tasks.indexOf(task);
  const next = { left: place - 1, right: place + 1, first: 0, last }[direction];
  return at(lane.tasks, Math.min(Math.max(next, 0), last));
}
