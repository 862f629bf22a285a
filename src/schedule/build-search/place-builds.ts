import { float64At, int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import type { Placement, Problem, Schedule } from '../../dispatch/problem.ts';
import type { BuildModes } from './build-modes.ts';

/** When each task is built, how and where, but for slots and chroots. One cell a task each. */
export interface BuildColumns {
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Index into `BuildModes`; -1: runs already. */
  readonly mode: Int32Array;
  readonly builder: Int32Array;
  readonly makespanMs: number;
}

/**
 * Gives every build a slot, and a chroot if its mode has one: by start, the first that is free. As never more run at once than
 * there are, that always succeeds. What runs already keeps its own. O(n log n + n × slots)
 */
export function placeBuilds(problem: Problem, modes: BuildModes, columns: BuildColumns): Schedule {
  const slotFreeMs = problem.builders.map(({ slots }) => new Float64Array(slots));
  const chrootFreeMs = problem.builders.map(({ ramDiskChroots }) => new Float64Array(ramDiskChroots.length));
  const runningOf = new Map(problem.running.map((placement) => [placement.task, placement]));
  for (const { builder, slot, chroot, endMs } of problem.running) {
    at(slotFreeMs, builder)[slot] = endMs;
    if (chroot >= 0) at(chrootFreeMs, builder)[chroot] = endMs;
  }
  const tasks = [...columns.startMs.keys()].sort(
    (a, b) => float64At(columns.startMs, a) - float64At(columns.startMs, b) || a - b,
  );
  const place = (task: number): Placement => {
    const mode = int32At(columns.mode, task);
    const builder = int32At(columns.builder, task);
    const startMs = float64At(columns.startMs, task);
    const endMs = float64At(columns.endMs, task);
    const slot = takeFirst(at(slotFreeMs, builder), () => true, startMs, endMs);
    const { builder: like, chrootSizes } = at(modes.classes, int32At(modes.classOf, mode));
    const size = chrootSizes[int32At(modes.chrootSize, mode)];
    const hasSize = (index: number): boolean => like.ramDiskChroots[index] === size;
    return {
      task,
      builder,
      slot,
      mode: modes.isRam[mode] === 1 ? 'ram' : 'disk',
      makeJobs: int32At(modes.makeJobs, mode),
      chroot: size === undefined ? -1 : takeFirst(at(chrootFreeMs, builder), hasSize, startMs, endMs),
      startMs,
      endMs,
    };
  };
  return {
    placements: tasks.map((task) => runningOf.get(task) ?? place(task)),
    makespanMs: columns.makespanMs,
  };
}

function takeFirst(
  freeMs: Float64Array,
  isWanted: (index: number) => boolean,
  startMs: number,
  endMs: number,
): number {
  const index = freeMs.findIndex((since, place) => since <= startMs && isWanted(place));
  if (index < 0) throw new Error('BUG: more builds at once than there are places');
  freeMs[index] = endMs;
  return index;
}
