import { formatDuration } from '../../base/quantity.ts';
import { at } from '../../base/column.ts';
import { NOBODY, WAITED_FOR } from '../report-data.ts';
import { fullName, type PlanView } from './plan-view.ts';
import { formatTime } from './words.ts';

/** Why a task starts when it does. */
export interface StartReason {
  /** A sentence without full stop; the other task is named at its end, where there is one. */
  readonly text: string;
  /** The task whose end let it start. */
  readonly task: number | undefined;
  /** From when it could have started to when it does. */
  readonly waitedMs: number;
}

const WAITS: Readonly<Record<(typeof WAITED_FOR)[number], string>> = {
  start: 'nothing: it starts with the plan',
  release: 'its release',
  need: 'what it needs',
  slot: 'a slot',
  'ram-disk': 'room in the RAM disk',
  memory: 'memory',
  'disk-slot': 'its turn on disk',
  cores: 'cores',
};

/** `a slot`, `room in the RAM disk`, in a table. */
export function waitedForWords(view: PlanView, task: number): string {
  const kind = at(WAITED_FOR, at(view.plan.tasks.waitedFor, task));
  return kind === 'start' ? '' : WAITS[kind];
}

export function explainStart(view: PlanView, task: number): StartReason {
  const { tasks } = view.plan;
  const startMs = at(tasks.startMs, task);
  const readyMs = at(tasks.readyMs, task);
  const kind = at(WAITED_FOR, at(tasks.waitedFor, task));
  const blocker = at(tasks.waitedForTask, task);
  const other = blocker === NOBODY ? undefined : blocker;
  const waitedMs = kind === 'need' ? 0 : Math.max(startMs - readyMs, 0);
  const freed = other === undefined ? '' : `, until ${formatTime(startMs)}, when this ended: `;
  switch (kind) {
    case 'start':
      return { text: 'It starts with the plan', task: undefined, waitedMs: 0 };
    case 'need':
      return {
        text: `Ready at ${formatTime(readyMs)} and started at once: the last that it needs had ended${other === undefined ? '' : ': '}`,
        task: other,
        waitedMs: 0,
      };
    case 'release':
    case 'slot':
    case 'ram-disk':
    case 'memory':
    case 'disk-slot':
    case 'cores':
      return {
        text: `Ready at ${formatTime(readyMs)}; waited ${formatDuration(waitedMs)} for ${WAITS[kind]}${freed}`,
        task: other,
        waitedMs,
      };
  }
}

/** What the live region says when the keyboard comes to a task. */
export function sayTask(view: PlanView, task: number): string {
  const { tasks, builders } = view.plan;
  const builder = at(builders, at(tasks.builderOf, task)).name;
  return [
    fullName(view, task),
    `${builder} slot ${String(at(tasks.slot, task) + 1)}`,
    at(tasks.isInRam, task) === 1 ? 'in RAM' : 'on disk',
    `starts at ${formatTime(at(tasks.startMs, task))}`,
    `takes ${formatDuration(at(tasks.durationMs, task))}`,
    ...(at(view.chainPlace, task) > 0 ? ['on the critical chain'] : []),
  ].join(', ');
}
