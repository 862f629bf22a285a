import { at } from '../../../base/column.ts';
import { endMs, type Lane } from '../lanes.ts';
import type { Paint } from '../palette.ts';
import type { PlanView } from '../plan-view.ts';
import type { Viewport } from '../time-scale.ts';
import { heightOf, type GanttRow } from './gantt-rows.ts';

/** A build of one of the plans. */
export interface TaskRef {
  readonly plan: number;
  readonly task: number;
}

/** All that the drawing functions know. Lengths in CSS pixels. */
export interface Scene {
  readonly views: readonly PlanView[];
  readonly rows: readonly GanttRow[];
  /** What is seen of the time axis, across `plotWidth`. */
  readonly view: Viewport;
  /** From the left edge to the plot: slot numbers and scales. */
  readonly gutter: number;
  readonly plotWidth: number;
  readonly height: number;
  /** How far the rows are scrolled up under the time axis. */
  readonly scrollTop: number;
  /** One a plan. */
  readonly looks: readonly PlanLook[];
  readonly selected: TaskRef | undefined;
  /** The same unit in the other plans. */
  readonly counterparts: readonly TaskRef[];
}

/** How the builds of one plan are drawn. */
export interface PlanLook {
  readonly paints: readonly Paint[];
  /** One cell a task: an index of `paints`. */
  readonly paintOf: ArrayLike<number>;
  /** One cell a task: 0 where it fades. */
  readonly isLit: Uint8Array;
}

/** Of the time axis above the rows. */
export const AXIS_HEIGHT = 24;

/** The lane that a row shows. */
export function laneOf(scene: Scene, row: GanttRow): Lane {
  return at(at(scene.views, row.plan).lanes, row.lane);
}

/** The row in which a build is drawn; undefined where its plan isn't. */
export function rowOf(scene: Scene, { plan, task }: TaskRef): GanttRow | undefined {
  const { tasks } = at(scene.views, plan).plan;
  return scene.rows.find((row) => {
    if (row.kind !== 'lane' || row.plan !== plan || row.builder !== at(tasks.builderOf, task)) return false;
    return laneOf(scene, row).slot === at(tasks.slot, task);
  });
}

/** What stays where it is when nobody points at it: the middle of what is seen of a build, else that of the view. */
export function zoomCentre({ views, view }: Scene, ref: TaskRef | undefined): number {
  if (ref !== undefined) {
    const { tasks } = at(views, ref.plan).plan;
    const fromMs = Math.max(at(tasks.startMs, ref.task), view.fromMs);
    const toMs = Math.min(endMs(tasks, ref.task), view.toMs);
    if (fromMs <= toMs) return (fromMs + toMs) / 2;
  }
  return (view.fromMs + view.toMs) / 2;
}

/** How high everything is, with the time axis. */
export function sceneHeight(rows: readonly GanttRow[]): number {
  return heightOf(rows) + AXIS_HEIGHT;
}
