import { float64At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import type { Placement, Problem } from '../../dispatch/problem.ts';
import { fillDemand, type BuildModes } from './build-modes.ts';

/** What is free on a builder before anything is placed. */
export interface IdleProfile {
  /** Ascending, the first 0. */
  readonly atMs: Float64Array;
  /** Row `e`, as wide as a row of `BuildModes.demand`, is free from `atMs[e]` to the next. */
  readonly free: Float64Array;
}

/**
 * Everything but what the builds take that run already, at least nothing.
 * @param horizonMs left out: time runs forward; given: backward from there
 */
export function idleProfile(
  problem: Problem,
  modes: BuildModes,
  builder: number,
  horizonMs: number | undefined,
): IdleProfile {
  const running = problem.running.filter((one) => one.builder === builder && one.endMs > 0);
  const changeMs = running.map(({ endMs }) => (horizonMs === undefined ? endMs : horizonMs - endMs));
  const atMs = Float64Array.from(new Set([0, ...changeMs])).sort();
  const free = new Float64Array(atMs.length * modes.demandWidth);
  const demand = new Float64Array(modes.demandWidth);
  for (let event = 0; event < atMs.length; event++) {
    const row = free.subarray(event * modes.demandWidth, (event + 1) * modes.demandWidth);
    row.set(classOf(modes, builder).capacities);
    running.forEach((one, index) => {
      const isOver = float64At(atMs, event) >= at(changeMs, index);
      if (isOver === (horizonMs === undefined)) return;
      runningDemand(problem, modes, one, demand.fill(0));
      for (let column = 0; column < row.length; column++)
        row[column] = Math.max(0, float64At(row, column) - float64At(demand, column));
    });
  }
  return { atMs, free };
}

function runningDemand(problem: Problem, modes: BuildModes, one: Placement, demand: Float64Array): void {
  const builderClass = classOf(modes, one.builder);
  const { ramDiskChroots } = builderClass.builder;
  const chrootSize = builderClass.chrootSizes.indexOf(ramDiskChroots[one.chroot] ?? -1);
  fillDemand(problem, one.task, builderClass, { ...one, chrootSize }, demand);
}

function classOf(modes: BuildModes, builder: number): BuildModes['classes'][number] {
  const found = modes.classes.find(({ members }) => members.includes(builder));
  if (found === undefined) throw new Error(`BUG: builder ${builder} is in no class`);
  return found;
}
