import { at } from '../base/column.ts';
import { isAdmissible, memoryDemand, type Problem } from './problem.ts';

/** Why no builder can ever run a task, even with nothing else on it. */
export type ImpossibleReason =
  | { readonly kind: 'no-builder'; readonly arch: string }
  | {
      readonly kind: 'memory';
      readonly arch: string;
      /** What the task takes on disk, where it takes least. */
      readonly demandBytes: number;
      /** The largest memory of a builder of the architecture. */
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
    const arch = at(problem.arch, task);
    const builders = problem.builders.filter((builder) => builder.arch === arch);
    if (builders.length === 0) {
      found.push({ task, reason: { kind: 'no-builder', arch } });
    } else if (!builders.some((builder) => isAdmissible(problem, task, builder, 'disk'))) {
      const demandBytes = memoryDemand(problem, task, 'disk');
      const capacityBytes = Math.max(...builders.map((builder) => builder.memoryBytes));
      found.push({ task, reason: { kind: 'memory', arch, demandBytes, capacityBytes } });
    }
  }
  return found;
}
