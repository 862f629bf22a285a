import { at } from '../../base/column.ts';
import type { PlanBuilder, PlanTask } from '../../plan/plan.ts';

/** Builds of one builder of which only so many may run at once. */
export interface TaskClass {
  /** `ram`, `large`, `disk`, `all`: what is special about it; unique in its builder. */
  readonly name: string;
  readonly tasks: readonly PlanTask[];
  /** No more of them at once, whatever there is room for: disk slots, chroots. */
  readonly mostAtOnce: number;
}

/**
 * How many builds of each class may run at once so that no limit of the builder can be exceeded: the slots, and the RAM disk,
 * memory and cores by the largest builds of each class together. The class that will take longest gets more first, and so
 * the longest time of all is the least possible.
 * @returns one number a class, at least 1; undefined: not even one of each class fits. O(slots × classes)
 */
export function poolDepths(
  classes: readonly TaskClass[],
  builder: PlanBuilder,
): readonly number[] | undefined {
  const { slots, ramDiskBytes, ramDiskChroots, memoryBytes, cores } = builder;
  const limits = [
    ...(ramDiskChroots.length > 0 ? [] : [limit(classes, slots, ramDiskBytes, ramDiskOf)]),
    ...(memoryBytes === null ? [] : [limit(classes, slots, memoryBytes, memoryOf)]),
    ...(cores === null ? [] : [limit(classes, slots, cores, ({ makeJobs }) => makeJobs)]),
  ];
  const worksMs = classes.map(({ tasks }) => tasks.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const depths = classes.map(() => 1);
  const fits = (): boolean =>
    depths.reduce((sum, depth) => sum + depth, 0) <= slots && limits.every((isKept) => isKept(depths));
  if (!fits()) return undefined;
  const isFull = classes.map(() => false);
  for (;;) {
    const next = slowest(worksMs, depths, isFull);
    if (next < 0) return depths;
    const depth = at(depths, next);
    const { tasks, mostAtOnce } = at(classes, next);
    depths[next] = depth + 1;
    if (depth < tasks.length && depth < mostAtOnce && fits()) continue;
    depths[next] = depth;
    isFull[next] = true;
  }
}

/** How long a class takes at least when so many of its builds run at once. */
export function classTimeMs({ tasks }: TaskClass, depth: number): number {
  const workMs = tasks.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const longestMs = tasks.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  return Math.max(workMs / depth, longestMs);
}

/** What a build takes from the RAM disk's budget. */
export function ramDiskOf({ mode, ramDiskBytes }: PlanTask): number {
  return mode === 'ram' ? ramDiskBytes : 0;
}

/** RAM-disk pages live in memory too. */
export function memoryOf(task: PlanTask): number {
  return task.memoryBytes + ramDiskOf(task);
}

/** @returns the class with the most work for each of its places; -1: all are full */
function slowest(worksMs: readonly number[], depths: readonly number[], isFull: readonly boolean[]): number {
  const times = worksMs.map((workMs, index) => (isFull[index] === true ? -1 : workMs / at(depths, index)));
  const most = Math.max(...times);
  return most < 0 ? -1 : times.indexOf(most);
}

/** Whether the largest demands of all classes fit together: what runs at once can't be more. */
function limit(
  classes: readonly TaskClass[],
  slots: number,
  capacity: number,
  demandOf: (task: PlanTask) => number,
): (depths: readonly number[]) => boolean {
  const sums = classes.map(({ tasks }) => {
    let sum = 0;
    return [0, ...largest(tasks, demandOf, slots).map((demand) => (sum += demand))];
  });
  return (depths) => depths.reduce((sum, depth, index) => sum + at(at(sums, index), depth), 0) <= capacity;
}

/** The largest demands, descending, as many as asked for. O(tasks) where they come in descending order, as they mostly do */
function largest(
  tasks: readonly PlanTask[],
  demandOf: (task: PlanTask) => number,
  count: number,
): readonly number[] {
  const found: number[] = [];
  for (const task of tasks) {
    const demand = demandOf(task);
    if (found.length === count && demand <= at(found, count - 1)) continue;
    if (found.length === count) found.pop();
    let place = found.length;
    while (place > 0 && at(found, place - 1) < demand) place--;
    found.splice(place, 0, demand);
  }
  return found;
}
