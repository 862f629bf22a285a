import type { PageStore } from '../page-state.ts';
import { msAt, panBy, zoomAt, type Viewport } from '../time-scale.ts';
import { hitTask } from './gantt-hit.ts';
import type { Scene, TaskRef } from './gantt-scene.ts';

/** A press that moved less than this is a click. In pixels. */
const CLICK_SLACK = 4;

/** What the pointer needs to know and to say. */
export interface PointerTarget {
  readonly surface: HTMLElement;
  readonly scene: () => Scene;
  readonly longestMs: () => number;
  /** Where the pointer is: pixels across the plot and from the surface's corner; undefined when it left. */
  readonly onPoint: (at: { readonly x: number; readonly y: number } | undefined) => void;
  readonly onPick: (ref: TaskRef | undefined) => void;
}

/**
 * Drag pans, a wheel with Ctrl (which is what a touchpad's pinch sends) zooms around the pointer, a sideways wheel pans, two
 * fingers zoom; a click picks. A plain wheel is left to the page.
 */
export function listenToPointer(target: PointerTarget, store: PageStore): void {
  const pressed = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const show = (view: Viewport): void => {
    store.update({ view });
  };
  const { surface } = target;
  surface.addEventListener(
    'wheel',
    (event) => {
      const scene = target.scene();
      if (event.ctrlKey || event.metaKey || event.altKey) {
        const ms = msAt(scene.view, scene.plotWidth, event.offsetX - scene.gutter);
        show(zoomAt(scene.view, Math.exp(-pixels(event.deltaY, event) / 300), ms, target.longestMs()));
      } else {
        const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
        if (Math.abs(sideways) <= (event.shiftKey ? 0 : Math.abs(event.deltaY))) return;
        show(panBy(scene.view, msPerPixel(scene) * pixels(sideways, event), target.longestMs()));
      }
      event.preventDefault();
    },
    { passive: false },
  );
  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (pressed.size === 0) moved = 0;
    pressed.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
  });
  surface.addEventListener('pointermove', (event) => {
    target.onPoint({ x: event.offsetX, y: event.offsetY });
    const before = pressed.get(event.pointerId);
    if (before === undefined) return;
    const scene = target.scene();
    const here = { x: event.offsetX, y: event.offsetY };
    moved += Math.abs(here.x - before.x) + Math.abs(here.y - before.y);
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    pressed.set(event.pointerId, here);
    if (moved < CLICK_SLACK) return;
    surface.setPointerCapture(event.pointerId);
    surface.classList.add('dragging');
    if (other === undefined) {
      show(panBy(scene.view, msPerPixel(scene) * (before.x - here.x), target.longestMs()));
    } else {
      const factor = Math.max(Math.abs(here.x - other.x), 8) / Math.max(Math.abs(before.x - other.x), 8);
      const middle = msAt(scene.view, scene.plotWidth, (here.x + other.x) / 2 - scene.gutter);
      show(zoomAt(scene.view, factor, middle, target.longestMs()));
    }
  });
  listenToEnds(target, pressed, () => moved);
}

function listenToEnds(
  target: PointerTarget,
  pressed: Map<number, { x: number; y: number }>,
  moved: () => number,
): void {
  const { surface } = target;
  const release = (event: PointerEvent): void => {
    const wasPressed = pressed.delete(event.pointerId);
    surface.classList.remove('dragging');
    if (event.type === 'pointerup' && wasPressed && moved() < CLICK_SLACK) {
      target.onPick(hitTask(target.scene(), event.offsetX, event.offsetY));
    }
  };
  surface.addEventListener('pointerup', release);
  surface.addEventListener('pointercancel', release);
  surface.addEventListener('pointerleave', () => {
    target.onPoint(undefined);
  });
}

function msPerPixel(scene: Scene): number {
  return (scene.view.toMs - scene.view.fromMs) / scene.plotWidth;
}

/** Wheels count in pixels or lines. */
function pixels(delta: number, event: WheelEvent): number {
  return event.deltaMode === WheelEvent.DOM_DELTA_LINE ? delta * 30 : delta;
}
