import { at } from '../../../base/column.ts';
import { formatDuration } from '../../../base/quantity.ts';
import { sayTask } from '../explain-start.ts';
import { endMs } from '../lanes.ts';
import { makeElement } from '../make-element.ts';
import type { PageState, PageStore } from '../page-state.ts';
import type { PlanView } from '../plan-view.ts';
import { clampView, reveal, wholePlan, zoomAt } from '../time-scale.ts';
import { count } from '../words.ts';
import { readInk, type Ink } from './canvas-ink.ts';
import { drawOverlay, type Pointing } from './draw-overlay.ts';
import { drawScene } from './draw-scene.ts';
import { fitCanvas } from './fit-canvas.ts';
import { hitTask } from './gantt-hit.ts';
import { listenToKeys, showOptions } from './gantt-keys.ts';
import { listenToPointer } from './gantt-pointer.ts';
import { buildScene, shownPlans } from './build-scene.ts';
import { AXIS_HEIGHT, rowOf, sceneHeight, zoomCentre, type Scene, type TaskRef } from './gantt-scene.ts';
import { showTooltip } from './gantt-tooltip.ts';
import { makeOverviewStrip } from './overview-strip.ts';

const NOTHING: Pointing = { x: undefined, hovered: undefined, cursor: undefined };

