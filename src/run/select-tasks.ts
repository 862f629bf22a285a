import { formatBytes } from '../base/quantity.ts';
import { findImpossible, type ImpossibleReason } from '../dispatch/find-impossible.ts';
import type { Builder, Problem } from '../dispatch/problem.ts';

/** What of a plan is run. */
export interface Selection {
  /** The plan's problem with those builders alone that are run. */
  readonly problem: Problem;
  /** Why tasks are not tried, by task; what needs them isn't either. */
  readonly skipped: ReadonlyMap<number, string>;
}

/**
 * Leaves of a problem what some of its builders can run. A task's builder is the dispatcher's choice and not the plan's, so all
 * tasks of a builder's architecture stay.
 * @param builders names; at least one
 * @param usesRamDisks whether builds may be made in RAM; else all are made on disk, one at least at once
 */
export function selectTasks(problem: Problem, builders: readonly string[], usesRamDisks: boolean): Selection {
  const chosen = problem.builders.filter(({ name }) => builders.includes(name));
  const selected = { ...problem, builders: usesRamDisks ? chosen : chosen.map(withoutRamDisk) };
  const impossible = findImpossible(selected);
  return {
    problem: selected,
    skipped: new Map(impossible.map(({ task, reason }) => [task, explain(reason)])),
  };
}

function withoutRamDisk(builder: Builder): Builder {
  const diskSlots = Math.max(1, builder.diskSlots);
  return { ...builder, ramDiskBytes: 0, ramDiskChroots: [], diskSlots };
}

function explain(reason: ImpossibleReason): string {
  switch (reason.kind) {
    case 'no-builder':
      return `its architecture, ${reason.arch}, is not built here`;
    case 'memory':
      return `it takes ${formatBytes(reason.demandBytes)} of memory, and no builder that is run here has more than ${formatBytes(reason.capacityBytes)}`;
    case 'ram-disk':
      return `it takes ${formatBytes(reason.demandBytes)} of RAM disk, no builder that is run here has more than ${formatBytes(reason.capacityBytes)}, and none builds on disk`;
  }
}
