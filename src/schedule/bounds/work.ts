import { at } from '../../base/column.ts';
import {
  isAdmissible,
  memoryDemand,
  modeDuration,
  type Builder,
  type Mode,
  type Problem,
} from '../../dispatch/problem.ts';

/**
 * What each task takes at least, wherever it runs: duration × the builder's speed, so that builders of different speeds add
 * up. One cell a task; Infinity where no builder admits the mode.
 */
export interface WorkColumns {
  /** Slot time in RAM. */
  readonly ramMs: Float64Array;
  /** Slot time on disk. */
  readonly diskMs: Float64Array;
  /** Memory × time in the mode that takes least. */
  readonly memoryByteMs: Float64Array;
}

/** Builders of one architecture together, each resource weighted by the builder's speed: what they can do in one ms. */
export interface WeightedCapacity {
  readonly slots: number;
  readonly ramDiskBytes: number;
  readonly memoryBytes: number;
}

const MODES: readonly Mode[] = ['ram', 'disk'];

/** O(tasks × builders) */
export function leastWork(problem: Problem): WorkColumns {
  const ramMs = new Float64Array(problem.taskCount).fill(Infinity);
  const diskMs = new Float64Array(problem.taskCount).fill(Infinity);
  const memoryByteMs = new Float64Array(problem.taskCount).fill(Infinity);
  for (let task = 0; task < problem.taskCount; task++) {
    for (const builder of problem.builders) {
      if (builder.arch !== problem.arch[task]) continue;
      for (const mode of MODES) {
        if (!isAdmissible(problem, task, builder, mode)) continue;
        const workMs = work(problem, task, builder, mode);
        const column = mode === 'ram' ? ramMs : diskMs;
        column[task] = Math.min(at(column, task), workMs);
        memoryByteMs[task] = Math.min(at(memoryByteMs, task), workMs * memoryDemand(problem, task, mode));
      }
    }
  }
  return { ramMs, diskMs, memoryByteMs };
}

/** What the builders of an architecture have together. */
export function weightedCapacity(problem: Problem, arch: string): WeightedCapacity {
  let slots = 0;
  let ramDiskBytes = 0;
  let memoryBytes = 0;
  for (const builder of problem.builders) {
    if (builder.arch !== arch) continue;
    slots += builder.slots * builder.speed;
    ramDiskBytes += builder.ramDiskBytes * builder.speed;
    memoryBytes += builder.memoryBytes * builder.speed;
  }
  return { slots, ramDiskBytes, memoryBytes };
}

function work(problem: Problem, task: number, builder: Builder, mode: Mode): number {
  const mostJobs = at(builder.makeJobs, builder.makeJobs.length - 1);
  return modeDuration(problem, task, builder, mode, mostJobs) * builder.speed;
}
