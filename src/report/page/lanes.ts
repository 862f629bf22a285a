import { at } from '../../base/column.ts';
import type { ReportPlan, ReportTasks } from '../report-data.ts';
import { xOf, type Viewport } from './time-scale.ts';

/** What one slot of a builder builds, one after another. */
export interface Lane {
  readonly builder: number;
  readonly slot: number;
  /** Task numbers, ascending by start; no two overlap. */
  readonly tasks: Uint32Array;
}

/** Bars narrower than this are drawn together. In pixels. */
const NARROWEST = 1;

/** The lanes of a plan: builders in their order, then slots; a slot that builds nothing has one too. O(tasks) */
export function lanesOf(plan: Pick<ReportPlan, 'builders' | 'tasks'>): readonly Lane[] {
  const rows = plan.builders.map(({ slots }) => Array.from({ length: slots }, (): number[] => []));
  for (let task = 0; task < plan.tasks.count; task++) {
    // tasks are ordered by start already
    at(at(rows, at(plan.tasks.builderOf, task)), at(plan.tasks.slot, task)).push(task);
  }
  return rows.flatMap((slots, builder) =>
    slots.map((tasks, slot) => ({ builder, slot, tasks: Uint32Array.from(tasks) })),
  );
}

/** The place in the lane of the first build that ends after a moment; the lane's length where none does. O(log tasks) */
export function firstEndingAfter(lane: Lane, tasks: ReportTasks, ms: number): number {
  let low = 0;
  let high = lane.tasks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endMs(tasks, at(lane.tasks, middle)) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** When a task ends. */
export function endMs(tasks: ReportTasks, task: number): number {
  return at(tasks.startMs, task) + at(tasks.durationMs, task);
}

/**
 * What runs in a lane at a moment.
 * @param slackMs how far beside a bar still counts as on it, so that narrow ones can be hit
 * @returns a task number, or undefined
 */
export function taskAt(lane: Lane, tasks: ReportTasks, ms: number, slackMs: number): number | undefined {
  const place = firstEndingAfter(lane, tasks, ms - slackMs);
  let found: number | undefined;
  let distance = Infinity;
  for (let index = place; index < lane.tasks.length; index++) {
    const task = at(lane.tasks, index);
    const start = at(tasks.startMs, task);
    if (start > ms + slackMs) break;
    const off = Math.max(start - ms, ms - endMs(tasks, task), 0);
    if (off < distance) {
      found = task;
      distance = off;
    }
  }
  return found;
}

/** The build of a lane whose middle is nearest to a moment; undefined where the lane builds nothing. */
export function nearestIn(lane: Lane, tasks: ReportTasks, ms: number): number | undefined {
  const place = firstEndingAfter(lane, tasks, ms);
  const near = [place - 1, place, place + 1].filter((index) => index >= 0 && index < lane.tasks.length);
  const middles = near.map((index) => {
    const task = at(lane.tasks, index);
    return { task, off: Math.abs((at(tasks.startMs, task) + endMs(tasks, task)) / 2 - ms) };
  });
  middles.sort((a, b) => a.off - b.off || a.task - b.task);
  return middles[0]?.task;
}

/** One rectangle of a lane: a build, or several too narrow to be told apart. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  /** The build, or of several the one that `isLit`, then the longest. */
  readonly task: number;
  /** How many builds it stands for. */
  readonly count: number;
}

/**
 * The visible rectangles of a lane, left to right: never more than pixels. O(visible tasks)
 * @param isLit one cell a task; what isn't fades, and fades in a merged bar only where nothing lit is in it
 */
export function barsOf(
  lane: Lane,
  tasks: ReportTasks,
  view: Viewport,
  width: number,
  isLit: Uint8Array,
): readonly Bar[] {
  const bars: Bar[] = [];
  let open: { x: number; end: number; task: number; count: number } | undefined;
  for (let index = firstEndingAfter(lane, tasks, view.fromMs); index < lane.tasks.length; index++) {
    const task = at(lane.tasks, index);
    const startMs = at(tasks.startMs, task);
    if (startMs >= view.toMs) break;
    const x = xOf(view, width, startMs);
    const end = xOf(view, width, startMs + at(tasks.durationMs, task));
    if (end - x >= NARROWEST) {
      if (open !== undefined) bars.push(close(open));
      open = undefined;
      bars.push({ x, width: end - x, task, count: 1 });
    } else if (open !== undefined && x - open.x < NARROWEST) {
      open.end = Math.max(open.end, end);
      open.count++;
      if (outranks(task, open.task, tasks, isLit)) open.task = task;
    } else {
      if (open !== undefined) bars.push(close(open));
      open = { x, end, task, count: 1 };
    }
  }
  if (open !== undefined) bars.push(close(open));
  return bars;
}

function outranks(task: number, other: number, tasks: ReportTasks, isLit: Uint8Array): boolean {
  const lit = at(isLit, task) - at(isLit, other);
  return lit === 0 ? at(tasks.durationMs, task) > at(tasks.durationMs, other) : lit > 0;
}

function close(open: {
  readonly x: number;
  readonly end: number;
  readonly task: number;
  readonly count: number;
}): Bar {
  return { x: open.x, width: Math.max(open.end - open.x, NARROWEST), task: open.task, count: open.count };
}
