import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Builder, Mode, Problem } from '../../src/dispatch/problem.ts';

interface Placed {
  readonly task: number;
  readonly builder: number;
  readonly chroot: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly demand: readonly number[];
}

const MODES: readonly Mode[] = ['ram', 'disk'];

/**
 * The least makespan of a tiny problem, by trying every order and every mode of every task: each active schedule comes from
 * one order by placing each task as early as it fits, and one of them is optimal (Sprecher, Kolisch, Drexl 1995). Chroots are
 * tried one by one; builds that run already stay where they are. Infinity where some task fits no builder.
 */
export function optimalMakespan(problem: Problem): number {
  let bestMs = Infinity;
  const extend = (placed: readonly Placed[], endMs: number): void => {
    if (endMs >= bestMs) return;
    if (placed.length === problem.taskCount) {
      bestMs = endMs;
      return;
    }
    for (let task = 0; task < problem.taskCount; task++) {
      if (placed.some((other) => other.task === task)) continue;
      const needs = [...row(problem.dag.needs, task)].map((need) =>
        placed.find((other) => other.task === need),
      );
      if (needs.includes(undefined)) continue;
      const readyMs = Math.max(at(problem.releaseMs, task), ...needs.map((need) => need?.endMs ?? 0));
      for (const next of placements(problem, task, readyMs, placed))
        extend([...placed, next], Math.max(endMs, next.endMs));
    }
  };
  const running = problem.running.map((one): Placed => {
    return { ...one, demand: demandOf(problem, one.task, one.mode, one.makeJobs) };
  });
  extend(
    running,
    running.reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
  );
  return bestMs;
}

/** Slots, RAM disk where it is a budget, memory, cores, builds on disk. */
function capacityOf(builder: Builder): readonly number[] {
  const budget = builder.ramDiskChroots.length > 0 ? Infinity : builder.ramDiskBytes;
  return [builder.slots, budget, builder.memoryBytes, builder.cores, builder.diskSlots];
}

function demandOf(problem: Problem, task: number, mode: Mode, makeJobs: number): readonly number[] {
  const inRam = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
  return [1, inRam, inRam + at(problem.memoryBytes, task), makeJobs, mode === 'disk' ? 1 : 0];
}

function placements(
  problem: Problem,
  task: number,
  readyMs: number,
  placed: readonly Placed[],
): readonly Placed[] {
  return problem.builders.flatMap((builder, index) => {
    if (builder.arch !== problem.arch[task]) return [];
    const capacity = capacityOf(builder);
    const others = placed.filter((other) => other.builder === index);
    const ways = MODES.flatMap((mode) =>
      chrootsOf(problem, task, builder, mode).flatMap((chroot) =>
        builder.makeJobs.map((makeJobs) => ({ mode, chroot, makeJobs })),
      ),
    );
    return ways.flatMap(({ mode, chroot, makeJobs }) => {
      const durationMs = durationOf(problem, task, builder, mode, makeJobs);
      const demand = demandOf(problem, task, mode, makeJobs);
      if (demand.some((amount, resource) => amount > at(capacity, resource))) return [];
      const startMs = [readyMs, ...others.map((other) => other.endMs)]
        .filter((time) => time >= readyMs)
        .sort((a, b) => a - b)
        .find((time) => isFree(capacity, { demand, chroot }, others, time, time + durationMs));
      if (startMs === undefined) throw new Error('behind all others there is room');
      return { task, builder: index, chroot, startMs, endMs: startMs + durationMs, demand };
    });
  });
}

/** Where the task can be put: -1 is on disk, or on a RAM disk that is one budget. */
function chrootsOf(problem: Problem, task: number, builder: Builder, mode: Mode): readonly number[] {
  if (mode === 'disk') return [-1];
  if (builder.ramDiskBytes === 0) return [];
  if (builder.ramDiskChroots.length === 0) return [-1];
  return builder.ramDiskChroots.flatMap((size, chroot) =>
    size >= at(problem.ramDiskBytes, task) ? chroot : [],
  );
}

/** Amdahl's law, the disk's factor, the builder's speed; rounded up to whole ms. */
function durationOf(problem: Problem, task: number, builder: Builder, mode: Mode, makeJobs: number): number {
  const parallel = at(problem.parallelFraction, task);
  const time = (jobs: number): number => 1 - parallel + parallel / jobs;
  const speedUp = makeJobs === problem.durationJobs ? 1 : time(makeJobs) / time(problem.durationJobs);
  const factor = mode === 'ram' ? 1 : builder.diskFactor;
  return Math.max(1, Math.ceil((at(problem.durationMs, task) * speedUp * factor) / builder.speed));
}

function isFree(
  capacity: readonly number[],
  { demand, chroot }: { readonly demand: readonly number[]; readonly chroot: number },
  others: readonly Placed[],
  fromMs: number,
  toMs: number,
): boolean {
  if (
    chroot >= 0 &&
    others.some((other) => other.chroot === chroot && other.startMs < toMs && fromMs < other.endMs)
  )
    return false;
  // Use only rises where something starts.
  const instants = [
    fromMs,
    ...others.map((other) => other.startMs).filter((time) => time > fromMs && time < toMs),
  ];
  return instants.every((instant) =>
    capacity.every((limit, resource) => {
      const used = others
        .filter((other) => other.startMs <= instant && instant < other.endMs)
        .reduce((sum, other) => sum + at(other.demand, resource), 0);
      return used + at(demand, resource) <= limit;
    }),
  );
}
