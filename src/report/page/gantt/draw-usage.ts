import { at } from '../../../base/column.ts';
import { formatBytes } from '../../../base/quantity.ts';
import { peakPerPixel } from '../usage-steps.ts';
import type { Ink } from './canvas-ink.ts';
import type { GanttRow } from './gantt-rows.ts';
import type { Scene } from './gantt-scene.ts';

/** Above the curve, so that what is full to the brim is seen to be. */
const HEADROOM = 8;

/** What a builder's RAM disk holds over time, under a dashed line at its budget; or how many slots are busy, under all. */
export function drawUsage(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, row: GanttRow): void {
  const builder = at(at(scene.views, row.plan).plan.builders, row.builder);
  const isRam = row.kind === 'ram-disk';
  const { usage } = builder;
  const values = isRam ? usage.ramDiskBytes : usage.busySlots;
  const limit = isRam ? builder.ramDiskBytes : builder.slots;
  const peaks = peakPerPixel(usage.atMs, values, scene.view, Math.ceil(scene.plotWidth));
  const foot = row.y + row.height - 1;
  const room = row.height - HEADROOM;
  const area = new Path2D();
  area.moveTo(0, foot);
  peaks.forEach((peak, pixel) => {
    const y = foot - (peak / limit) * room;
    area.lineTo(pixel, y);
    area.lineTo(pixel + 1, y);
  });
  area.lineTo(peaks.length, foot);
  context.fillStyle = isRam ? ink.ram : ink.slots;
  context.globalAlpha = 0.3;
  context.fill(area);
  context.globalAlpha = 1;
  context.strokeStyle = isRam ? ink.ram : ink.slots;
  context.lineWidth = 1;
  context.stroke(area);
  context.strokeStyle = isRam ? ink.text : ink.line;
  context.setLineDash(isRam ? [5, 4] : []);
  context.beginPath();
  context.moveTo(0, foot - room - 0.5);
  context.lineTo(scene.plotWidth, foot - room - 0.5);
  context.stroke();
  context.setLineDash([]);
}

/** What the strip's scale says: its upper end. */
export function limitLabel(scene: Scene, row: GanttRow): string {
  const builder = at(at(scene.views, row.plan).plan.builders, row.builder);
  return row.kind === 'ram-disk' ? formatBytes(builder.ramDiskBytes) : String(builder.slots);
}
