import { at } from '../../../base/column.ts';
import { barsOf, type Bar } from '../lanes.ts';
import type { PlanView } from '../plan-view.ts';
import { fitText, type Ink } from './canvas-ink.ts';
import type { GanttRow } from './gantt-rows.ts';
import { laneOf, type PlanLook, type Scene } from './gantt-scene.ts';

/** What fades keeps this share of its colour. */
const FADED = 0.2;

/** From here on a bar has room for a name. */
const LEAST_LABEL = 26;

/** Between bars that are wide enough to have edges. */
const SEAM = 3;

interface LanePens {
  readonly context: CanvasRenderingContext2D;
  readonly ink: Ink;
  readonly hatch: CanvasPattern | null;
}

/**
 * The bars of one lane. The context's origin is the plot's left edge and the first row's top.
 * @returns what was drawn, for `drawNames`
 */
export function drawLane(pens: LanePens, scene: Scene, row: GanttRow): readonly Bar[] {
  const { context, ink } = pens;
  const view = at(scene.views, row.plan);
  const look = at(scene.looks, row.plan);
  context.fillStyle = ink.grid;
  context.fillRect(0, row.y + row.height - 1, scene.plotWidth, 1);
  const bars = barsOf(laneOf(scene, row), view.plan.tasks, scene.view, scene.plotWidth, look.isLit);
  for (const bar of bars) drawBar(pens, row, view, look, bar);
  context.globalAlpha = 1;
  return bars;
}

/** The names of the bars that have room for them; above everything else, lines too. */
export function drawNames(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: GanttRow,
  bars: readonly Bar[],
): void {
  if (row.height < 14) return;
  const view = at(scene.views, row.plan);
  const look = at(scene.looks, row.plan);
  context.textBaseline = 'middle';
  for (const bar of bars) {
    if (bar.width >= LEAST_LABEL && at(look.isLit, bar.task) === 1)
      drawName(context, scene, row, view, look, bar);
  }
}

function drawBar(pens: LanePens, row: GanttRow, view: PlanView, look: PlanLook, bar: Bar): void {
  const { context } = pens;
  const width = bar.width > SEAM ? bar.width - 1 : bar.width;
  const top = row.y + 1;
  const height = row.height - 3;
  context.globalAlpha = at(look.isLit, bar.task) === 1 ? 1 : FADED;
  context.fillStyle = at(look.paints, at(look.paintOf, bar.task)).fill;
  context.fillRect(bar.x, top, width, height);
  if (at(view.plan.tasks.isInRam, bar.task) === 1 || bar.count > 1) return;
  context.fillStyle = pens.hatch ?? pens.ink.hatch;
  context.fillRect(bar.x, top, width, height);
}

function drawName(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: GanttRow,
  view: PlanView,
  look: PlanLook,
  bar: Bar,
): void {
  // a bar that begins left of what is seen has its name at the edge
  const from = Math.max(bar.x, 0) + 4;
  const room = Math.min(bar.x + bar.width, scene.plotWidth) - from - 4;
  const text = room < LEAST_LABEL - 8 ? '' : fitText(context, at(view.names, bar.task), room);
  if (text === '') return;
  const paint = at(look.paints, at(look.paintOf, bar.task));
  const middle = row.y + (row.height - (row.height < 20 ? 2 : 1)) / 2;
  if (at(view.plan.tasks.isInRam, bar.task) === 0) {
    context.fillStyle = paint.fill;
    context.fillRect(from - 2, middle - 7, context.measureText(text).width + 4, 14);
  }
  context.fillStyle = paint.text;
  context.fillText(text, from, middle);
}
