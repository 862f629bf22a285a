import { at } from '../../../base/column.ts';
import { formatBytes, formatDuration } from '../../../base/quantity.ts';
import { endMs } from '../lanes.ts';
import { makeElement } from '../make-element.ts';
import { fullName } from '../plan-view.ts';
import { waitedForWords } from '../explain-start.ts';
import type { Scene, TaskRef } from './gantt-scene.ts';
import { formatTime } from '../words.ts';

/** From the pointer to the box. In pixels. */
const OFFSET = 16;

/** Fills the box beside the pointer and places it inside the plot; hides it where nothing is pointed at. */
export function showTooltip(
  box: HTMLElement,
  scene: Scene,
  ref: TaskRef | undefined,
  point: { readonly x: number; readonly y: number } | undefined,
): void {
  box.hidden = ref === undefined || point === undefined;
  if (ref === undefined || point === undefined) return;
  box.replaceChildren(...describe(scene, ref));
  const isRight = point.x + OFFSET + box.offsetWidth > scene.gutter + scene.plotWidth;
  const isLow = point.y + OFFSET + box.offsetHeight > scene.height;
  const left = isRight ? point.x - OFFSET - box.offsetWidth : point.x + OFFSET;
  const top = isLow ? point.y - OFFSET - box.offsetHeight : point.y + OFFSET;
  box.style.transform = `translate(${String(Math.max(left, 0))}px, ${String(Math.max(top, 0))}px)`;
}

function describe(scene: Scene, { plan, task }: TaskRef): readonly HTMLElement[] {
  const view = at(scene.views, plan);
  const { tasks, builders } = view.plan;
  const builder = at(builders, at(tasks.builderOf, task)).name;
  const start = at(tasks.startMs, task);
  const waitedFor = waitedForWords(view, task);
  const ram =
    at(tasks.isInRam, task) === 1 ? `in RAM, ${formatBytes(at(tasks.ramDiskBytes, task))}` : 'on disk';
  const lines = [
    `${formatTime(start)} – ${formatTime(endMs(tasks, task))}, takes ${formatDuration(at(tasks.durationMs, task))}`,
    `${builder}, slot ${String(at(tasks.slot, task) + 1)}, ${ram}`,
    ...(waitedFor === '' ? [] : [`waited for ${waitedFor}`]),
    ...(at(view.chainPlace, task) === 0 ? [] : ['on the critical chain']),
  ];
  return [
    makeElement('strong', {}, fullName(view, task)),
    ...lines.map((line) => makeElement('div', {}, line)),
  ];
}
