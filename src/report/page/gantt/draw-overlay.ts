import { at } from '../../../base/column.ts';
import { formatDuration } from '../../../base/quantity.ts';
import { dependentsOf, needsOf, waitingFor } from '../dependents.ts';
import { endMs } from '../lanes.ts';
import { msAt, xOf } from '../time-scale.ts';
import { valueAt } from '../usage-steps.ts';
import { formatOf } from '../words.ts';
import { CANVAS_FONT, type Ink } from './canvas-ink.ts';
import { AXIS_HEIGHT, rowOf, type Scene, type TaskRef } from './gantt-scene.ts';

/** Lines to the first of a kind; more would hide the names, and bars that are lit say the rest. */
const MOST_LINES = 60;

/** What follows pointer and keyboard. */
export interface Pointing {
  /** Where the pointer is across the plot, in pixels; undefined: elsewhere. */
  readonly x: number | undefined;
  readonly hovered: TaskRef | undefined;
  /** Where the keyboard is. */
  readonly cursor: TaskRef | undefined;
}

/** Draws what is selected, with lines to its needs and dependents, what is pointed at, and the crosshair. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  ink: Ink,
  scene: Scene,
  pointing: Pointing,
): void {
  context.clearRect(0, 0, scene.gutter + scene.plotWidth, scene.height);
  context.font = CANVAS_FONT;
  context.save();
  context.beginPath();
  context.rect(scene.gutter, AXIS_HEIGHT, scene.plotWidth, scene.height);
  context.clip();
  context.translate(scene.gutter, AXIS_HEIGHT - scene.scrollTop);
  if (scene.selected !== undefined) {
    drawLinks(context, ink, scene, scene.selected);
    outline(context, scene, scene.selected, ink.text, 2);
    for (const same of scene.counterparts) outline(context, scene, same, ink.text, 2);
  }
  if (pointing.hovered !== undefined) outline(context, scene, pointing.hovered, ink.text, 1);
  if (pointing.cursor !== undefined) outline(context, scene, pointing.cursor, ink.accent, 3);
  if (pointing.x !== undefined) drawReadings(context, ink, scene, pointing.x);
  context.restore();
  if (pointing.x !== undefined) drawMoment(context, ink, scene, pointing.x);
}

interface Box {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
}

function boxOf(scene: Scene, ref: TaskRef): Box | undefined {
  const row = rowOf(scene, ref);
  if (row === undefined) return undefined;
  const { tasks } = at(scene.views, ref.plan).plan;
  return {
    from: xOf(scene.view, scene.plotWidth, at(tasks.startMs, ref.task)),
    to: xOf(scene.view, scene.plotWidth, endMs(tasks, ref.task)),
    top: row.y + 1,
    height: row.height - 3,
  };
}

function outline(
  context: CanvasRenderingContext2D,
  scene: Scene,
  ref: TaskRef,
  colour: string,
  width: number,
): void {
  const box = boxOf(scene, ref);
  if (box === undefined) return;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(box.from - 0.5, box.top - 0.5, Math.max(box.to - box.from, 2), box.height + 1);
}

/** Needs come from the left in whole lines, what waits leaves to the right in dashed ones. */
function drawLinks(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, selected: TaskRef): void {
  const own = boxOf(scene, selected);
  if (own === undefined) return;
  const view = at(scene.views, selected.plan);
  const boxes = (tasks: Uint32Array): readonly Box[] =>
    [...tasks.subarray(0, MOST_LINES)].flatMap((task) => boxOf(scene, { plan: selected.plan, task }) ?? []);
  const needs = boxes(needsOf(view.plan.tasks, selected.task));
  const waiting = boxes(waitingFor(dependentsOf(view.plan.tasks), selected.task));
  context.lineWidth = 1.5;
  context.strokeStyle = ink.need;
  context.globalAlpha = needs.length > 20 ? 0.5 : 0.9;
  for (const need of needs) link(context, need, own);
  context.strokeStyle = ink.waiting;
  context.globalAlpha = waiting.length > 20 ? 0.5 : 0.9;
  context.setLineDash([5, 3]);
  for (const box of waiting) link(context, own, box);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function link(context: CanvasRenderingContext2D, from: Box, to: Box): void {
  const fromY = from.top + from.height / 2;
  const toY = to.top + to.height / 2;
  const bend = Math.max(Math.min((to.from - from.to) / 2, 80), 18);
  context.beginPath();
  context.moveTo(from.to, fromY);
  context.bezierCurveTo(from.to + bend, fromY, to.from - bend, toY, to.from, toY);
  context.stroke();
}

/** What the strips show at the pointer's moment. */
function drawReadings(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, x: number): void {
  const ms = msAt(scene.view, scene.plotWidth, x);
  for (const row of scene.rows) {
    if (row.kind !== 'ram-disk' && row.kind !== 'slots') continue;
    const builder = at(at(scene.views, row.plan).plan.builders, row.builder);
    const { atMs, ramDiskBytes, busySlots } = builder.usage;
    const text =
      row.kind === 'ram-disk'
        ? formatOf(valueAt(atMs, ramDiskBytes, ms), builder.ramDiskBytes)
        : `${String(valueAt(atMs, busySlots, ms))} of ${String(builder.slots)} slots`;
    drawTag(context, ink, x, row.y + row.height / 2 + 2, text);
  }
}

function drawMoment(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, x: number): void {
  const left = Math.round(scene.gutter + x);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.7;
  context.fillRect(left, AXIS_HEIGHT - 6, 1, scene.height);
  context.globalAlpha = 1;
  const text = formatDuration(Math.round(msAt(scene.view, scene.plotWidth, x) / 1000) * 1000);
  context.save();
  context.translate(scene.gutter, 0);
  drawTag(context, ink, x, AXIS_HEIGHT / 2 - 1, text);
  context.restore();
}

/** A small label left of a place, where the tooltip isn't; turned to the right near the edge. */
function drawTag(context: CanvasRenderingContext2D, ink: Ink, x: number, y: number, text: string): void {
  const width = context.measureText(text).width + 10;
  const from = x - 8 - width < 0 ? x + 8 : x - 8 - width;
  context.fillStyle = ink.text;
  context.fillRect(from, y - 8, width, 16);
  context.fillStyle = ink.surface;
  context.textBaseline = 'middle';
  context.fillText(text, from + 5, y + 0.5);
}
