import { at } from '../../../base/column.ts';
import type { ReportTasks } from '../../report-data.ts';
import { dependentsOf, needsOf, waitingFor } from '../dependents.ts';
import { DIMENSIONS, type Dimension, type DimensionName } from '../dimensions.ts';
import { matchesOf, type Filters } from '../filters.ts';
import type { PageState } from '../page-state.ts';
import { paintOf } from '../palette.ts';
import type { PlanView } from '../plan-view.ts';
import { clampView, wholePlan } from '../time-scale.ts';
import { ganttRows } from './gantt-rows.ts';
import { sceneHeight, type PlanLook, type Scene, type TaskRef } from './gantt-scene.ts';

/** Room for slot numbers and scales. In pixels. */
const GUTTER = 64;

/** What the window leaves for the chart. In pixels. */
export interface ScenePlace {
  readonly width: number;
  /** Higher charts scroll. */
  readonly mostHeight: number;
  readonly scrollTop: number;
}

/** The plans that are drawn, by number. */
export function shownPlans(views: readonly PlanView[], { isStacked, plan }: PageState): readonly number[] {
  return isStacked ? views.map((_, index) => index) : [plan];
}

/** All that is drawn, from what the reader asks for. O(tasks) */
export function buildScene(views: readonly PlanView[], state: PageState, place: ScenePlace): Scene {
  const shown = shownPlans(views, state);
  const longestMs = Math.max(...shown.map((plan) => at(views, plan).plan.makespanMs));
  const task = at(views, state.plan).taskById.get(state.selected);
  const selected = task === undefined ? undefined : { plan: state.plan, task };
  const same = selected === undefined ? undefined : samePlans(views, selected);
  const rows = ganttRows(
    views.map(({ plan }) => plan),
    shown,
  );
  return {
    views,
    rows,
    view: state.view === null ? wholePlan(longestMs) : clampView(state.view, longestMs),
    gutter: GUTTER,
    plotWidth: Math.max(place.width - GUTTER, 1),
    height: Math.min(sceneHeight(rows), place.mostHeight),
    scrollTop: place.scrollTop,
    looks: views.map((view, plan) =>
      lookOf(view, state.colourBy, state.filters, same === undefined ? undefined : (same.get(plan) ?? null)),
    ),
    selected,
    counterparts: [...(same ?? [])].flatMap(([plan, other]) =>
      plan === state.plan ? [] : [{ plan, task: other }],
    ),
  };
}

/**
 * The looks of a plan; with a selection all fades that has nothing to do with it.
 * @param selected of this plan; null: of another plan, and this one has no such unit
 */
export function lookOf(
  view: PlanView,
  colourBy: DimensionName,
  filters: Filters,
  selected: number | null | undefined,
): PlanLook {
  const dimension: Dimension = DIMENSIONS[colourBy];
  return {
    paints: dimension.values(view.plan).map((_, index) => paintOf(index)),
    paintOf: dimension.valueOf(view.plan),
    isLit: selected === undefined ? matchesOf(view.plan, filters) : relatedTo(view.plan.tasks, selected),
  };
}

/** A selected build, what it needs and what waits for it are lit even where a filter hides them. */
function relatedTo(tasks: ReportTasks, selected: number | null): Uint8Array {
  const isLit = new Uint8Array(tasks.count);
  if (selected === null) return isLit;
  isLit[selected] = 1;
  for (const need of needsOf(tasks, selected)) isLit[need] = 1;
  for (const waiting of waitingFor(dependentsOf(tasks), selected)) isLit[waiting] = 1;
  return isLit;
}

/**
 * Where a build of one plan is found in all of them: by its id, else by all of it but the version.
 * @returns task by plan; plans without it are missing
 */
export function samePlans(views: readonly PlanView[], { plan, task }: TaskRef): ReadonlyMap<number, number> {
  const own = at(views, plan);
  const id = at(own.plan.tasks.ids, task);
  const found = new Map<number, number>();
  views.forEach((view, index) => {
    const same = view.taskById.get(id) ?? findVersionless(view.plan.tasks, own.plan.tasks, task);
    if (same !== undefined) found.set(index, same);
  });
  return found;
}

function findVersionless(tasks: ReportTasks, from: ReportTasks, task: number): number | undefined {
  const key = versionless(from, task);
  const source = at(from.sources, task);
  for (let other = 0; other < tasks.count; other++) {
    if (at(tasks.sources, other) === source && versionless(tasks, other) === key) return other;
  }
  return undefined;
}

function versionless(tasks: ReportTasks, task: number): string {
  const layer = at(tasks.layers, at(tasks.layerOf, task));
  return `${layer} ${at(tasks.archs, at(tasks.archOf, task))} ${at(tasks.stages, at(tasks.stageOf, task))}`;
}
