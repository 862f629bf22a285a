import { at } from '../../../base/column.ts';
import { ticksOf, xOf } from '../time-scale.ts';
import { formatOf, formatShare } from '../words.ts';
import { CANVAS_FONT, fitText, hatchOf, type Ink } from './canvas-ink.ts';
import { drawChain } from './draw-chain.ts';
import { drawLane, drawNames } from './draw-lanes.ts';
import { drawUsage, limitLabel } from './draw-usage.ts';
import type { GanttRow } from './gantt-rows.ts';
import { AXIS_HEIGHT, laneOf, type Scene } from './gantt-scene.ts';

/** Between labels of the time axis. */
const LABEL_GAP = 76;

/** Draws everything that doesn't follow the pointer. Rows out of sight are left out. */
export function drawScene(context: CanvasRenderingContext2D, ink: Ink, scene: Scene): void {
  const width = scene.gutter + scene.plotWidth;
  context.font = CANVAS_FONT;
  context.fillStyle = ink.surface;
  context.fillRect(0, 0, width, scene.height);
  const seen = scene.rows.filter(
    ({ y, height }) => y + height > scene.scrollTop && y < scene.scrollTop + scene.height,
  );
  context.save();
  context.translate(0, AXIS_HEIGHT - scene.scrollTop);
  drawTitles(context, ink, scene, seen);
  context.restore();
  context.save();
  context.beginPath();
  context.rect(scene.gutter, AXIS_HEIGHT, scene.plotWidth, scene.height);
  context.clip();
  context.translate(scene.gutter, AXIS_HEIGHT - scene.scrollTop);
  drawGrid(context, ink, scene, seen);
  const pens = { context, ink, hatch: hatchOf(context, ink.hatch) };
  const named: (() => void)[] = [];
  for (const row of seen) {
    if (row.kind === 'lane') {
      const bars = drawLane(pens, scene, row);
      named.push(() => {
        drawNames(context, scene, row, bars);
      });
    } else if (row.kind === 'ram-disk' || row.kind === 'slots') drawUsage(context, ink, scene, row);
  }
  for (const plan of new Set(scene.rows.map((row) => row.plan))) drawChain(context, ink, scene, plan);
  for (const drawNamed of named) drawNamed();
  context.restore();
  drawAxis(context, ink, scene);
}

function drawAxis(context: CanvasRenderingContext2D, ink: Ink, scene: Scene): void {
  context.fillStyle = ink.surface;
  context.fillRect(0, 0, scene.gutter + scene.plotWidth, AXIS_HEIGHT);
  context.fillStyle = ink.line;
  context.fillRect(0, AXIS_HEIGHT - 1, scene.gutter + scene.plotWidth, 1);
  context.textBaseline = 'middle';
  for (const { ms, label } of ticksOf(scene.view, scene.plotWidth, LABEL_GAP)) {
    const x = Math.round(scene.gutter + xOf(scene.view, scene.plotWidth, ms));
    context.fillStyle = ink.line;
    context.fillRect(x, AXIS_HEIGHT - (label === '' ? 4 : 8), 1, label === '' ? 4 : 8);
    const end = x + 4 + context.measureText(label).width;
    if (label === '' || end > scene.gutter + scene.plotWidth) continue;
    context.fillStyle = ink.muted;
    context.fillText(label, x + 4, AXIS_HEIGHT / 2 - 1);
  }
}

/** Lines down from the labels of the time axis, through lanes and strips. */
function drawGrid(
  context: CanvasRenderingContext2D,
  ink: Ink,
  scene: Scene,
  rows: readonly GanttRow[],
): void {
  context.fillStyle = ink.grid;
  const lines = ticksOf(scene.view, scene.plotWidth, LABEL_GAP).filter(({ label }) => label !== '');
  for (const row of rows) {
    if (row.kind === 'plan' || row.kind === 'builder') continue;
    for (const { ms } of lines) {
      context.fillRect(Math.round(xOf(scene.view, scene.plotWidth, ms)), row.y, 1, row.height);
    }
  }
}

/** Titles of plans and builders across the whole width, and what stands left of the plot. */
function drawTitles(
  context: CanvasRenderingContext2D,
  ink: Ink,
  scene: Scene,
  rows: readonly GanttRow[],
): void {
  context.textBaseline = 'middle';
  for (const row of rows) {
    const middle = row.y + row.height / 2;
    if (row.kind === 'plan') drawTitle(context, ink, scene, row, at(scene.views, row.plan).plan.label, '');
    else if (row.kind === 'builder') drawBuilder(context, ink, scene, row);
    else {
      context.textAlign = 'right';
      context.fillStyle = ink.muted;
      if (row.kind === 'lane') {
        if (row.height >= 14) context.fillText(String(laneOf(scene, row).slot + 1), scene.gutter - 6, middle);
      } else {
        if (row.kind === 'slots')
          context.fillText(`busy of ${limitLabel(scene, row)}`, scene.gutter - 6, middle + 3);
        else {
          context.fillText(limitLabel(scene, row), scene.gutter - 6, row.y + 8);
          context.fillText('RAM disk', scene.gutter - 6, row.y + row.height - 8);
        }
      }
      context.textAlign = 'left';
    }
  }
}

function drawBuilder(context: CanvasRenderingContext2D, ink: Ink, scene: Scene, row: GanttRow): void {
  const { plan } = at(scene.views, row.plan);
  const builder = at(plan.builders, row.builder);
  const busy = builder.busyMs / Math.max(builder.slots * plan.makespanMs, 1);
  const ram =
    builder.ramDiskBytes === 0
      ? ''
      : ` · RAM disk ${formatOf(builder.ramDiskPeakBytes, builder.ramDiskBytes)} at peak`;
  drawTitle(
    context,
    ink,
    scene,
    row,
    builder.name,
    `${builder.arch} · ${String(builder.slots)} slots, ${formatShare(busy)} busy${ram}`,
  );
}

function drawTitle(
  context: CanvasRenderingContext2D,
  ink: Ink,
  scene: Scene,
  row: GanttRow,
  title: string,
  rest: string,
): void {
  const middle = row.y + row.height / 2 + 2;
  const room = scene.gutter + scene.plotWidth - 16;
  context.font = `600 ${row.kind === 'plan' ? CANVAS_FONT.replace('11px', '14px') : CANVAS_FONT.replace('11px', '12px')}`;
  context.fillStyle = ink.text;
  const shown = fitText(context, title, room);
  context.fillText(shown, 8, middle);
  const after = 8 + context.measureText(shown).width + 8;
  context.font = CANVAS_FONT;
  context.fillStyle = ink.muted;
  context.fillText(fitText(context, rest, room - after), after, middle);
}
