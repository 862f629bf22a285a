import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Mode, Problem } from '../../src/dispatch/problem.ts';

interface Placed {
  readonly task: number;
  readonly builder: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly demand: readonly number[];
}

/**
 * The least makespan of a tiny problem, by trying every order and every mode of every task: each active schedule comes from
 * one order by placing each task as early as it fits, and one of them is optimal (Sprecher, Kolisch, Drexl 1995).
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
      const readyMs = Math.max(0, ...needs.map((need) => need?.endMs ?? 0));
      for (const next of placements(problem, task, readyMs, placed))
        extend([...placed, next], Math.max(endMs, next.endMs));
    }
  };
  extend([], 0);
  return bestMs;
}

function placements(
  problem: Problem,
  task: number,
  readyMs: number,
  placed: readonly Placed[],
): readonly Placed[] {
  const modes: readonly Mode[] = ['ram', 'disk'];
  return problem.builders.flatMap((builder, index) => {
    if (builder.arch !== problem.arch[task]) return [];
    const capacity = [builder.slots, builder.ramDiskBytes, builder.memoryBytes];
    return modes.flatMap((mode) => {
      if (mode === 'ram' && builder.ramDiskBytes === 0) return [];
      const factor = mode === 'ram' ? 1 : problem.diskFactor;
      const durationMs = Math.ceil((at(problem.durationMs, task) * factor) / builder.speed);
      const inRam = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
      const demand = [1, inRam, inRam + at(problem.memoryBytes, task)];
      if (demand.some((amount, resource) => amount > at(capacity, resource))) return [];
      const others = placed.filter((other) => other.builder === index);
      const startMs = [readyMs, ...others.map((other) => other.endMs)]
        .filter((time) => time >= readyMs)
        .sort((a, b) => a - b)
        .find((time) => isFree(capacity, demand, others, time, time + durationMs));
      if (startMs === undefined) throw new Error('behind all others there is room');
      return { task, builder: index, startMs, endMs: startMs + durationMs, demand };
    });
  });
}

function isFree(
  capacity: readonly number[],
  demand: readonly number[],
  others: readonly Placed[],
  fromMs: number,
  toMs: number,
): boolean {
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
