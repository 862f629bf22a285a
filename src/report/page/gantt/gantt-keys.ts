import { at } from '../../../base/column.ts';
import { sayTask } from '../explain-start.ts';
import { makeElement } from '../make-element.ts';
import type { PageStore } from '../page-state.ts';
import { panBy, type Viewport } from '../time-scale.ts';
import { stepFrom, type Direction } from './gantt-hit.ts';
import type { Scene, TaskRef } from './gantt-scene.ts';

/** What the keyboard needs to know and to say. */
export interface KeyTarget {
  /** The list box that has the focus; its options stand in for bars. */
  readonly list: HTMLElement;
  readonly scene: () => Scene;
  readonly longestMs: () => number;
  readonly cursor: () => TaskRef | undefined;
  readonly onMove: (ref: TaskRef) => void;
  readonly onPick: (ref: TaskRef | undefined) => void;
  /** Above 1: closer. */
  readonly onZoom: (factor: number) => void;
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['End', 'last'],
]);

const FACTORS: ReadonlyMap<string, number> = new Map([
  ['+', 1.5],
  ['=', 1.5],
  ['-', 1 / 1.5],
]);

/** How far one key press moves: a share of what is seen. */
const STRIDE = 0.25;

/** Arrows go from build to build, Enter opens one, + - 0 zoom, Shift with arrows pans, [ and ] follow the critical chain. */
export function listenToKeys(target: KeyTarget, store: PageStore): void {
  target.list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const scene = target.scene();
    const view = viewAfter(event, scene, target.longestMs());
    const factor = FACTORS.get(event.key);
    const from = target.cursor() ?? scene.selected ?? firstOf(scene);
    if (view !== undefined) store.update({ view });
    else if (factor !== undefined) target.onZoom(factor);
    else if (event.key === 'Enter' || event.key === ' ') target.onPick(target.cursor());
    else if (event.key === 'Escape') target.onPick(undefined);
    else if (event.key === '[' || event.key === ']')
      target.onMove(alongChain(scene, from, event.key === '['));
    else {
      const direction = DIRECTIONS.get(event.key);
      if (direction === undefined) return;
      target.onMove(target.cursor() === undefined ? from : stepFrom(scene, from, direction));
    }
    event.preventDefault();
  });
}

function viewAfter(event: KeyboardEvent, { view }: Scene, longestMs: number): Viewport | null | undefined {
  const span = view.toMs - view.fromMs;
  if (event.shiftKey && event.key === 'ArrowLeft') return panBy(view, -STRIDE * span, longestMs);
  if (event.shiftKey && event.key === 'ArrowRight') return panBy(view, STRIDE * span, longestMs);
  return event.key === '0' ? null : undefined;
}

function firstOf(scene: Scene): TaskRef {
  return { plan: scene.rows[0]?.plan ?? 0, task: 0 };
}

/** The next build of the critical chain, or the one before; its beginning from elsewhere. */
function alongChain(scene: Scene, { plan, task }: TaskRef, isBack: boolean): TaskRef {
  const chain = at(scene.views, plan).plan.criticalChain;
  const place = at(at(scene.views, plan).chainPlace, task) - 1;
  const next = place < 0 ? 0 : Math.min(Math.max(place + (isBack ? -1 : 1), 0), chain.length - 1);
  return { plan, task: chain[next] ?? task };
}

/** How many options stand around the one that is active. */
const AROUND = 5;

/** Fills the list box with the builds around the cursor, by start, so that a screen reader can tell where it is. */
export function showOptions(list: HTMLElement, scene: Scene, cursor: TaskRef | undefined): void {
  if (cursor === undefined) {
    list.removeAttribute('aria-activedescendant');
    list.replaceChildren();
    return;
  }
  const view = at(scene.views, cursor.plan);
  const { count } = view.plan.tasks;
  const from = Math.max(cursor.task - AROUND, 0);
  const shown = Math.min(cursor.task + AROUND + 1, count) - from;
  const options = Array.from({ length: shown }, (_, index) => {
    const task = from + index;
    const isActive = task === cursor.task;
    return makeElement(
      'div',
      {
        id: `gantt-option-${String(task)}`,
        role: 'option',
        'aria-selected': String(isActive),
        'aria-posinset': String(task + 1),
        'aria-setsize': String(count),
      },
      sayTask(view, task),
    );
  });
  list.replaceChildren(...options);
  list.setAttribute('aria-activedescendant', `gantt-option-${String(cursor.task)}`);
}
