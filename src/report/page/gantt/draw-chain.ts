import { at } from '../../../base/column.ts';
import { endMs } from '../lanes.ts';
import { xOf } from '../time-scale.ts';
import type { Ink } from './canvas-ink.ts';
import { rowOf, type Scene } from './gantt-scene.ts';

/**
 * The critical chain as one line: along the foot of each of its builds, and from the end of one to the start of the next, over
 * a halo that keeps it apart from the bars.
 */
export function drawChain(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, plan: number): void {
  const { tasks, criticalChain } = at(scene.views, plan).plan;
  const path = new Path2D();
  let isFirst = true;
  // thin lanes get a thin line, so that names stay readable above it
  const width = scene.rows.some(({ kind, height }) => kind === 'lane' && height < 20) ? 1.6 : 2.5;
  for (const task of criticalChain) {
    const row = rowOf(scene, { plan, task });
    if (row === undefined) continue;
    const y = row.y + row.height - 2 - width / 2;
    const from = xOf(scene.view, scene.plotWidth, at(tasks.startMs, task));
    const to = xOf(scene.view, scene.plotWidth, endMs(tasks, task));
    if (isFirst) path.moveTo(from, y);
    else path.lineTo(from, y);
    path.lineTo(to, y);
    isFirst = false;
  }
  context.lineJoin = 'round';
  for (const [colour, thickness] of [
    [ink.surface, width * 2],
    [ink.critical, width],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.stroke(path);
  }
}
