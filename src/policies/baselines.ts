import { at } from '../base/column.ts';
import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import { float64At, int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Builder, DispatchRule, Problem } from '../dispatch/problem.ts';
import type { Dag } from '../graph/dag.ts';
import { shortestDurations } from '../schedule/tails.ts';
import type { Baseline } from './baseline-dispatcher.ts';
import { asItIs, type Division } from './occupancy.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { closureWork, depthPriority, fifoPriority, levels, pathsPriority } from './priorities.ts';
import { cycleSteps } from './cycle-steps.ts';

const GIB = 2 ** 30;
/** StarlingX mounts no smaller RAM-disk chroot. */
const LEAST_CHROOT_GIB = 10;
const MOST_JOBS = 2 ** 31 - 1;

/**
 * StarlingX's build-pkgs and pkgbuilder: each layer and build type is a run of its own, in which groups are built one by one:
 * what is on no cycle, the next cycle (serially), what that has set free … In a group 10 for a package and for each path
 * of packages that depend on it; the largest first, ties by falling path. The builder has `slots` chroots; all but at least one are
 * equal parts of the RAM disk of 10 GiB or more; the first idle one that is large enough serves, RAM before disk.
 * While the first package fits into no idle chroot nothing else starts.
 * @see https://opendev.org/starlingx/root build-tools/stx/dsc_depend.py, build-pkgs; starlingx/tools stx/toCOPY/pkgbuilder
 */
export function starlingxBaseline(problem: Problem, facts: PolicyFacts): Baseline {
  const barrier = settleBarriers(problem.dag, cycleSteps(problem.dag, facts));
  const paths = pathsPriority(problem.dag, (task, need) => isSameGroup(problem, barrier, task, need));
  const order = [...paths.keys()].sort((a, b) =>
    firstDifference(
      compareNumber(float64At(paths, b), float64At(paths, a)),
      compareText(at(facts.names, b), at(facts.names, a)),
      a - b,
    ),
  );
  const priority = new Float64Array(problem.taskCount);
  order.forEach((task, place) => (priority[task] = problem.taskCount - place));
  return {
    rule: plainRule(problem, priority),
    barrier,
    exclusion: facts.cycleGroup,
    isHeadBlocking: true,
    divide: divideAsStarlingx,
  };
}

/** As many chroots of equal size on the RAM disk as can have 10 GiB, but one fewer than slots; the rest on disk. */
export function divideAsStarlingx(builder: Builder): Division {
  if (builder.ramDiskChroots.length > 0) return asItIs(builder);
  const gib = Math.floor(builder.ramDiskBytes / GIB);
  let count = builder.slots - 1;
  while (count > 0 && Math.floor(gib / count) < LEAST_CHROOT_GIB) count--;
  const size = count === 0 ? 0 : Math.floor(gib / count) * GIB;
  return {
    chroots: count === 0 ? [0] : Array.from<number>({ length: count }).fill(size),
    diskSlots: Math.min(builder.diskSlots, builder.slots - count),
  };
}

/**
 * botch's waves: what needs nothing, then what needs only that, and so on; a wave begins when the one before it has ended.
 * @see https://wiki.debian.org/DebianBootstrap, botch-buildgraph2packages and the order that botch-native writes
 */
export function wavesBaseline(problem: Problem): Baseline {
  return {
    rule: plainRule(problem, fifoPriority(problem)),
    barrier: levels(problem.dag),
    exclusion: new Int32Array(problem.taskCount).fill(-1),
    isHeadBlocking: false,
    divide: asItIs,
  };
}

/**
 * OpenBSD's dpb: by the time of the build and of all that depends on it; into memory while the sum of what runs there allows, else
 * on disk at once.
 * @see https://man.openbsd.org/dpb
 */
export function dpbBaseline(problem: Problem): Baseline {
  return {
    rule: plainRule(problem, closureWork(problem.dag, shortestDurations(problem))),
    barrier: new Int32Array(problem.taskCount),
    exclusion: new Int32Array(problem.taskCount).fill(-1),
    isHeadBlocking: false,
    divide: asItIs,
  };
}

/**
 * FreeBSD's poudriere: the longest chain of packages behind it first, no times; two names that are listed as mutually exclusive
 * are never built at once.
 * @see https://github.com/freebsd/poudriere MUTUALLY_EXCLUSIVE_BUILD_PACKAGES in poudriere.conf
 */
export function poudriereBaseline(problem: Problem, facts: PolicyFacts): Baseline {
  return {
    rule: plainRule(problem, depthPriority(problem)),
    barrier: new Int32Array(problem.taskCount),
    exclusion: Int32Array.from(facts.isExclusive, (isExclusive) => (isExclusive === 1 ? 0 : -1)),
    isHeadBlocking: false,
    divide: asItIs,
  };
}

/** Everything may use the RAM disk; the most make jobs, one for a serial build. */
function plainRule(problem: Problem, priority: Float64Array): DispatchRule {
  return {
    priority,
    mayUseRamDisk: new Uint8Array(problem.taskCount).fill(1),
    makeJobs: Int32Array.from(problem.parallelFraction, (parallel) => (parallel === 0 ? 1 : MOST_JOBS)),
  };
}

/** No task stands in front of a barrier that something it needs stands behind. */
function settleBarriers({ needs, order }: Dag, barrier: Int32Array): Int32Array {
  const settled = Int32Array.from(barrier);
  for (const task of order) {
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++)
      settled[task] = Math.max(int32At(settled, task), int32At(settled, int32At(needs.target, edge)));
  }
  return settled;
}

function isSameGroup(problem: Problem, barrier: Int32Array, task: number, need: number): boolean {
  return barrier[task] === barrier[need] && problem.arch[task] === problem.arch[need];
}
