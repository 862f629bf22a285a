import { float64At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { allottedJobs, modeDuration, type Builder, type Placement } from '../dispatch/problem.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { besideSlots, overRoom, takenSlot } from './diagnostics.ts';
import { Home } from './home.ts';
import type { RunningBuild } from './standing.ts';

/** Running builds as the dispatcher takes them. */
export interface PlacedRunning {
  /** By task; the clock is 0 now. */
  readonly placements: readonly Placement[];
  /** The plan's, and behind them one for what runs beside all slots, if there is such. */
  readonly builders: readonly Builder[];
  /** What running builds count for; of all others as it was. */
  readonly ramDiskBytes: Float64Array;
  readonly memoryBytes: Float64Array;
  /** What runs though the plan's limits forbid it. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Gives each running build a place: the one that it is said to have, else the plan's, else the first free one. Reality wins:
 * builds that share a slot, or take more than there is, run all the same. What finds no slot stands on a builder of its own,
 * and nobody counts for more of RAM disk, memory, processors and places on disk than is left: so nothing starts in that room, and
 * everything else goes on. O(running × (slots + log running))
 */
export function placeRunning(planProblem: PlanProblem, running: readonly RunningBuild[]): PlacedRunning {
  const { problem } = planProblem;
  const homes = problem.builders.map((builder) => new Home(builder));
  const ramDiskBytes = problem.ramDiskBytes.slice();
  const memoryBytes = problem.memoryBytes.slice();
  const warnings: Diagnostic[] = [];
  const placements: Placement[] = [];
  let besideCount = 0;
  for (const build of [...running].sort(bySureness)) {
    const wish = wishOf(planProblem, homes, build);
    const { task, index, mode, makeJobs, startMs, endMs } = wish;
    const home = homes[index];
    const { id } = at(planProblem.tasks, task);
    if (build.slot !== undefined && home?.isFree(build.slot) === false)
      warnings.push(takenSlot(id, home.builder.name, build.slot));
    else if (home?.hasFreeSlot === false) warnings.push(besideSlots(id, home.builder));
    if (home?.hasFreeSlot !== true) {
      const place = { builder: problem.builders.length, slot: besideCount++, chroot: -1 };
      placements.push({ task, ...place, mode: 'disk', makeJobs, startMs, endMs });
      continue;
    }
    const slot = home.takeSlot(wish.slot);
    const demand = { ramDiskBytes: float64At(ramDiskBytes, task), memoryBytes: float64At(memoryBytes, task) };
    const counted = home.take({ ...demand, mode, makeJobs, chroot: wish.chroot });
    if (mode === 'ram' || counted.mode === 'ram') ramDiskBytes[task] = counted.ramDiskBytes;
    memoryBytes[task] = counted.memoryBytes;
    if (counted.lacks.length > 0) warnings.push(overRoom(id, home.builder.name, counted.lacks));
    const { chroot } = counted;
    const place = { builder: index, slot, mode: counted.mode, makeJobs: counted.makeJobs, chroot };
    placements.push({ task, ...place, startMs, endMs });
  }
  placements.sort((a, b) => a.task - b.task);
  const builders = besideCount === 0 ? problem.builders : [...problem.builders, beside(besideCount)];
  return { placements, builders, ramDiskBytes, memoryBytes, warnings };
}

/** Where a build is said to run, or is likely to. */
interface Wish extends Pick<Placement, 'task' | 'mode' | 'makeJobs' | 'startMs' | 'endMs'> {
  /** Index of the builder; -1: none of these. */
  readonly index: number;
  readonly slot: number | undefined;
  readonly chroot: number | undefined;
}

function wishOf(
  { problem, rule, tasks }: PlanProblem,
  homes: readonly Home[],
  { task, runningMs, ...said }: RunningBuild,
): Wish {
  const plan = at(tasks, task);
  const planned = problem.builders.findIndex(({ name }) => name === plan.builder);
  const sameArch = problem.builders.flatMap(({ arch }, index) => (arch === problem.arch[task] ? index : []));
  const likely = planned < 0 ? sameArch : [planned, ...sameArch];
  const candidates = said.builder === undefined ? likely : [said.builder];
  const index = candidates.find((one) => at(homes, one).hasFreeSlot) ?? candidates[0] ?? -1;
  const builder = problem.builders[index] ?? beside(1);
  const isPlanned = index === planned;
  const mode = said.mode ?? (builder.ramDiskBytes > 0 ? plan.mode : 'disk');
  const makeJobs = said.makeJobs ?? allottedJobs(rule, task, builder);
  const startMs = -runningMs;
  return {
    ...{ task, index, mode, makeJobs, startMs },
    slot: said.slot ?? (isPlanned ? plan.slot : undefined),
    chroot: said.chroot ?? (isPlanned ? plan.chroot : undefined),
    endMs: Math.max(0, startMs + modeDuration(problem, task, builder, mode, makeJobs)),
  };
}

/** Those of whom most is known choose first; then by task, so that the order in which they are told changes nothing. */
function bySureness(a: RunningBuild, b: RunningBuild): number {
  return firstDifference(compareNumber(guesses(a), guesses(b)), compareNumber(a.task, b.task));
}

function guesses({ builder, slot }: RunningBuild): number {
  return (builder === undefined ? 2 : 0) + (slot === undefined ? 1 : 0);
}

/** A builder of no architecture, so that nothing is ever started there, with room for what no slot of the plan is left for. */
function beside(slots: number): Builder {
  return {
    ...{ name: 'beside', arch: '', slots, diskSlots: slots, ramDiskBytes: 0, ramDiskChroots: [] },
    ...{ memoryBytes: Infinity, cores: Infinity, makeJobs: [1], diskFactor: 1, speed: 1 },
  };
}
