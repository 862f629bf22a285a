import { at } from '../base/column.ts';
import type { BuilderLoad, Lack } from './builder-load.ts';
import { Demand } from './demand.ts';
import {
  allottedJobs,
  isAdmissible,
  modeDuration,
  type DispatchRule,
  type Mode,
  type Problem,
} from './problem.ts';

/** Why a ready task did not start: what is missing where it is likely to run. */
export interface Hold extends Lack {
  readonly task: number;
  /** Index into `Problem.builders`. */
  readonly builder: number;
  readonly mode: Mode;
  readonly makeJobs: number;
  /** When it is expected to start there, with nobody but those who wait for a slot before it. */
  readonly startMs: number;
}

const MODES: readonly Mode[] = ['ram', 'disk'];

/**
 * Why ready tasks of one architecture did not start in the round that has just ended: of the ways in which it can't start now, the
 * one that is expected to end first (ties: RAM before disk, then the order of the builders, then the fewest make jobs), or its
 * reservation.
 * @param loads of the builders of the architecture, in the order in which ties are broken
 * @param ready their tasks, by falling priority
 * @returns in the same order; tasks that fit no builder are left out. O(ready × builders × make jobs × running)
 */
export function findHolds(
  problem: Problem,
  rule: DispatchRule,
  loads: readonly BuilderLoad[],
  ready: readonly number[],
  nowMs: number,
): readonly Hold[] {
  const demand = new Demand();
  const waysOf = (task: number, load: BuilderLoad, mode: Mode): readonly Hold[] => {
    const { builder, index, reservation } = load;
    const isOpen = mode === 'disk' || rule.mayUseRamDisk[task] === 1;
    if (!isOpen || !isAdmissible(problem, task, builder, mode)) return [];
    const allotted = allottedJobs(rule, task, builder);
    return builder.makeJobs.flatMap((makeJobs) => {
      if (makeJobs > allotted) return [];
      const durationMs = modeDuration(problem, task, builder, mode, makeJobs);
      demand.setTask(problem, task, builder, mode, makeJobs);
      const lack = load.lack(nowMs + durationMs, demand);
      if (lack === undefined) return [];
      const isReserved = reservation?.task === task;
      const startMs = isReserved ? reservation.startMs : load.estimateStart(nowMs, durationMs, demand);
      return { task, builder: index, mode, makeJobs, startMs, ...lack };
    });
  };
  return ready.flatMap((task) => {
    const own = loads.find(({ reservation }) => reservation?.task === task);
    const ways = MODES.flatMap((mode) =>
      (own === undefined ? loads : [own]).flatMap((load) => waysOf(task, load, mode)),
    );
    const promised = ways.find(
      ({ mode, makeJobs }) => mode === own?.reservation?.mode && makeJobs === own.reservation.makeJobs,
    );
    return promised ?? firstToEnd(problem, ways) ?? [];
  });
}

function firstToEnd(problem: Problem, ways: readonly Hold[]): Hold | undefined {
  const endMs = ({ task, builder, mode, makeJobs, startMs }: Hold): number =>
    startMs + modeDuration(problem, task, at(problem.builders, builder), mode, makeJobs);
  let first: Hold | undefined;
  for (const way of ways) if (first === undefined || endMs(way) < endMs(first)) first = way;
  return first;
}