/** The chart itself: canvases, what listens to pointer and keys, and the frames in which all is drawn. */
export class GanttView {
  readonly element: HTMLElement;
  readonly #store: PageStore;
  readonly #views: readonly PlanView[];
  readonly #say: (text: string) => void;
  readonly #base = makeElement('canvas', { 'aria-hidden': 'true' });
  readonly #overlay = makeElement('canvas', { 'aria-hidden': 'true' });
  readonly #list = makeElement('div', { class: 'gantt-list', role: 'listbox', tabindex: '0', id: 'gantt' });
  readonly #tooltip = makeElement('div', { class: 'tooltip', 'aria-hidden': 'true' });
  readonly #window = makeElement(
    'div',
    { class: 'gantt-window' },
    this.#base,
    this.#overlay,
    this.#list,
    this.#tooltip,
  );
  readonly #space = makeElement('div', { class: 'gantt-space' }, this.#window);
  readonly #scroll = makeElement('div', { class: 'gantt-scroll' }, this.#space);
  readonly #strip;
  #scene: Scene;
  #pointing: Pointing = NOTHING;
  #point: { readonly x: number; readonly y: number } | undefined;
  #ink: Ink | undefined;
  #isStale = false;
  #isFrameAsked = false;
  #isWhole = false;

  /** @param say tells a screen reader */
  constructor(store: PageStore, views: readonly PlanView[], say: (text: string) => void) {
    this.#store = store;
    this.#views = views;
    this.#say = say;
    this.#strip = makeOverviewStrip(store);
    this.#tooltip.hidden = true;
    this.element = makeElement('div', { class: 'gantt' }, this.#strip.element, this.#scroll);
    this.#scene = this.#makeScene(store.state);
    this.#listen();
    store.subscribe((state, previous) => {
      this.#onState(state, previous);
    });
  }

  /** Draws anew in the colours of the theme as it is now. */
  redrawTheme(): void {
    this.#ink = undefined;
    this.#redraw();
  }

  #redraw(): void {
    this.#isStale = true;
    this.#askFrame();
  }

  /** Draws all rows at a given width, in one frame, for paper; back with `undefined`. */
  drawWhole(width: number | undefined): void {
    this.#isWhole = width !== undefined;
    this.#ink = undefined;
    this.element.style.width = width === undefined ? '' : `${String(width)}px`;
    this.#measure();
    this.#draw();
  }

  /** Magnifies around the build that is looked at. @param factor above 1: closer */
  zoom(factor: number): void {
    const centre = zoomCentre(this.#scene, this.#pointing.cursor ?? this.#scene.selected);
    this.#store.update({ view: zoomAt(this.#scene.view, factor, centre, this.#longestMs) });
  }

  /** Scrolls chart and page until the selected build is seen. */
  scrollToSelected(): void {
    const { selected } = this.#scene;
    if (selected === undefined) return;
    this.#bringIntoView(selected);
    this.element.scrollIntoView({ block: 'nearest' });
    const { left, top } = this.#list.getBoundingClientRect();
    const { y: rowY = 0, height = 0 } = rowOf(this.#scene, selected) ?? {};
    const y = top + AXIS_HEIGHT + rowY + height / 2 - this.#scroll.scrollTop;
    // what stays at the top, or on narrow screens the panel, may be before it
    if (this.element.contains(document.elementFromPoint(left + 1, y))) return;
    scrollBy({ top: y - window.innerHeight / 3 });
  }

  get #longestMs(): number {
    return Math.max(
      ...shownPlans(this.#views, this.#store.state).map((plan) => at(this.#views, plan).plan.makespanMs),
    );
  }

  #makeScene(state: PageState): Scene {
    return buildScene(this.#views, state, {
      width: this.#scroll.clientWidth,
      mostHeight: this.#isWhole ? Infinity : Math.max(Math.round(window.innerHeight * 0.8), 320),
      scrollTop: this.#isWhole ? 0 : this.#scroll.scrollTop,
    });
  }

  #onState(state: PageState, previous: PageState): void {
    if (state !== previous && isDrawnAlike(state, previous)) {
      const view = state.view === null ? wholePlan(this.#longestMs) : clampView(state.view, this.#longestMs);
      this.#scene = { ...this.#scene, view };
    } else {
      this.#scene = this.#makeScene(state);
      if (state.selected !== previous.selected) this.#onSelected();
    }
    this.#fitSpace();
    this.#redraw();
  }

  #onSelected(): void {
    const { selected } = this.#scene;
    if (selected === undefined) return;
    this.#pointing = { ...this.#pointing, cursor: undefined };
    this.#bringIntoView(selected);
  }

  /** Moves window and scrolling so that a build is seen. */
  #bringIntoView(ref: TaskRef): void {
    const { tasks } = at(this.#views, ref.plan).plan;
    const view = reveal(
      this.#scene.view,
      at(tasks.startMs, ref.task),
      endMs(tasks, ref.task),
      this.#longestMs,
    );
    const row = rowOf(this.#scene, ref);
    const room = this.#scene.height - AXIS_HEIGHT;
    if (
      row !== undefined &&
      (row.y < this.#scroll.scrollTop || row.y + row.height > this.#scroll.scrollTop + room)
    ) {
      this.#scroll.scrollTop = row.y - room / 2;
    }
    const isMoved = view !== this.#scene.view;
    this.#scene = { ...this.#scene, view, scrollTop: this.#scroll.scrollTop };
    if (isMoved) this.#store.update({ view });
  }

  #listen(): void {
    const common = {
      scene: () => this.#scene,
      longestMs: () => this.#longestMs,
      onPick: (ref: TaskRef | undefined) => {
        this.#pick(ref);
      },
    };
    listenToPointer(
      {
        ...common,
        surface: this.#list,
        onPoint: (point) => {
          this.#onPoint(point);
        },
      },
      this.#store,
    );
    listenToKeys(
      {
        ...common,
        list: this.#list,
        cursor: () => this.#pointing.cursor,
        onZoom: (factor) => {
          this.zoom(factor);
        },
        onMove: (ref) => {
          this.#pointing = { ...this.#pointing, cursor: ref };
          this.#bringIntoView(ref);
          showOptions(this.#list, this.#scene, ref);
          this.#say(sayTask(at(this.#views, ref.plan), ref.task));
          this.#redraw();
        },
      },
      this.#store,
    );
    this.#scroll.addEventListener('scroll', () => {
      this.#scene = { ...this.#scene, scrollTop: this.#scroll.scrollTop };
      this.#redraw();
    });
    new ResizeObserver(() => {
      this.#measure();
      this.#redraw();
    }).observe(this.#scroll);
  }

  #pick(ref: TaskRef | undefined): void {
    if (ref === undefined) this.#store.update({ selected: '' });
    else {
      const { plan } = at(this.#views, ref.plan);
      this.#store.update({ plan: ref.plan, selected: at(plan.tasks.ids, ref.task) });
    }
  }

  #onPoint(point: { readonly x: number; readonly y: number } | undefined): void {
    const { gutter } = this.#scene;
    const isInPlot = point !== undefined && point.x >= gutter;
    this.#point = point;
    this.#pointing = {
      ...this.#pointing,
      x: isInPlot ? point.x - gutter : undefined,
      hovered: isInPlot ? hitTask(this.#scene, point.x, point.y) : undefined,
    };
    this.#list.classList.toggle('pointing', this.#pointing.hovered !== undefined);
    this.#askFrame();
  }

  #measure(): void {
    this.#scene = this.#makeScene(this.#store.state);
    this.#fitSpace();
  }

  #fitSpace(): void {
    this.#space.style.height = `${String(sceneHeight(this.#scene.rows))}px`;
    this.#window.style.height = `${String(this.#scene.height)}px`;
    this.#scroll.style.height = `${String(this.#scene.height)}px`;
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    requestAnimationFrame(() => {
      this.#isFrameAsked = false;
      this.#drawStale();
    });
  }

  #drawStale(): void {
    this.#ink ??= readInk(this.#tooltip);
    const ink = this.#ink;
    const scene = this.#scene;
    const width = scene.gutter + scene.plotWidth;
    if (this.#isStale) {
      this.#isStale = false;
      const base = fitCanvas(this.#base, width, scene.height);
      if (base !== null) drawScene(base, ink, scene);
      const shown = shownPlans(this.#views, this.#store.state).map((plan) => at(this.#views, plan));
      this.#strip.draw(ink, shown, scene.view, this.#longestMs, scene.gutter);
      this.#label(shown);
    }
    const overlay = fitCanvas(this.#overlay, width, scene.height);
    if (overlay !== null) drawOverlay(overlay, ink, scene, this.#pointing);
    showTooltip(this.#tooltip, scene, this.#pointing.hovered, this.#point);
  }

  #draw(): void {
    this.#isStale = true;
    this.#drawStale();
  }

  /** The text alternative. */
  #label(shown: readonly PlanView[]): void {
    const parts = shown.map(
      ({ plan }) =>
        `${plan.label}: ${count(plan.tasks.count, 'build')} on ${count(plan.builders.length, 'builder')} in ${formatDuration(plan.makespanMs)}`,
    );
    this.#list.setAttribute(
      'aria-label',
      `Gantt chart, ${parts.join('; ')}. Arrow keys go from build to build, Enter opens one. The table of builds below holds the same.`,
    );
  }
}

/** Whether nothing but the window onto the time axis can differ. */
function isDrawnAlike(state: PageState, previous: PageState): boolean {
  return (
    state.plan === previous.plan &&
    state.selected === previous.selected &&
    state.colourBy === previous.colourBy &&
    state.filters === previous.filters &&
    state.isStacked === previous.isStacked
  );
}
