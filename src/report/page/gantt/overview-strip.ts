import { at } from '../../../base/column.ts';
import { makeElement } from '../make-element.ts';
import type { PageStore } from '../page-state.ts';
import type { PlanView } from '../plan-view.ts';
import { clampView, msAt, wholePlan, xOf, type Viewport } from '../time-scale.ts';
import { peakPerPixel } from '../usage-steps.ts';
import type { Ink } from './canvas-ink.ts';
import { fitCanvas } from './fit-canvas.ts';

const HEIGHT = 40;

/** How near to an edge of the window one takes hold of it. In pixels. */
const GRIP = 7;

/** The strip that shows all of the time: how many slots are busy, and the window that the Gantt shows. */
export interface OverviewStrip {
  readonly element: HTMLElement;
  readonly draw: (
    ink: Ink,
    views: readonly PlanView[],
    view: Viewport,
    longestMs: number,
    gutter: number,
  ) => void;
}

export function makeOverviewStrip(store: PageStore): OverviewStrip {
  const canvas = makeElement('canvas', { 'aria-hidden': 'true' });
  const element = makeElement('div', { class: 'gantt-overview', id: 'gantt-overview' }, canvas);
  let busy: Float64Array = new Float64Array();
  let busyKey = '';
  let drawn = { view: { fromMs: 0, toMs: 1 }, longestMs: 1, gutter: 0, width: 1 };
  const moment = (x: number): number => msAt(wholePlan(drawn.longestMs), drawn.width, x - drawn.gutter);
  listenToWindow(
    canvas,
    () => drawn,
    moment,
    (view) => {
      store.update({ view: clampView(view, drawn.longestMs) });
    },
  );
  return {
    element,
    draw: (ink, views, view, longestMs, gutter) => {
      const width = Math.max(element.clientWidth - gutter, 1);
      drawn = { view, longestMs, gutter, width };
      const context = fitCanvas(canvas, element.clientWidth, HEIGHT);
      if (context === null) return;
      context.clearRect(0, 0, element.clientWidth, HEIGHT);
      context.translate(gutter, 0);
      const key = `${String(width)} ${String(longestMs)} ${views.map(({ plan }) => plan.label).join(' ')}`;
      if (key !== busyKey) busy = busyPerPixel(views, longestMs, width);
      busyKey = key;
      drawBusy(context, ink, busy);
      drawWindow(context, ink, view, longestMs, width);
    },
  };
}

/** The share of all slots that are busy; one cell a pixel. */
function busyPerPixel(views: readonly PlanView[], longestMs: number, width: number): Float64Array {
  const builders = views.flatMap(({ plan }) => plan.builders);
  const slots = builders.reduce((sum, builder) => sum + builder.slots, 0);
  const busy = new Float64Array(Math.ceil(width));
  for (const { usage } of builders) {
    const own = peakPerPixel(usage.atMs, usage.busySlots, wholePlan(longestMs), busy.length);
    own.forEach((peak, pixel) => (busy[pixel] = at(busy, pixel) + peak / Math.max(slots, 1)));
  }
  return busy;
}

function drawBusy(context: CanvasRenderingContext2D, ink: Ink, busy: Float64Array): void {
  context.fillStyle = ink.slots;
  context.globalAlpha = 0.45;
  busy.forEach((share, pixel) => {
    const height = share * (HEIGHT - 6);
    context.fillRect(pixel, HEIGHT - height, 1, height);
  });
  context.globalAlpha = 1;
}

function drawWindow(
  context: CanvasRenderingContext2D,
  ink: Ink,
  view: Viewport,
  longestMs: number,
  width: number,
): void {
  const whole = wholePlan(longestMs);
  const from = xOf(whole, width, view.fromMs);
  const to = xOf(whole, width, view.toMs);
  context.fillStyle = ink.surface;
  context.globalAlpha = 0.65;
  context.fillRect(0, 0, from, HEIGHT);
  context.fillRect(to, 0, width - to, HEIGHT);
  context.globalAlpha = 1;
  context.strokeStyle = ink.accent;
  context.lineWidth = 1.5;
  context.strokeRect(from + 0.75, 0.75, to - from - 1.5, HEIGHT - 1.5);
  context.fillStyle = ink.accent;
  for (const x of [from, to - 4]) context.fillRect(x, HEIGHT / 2 - 8, 4, 16);
}

/** Drags of the window, of its edges, and of a new window outside it. */
function listenToWindow(
  canvas: HTMLCanvasElement,
  drawn: () => {
    readonly view: Viewport;
    readonly longestMs: number;
    readonly gutter: number;
    readonly width: number;
  },
  moment: (x: number) => number,
  show: (view: Viewport) => void,
): void {
  let drag: ((ms: number) => Viewport) | undefined;
  canvas.addEventListener('pointerdown', (event) => {
    const { view, longestMs, gutter, width } = drawn();
    const x = event.offsetX - gutter;
    const whole = wholePlan(longestMs);
    const ms = moment(event.offsetX);
    const isNear = (edge: number): boolean => Math.abs(xOf(whole, width, edge) - x) <= GRIP;
    const isWhole = view.toMs - view.fromMs >= whole.toMs * 0.999;
    if (isNear(view.fromMs)) drag = (now) => ordered(now, view.toMs);
    else if (isNear(view.toMs)) drag = (now) => ordered(view.fromMs, now);
    else if (ms > view.fromMs && ms < view.toMs && !isWhole)
      drag = (now) => ({ fromMs: view.fromMs + now - ms, toMs: view.toMs + now - ms });
    else drag = (now) => ordered(ms, now);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drag !== undefined) show(drag(moment(event.offsetX)));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, () => {
      drag = undefined;
    });
  }
}

function ordered(one: number, other: number): Viewport {
  return { fromMs: Math.min(one, other), toMs: Math.max(one, other) };
}
