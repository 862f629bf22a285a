import { float64At, int32At } from '../base/cells.ts';
import { orderByFalling } from '../base/sort-by-key.ts';
import type { Problem } from '../dispatch/problem.ts';
import { RamDiskLoad } from './ram-disk-load.ts';
import { heads, shortestDurations, tails } from './tails.ts';

/**
 * Chooses the tasks that the RAM disk is for when it can't hold all. A large one keeps several small ones out, and each byte saves
 * less by it: so RAM goes to the tasks that would stretch the longest chain on disk, then by rising footprint, for as long as
 * that does not put off the earliest conceivable end (the mode relaxation of the lower bounds, with every resource of
 * `RamDiskLoad`). The list schedule of 35,000 tasks on 32 slots and 16 GiB ended 4.9 % above the bound without, 1.1 % with; with
 * a disk ten times slower 26 % and 4.6 %.
 * @param priority of equal footprints the larger comes first, ties by lower task id
 * @returns one cell a task; 1: may use the RAM disk. All of them where it lasts for all, or where the disk is what runs out; what
 *   runs already and what there is no disk for, in any case. O(tasks × sizes of chroots + edges)
 */
export function ramDiskUsers(problem: Problem, priority: Float64Array): Uint8Array {
  const mayUse = new Uint8Array(problem.taskCount);
  for (const { task } of problem.running) mayUse[task] = 1;
  let scarce: ScarceRamDisk | undefined;
  for (const arch of new Set(problem.arch)) {
    const load = new RamDiskLoad(problem, arch);
    for (const task of load.ramOnly) mayUse[task] = 1;
    if (load.lastsForAll)
      load.isCandidate.forEach((isCandidate, task) => {
        if (isCandidate === 1) mayUse[task] = 1;
      });
    else {
      scarce ??= new ScarceRamDisk(problem, priority);
      for (const task of scarce.users(load, arch)) mayUse[task] = 1;
    }
  }
  return mayUse;
}

/** Chooses where not all can be built in RAM. What that takes is the same for all architectures. */
class ScarceRamDisk {
  readonly #problem: Problem;
  readonly #durationMs: Float64Array;
  readonly #headMs: Float64Array;
  readonly #tailMs: Float64Array;
  readonly #longestChainMs: number;
  readonly #bySize: Int32Array;

  constructor(problem: Problem, priority: Float64Array) {
    this.#problem = problem;
    this.#durationMs = shortestDurations(problem);
    this.#headMs = heads(problem.dag, this.#durationMs);
    this.#tailMs = tails(problem.dag, this.#durationMs);
    this.#longestChainMs = this.#tailMs.reduce((longest, tail) => Math.max(longest, tail), 0);
    this.#bySize = smallestFirst(problem, priority);
  }

  users(load: RamDiskLoad, arch: string): Int32Array {
    const candidates = this.#bySize.filter((task) => load.isCandidate[task] === 1);
    const { horizonMs } = load.fill(candidates, this.#longestChainMs);
    const extra = leastDiskFactor(this.#problem, arch) - 1;
    const order = new Int32Array(candidates.length);
    let filled = 0;
    for (const task of candidates) if (this.#isOnChain(task, extra, horizonMs)) order[filled++] = task;
    for (const task of candidates) if (!this.#isOnChain(task, extra, horizonMs)) order[filled++] = task;
    return order.subarray(0, load.fill(order, this.#longestChainMs).count);
  }

  /** Whether its longest chain would end after the horizon with this task on disk. */
  #isOnChain(task: number, extra: number, horizonMs: number): boolean {
    const longerMs = float64At(this.#durationMs, task) * extra;
    return float64At(this.#headMs, task) + float64At(this.#tailMs, task) + longerMs > horizonMs;
  }
}

/** The tasks by rising footprint, then by falling priority, then by id. */
function smallestFirst({ ramDiskBytes }: Problem, priority: Float64Array): Int32Array {
  const byPriority = orderByFalling(priority);
  const smallness = Float64Array.from(byPriority, (task) => -float64At(ramDiskBytes, task));
  return orderByFalling(smallness).map((place) => int32At(byPriority, place));
}

/** How much longer the disk takes at best. */
function leastDiskFactor(problem: Problem, arch: string): number {
  let least = Infinity;
  for (const builder of problem.builders)
    if (builder.arch === arch && builder.diskSlots > 0) least = Math.min(least, builder.diskFactor);
  return least === Infinity ? 1 : least;
}
