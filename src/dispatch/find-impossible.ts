import { at } from '../base/column.ts';
import {
  isAdmissible,
  largestFootprint,
  memoryDemand,
  ramDiskDemand,
  type Builder,
  type Problem,
} from './problem.ts';

/** Why no builder can ever run a task, even with nothing else on it. */
export type ImpossibleReason =
  | { readonly kind: 'no-builder'; readonly arch: string }
  | {
      readonly kind: 'memory';
      readonly arch: string;
      /** What the task takes on disk, where it takes least; in RAM where no builder lets anything build on disk. */
      readonly demandBytes: number;
      /** The largest memory of a builder of the architecture. */
      readonly capacityBytes: number;
    }
  | {
      /** It would have to be built in RAM, as `disk-slots=0` says, and is too large for that. */
      readonly kind: 'ram-disk';
      readonly arch: string;
      /** The task's footprint. */
      readonly demandBytes: number;
      /** The largest RAM disk, or the largest fixed chroot, of the architecture's builders that have the memory. */
      readonly capacityBytes: number;
    };

export interface ImpossibleTask {
  readonly task: number;
  readonly reason: ImpossibleReason;
}

/** The tasks that no builder could ever run in any mode, ascending: to be reported before anything is scheduled. O(tasks × builders) */
export function findImpossible(problem: Problem): readonly ImpossibleTask[] {
  const found: ImpossibleTask[] = [];
  for (let task = 0; task < problem.taskCount; task++) {
    const builders = problem.builders.filter((builder) => builder.arch === problem.arch[task]);
    const canRun = builders.some(
      (builder) =>
        isAdmissible(problem, task, builder, 'disk') || isAdmissible(problem, task, builder, 'ram'),
    );
    if (!canRun) found.push({ task, reason: reasonFor(problem, task, builders) });
  }
  return found;
}

function reasonFor(problem: Problem, task: number, builders: readonly Builder[]): ImpossibleReason {
  const arch = at(problem.arch, task);
  if (builders.length === 0) return { kind: 'no-builder', arch };
  const withMemory = builders.filter(({ memoryBytes }) => memoryDemand(problem, task, 'disk') <= memoryBytes);
  const footprintBytes = ramDiskDemand(problem, task, 'ram');
  if (withMemory.length > 0 && withMemory.every((builder) => footprintBytes > largestFootprint(builder))) {
    const capacityBytes = Math.max(0, ...withMemory.map(largestFootprint));
    return { kind: 'ram-disk', arch, demandBytes: footprintBytes, capacityBytes };
  }
  const mode = withMemory.length > 0 ? 'ram' : 'disk';
  const large = builders.filter((builder) => mode === 'disk' || footprintBytes <= largestFootprint(builder));
  const capacityBytes = Math.max(...large.map(({ memoryBytes }) => memoryBytes));
  return { kind: 'memory', arch, demandBytes: memoryDemand(problem, task, mode), capacityBytes };
}
