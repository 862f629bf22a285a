import { at } from '../../../src/base/column.ts';
import { row } from '../../../src/base/csr.ts';
import {
  isAdmissible,
  memoryDemand,
  modeDuration,
  ramDiskDemand,
  type Mode,
  type Problem,
} from '../../../src/dispatch/problem.ts';

/** Where a task is built, but for slot and chroot: `chrootBytes` is the size of the chroot, or -1. */
export interface SlowPlace {
  readonly task: number;
  readonly builder: number;
  readonly mode: Mode;
  readonly makeJobs: number;
  readonly chrootBytes: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** The serial generation scheme as one would explain it: tries all places of a task at all instants at which something ends. */
export function slowSerial(problem: Problem, order: readonly number[]): readonly SlowPlace[] {
  const placed: SlowPlace[] = problem.running.map((one) => ({
    ...one,
    chrootBytes: at(problem.builders, one.builder).ramDiskChroots[one.chroot] ?? -1,
  }));
  for (const task of order) {
    if (placed.some((one) => one.task === task)) continue;
    placed.push(at(candidates(problem, placed, task).sort(compare(problem)), 0));
  }
  return placed;
}

function candidates(problem: Problem, placed: readonly SlowPlace[], task: number): SlowPlace[] {
  const readyMs = Math.max(
    at(problem.releaseMs, task),
    ...placed.filter((one) => row(problem.dag.needs, task).includes(one.task)).map(({ endMs }) => endMs),
  );
  return problem.builders.flatMap((builder, index) => {
    if (builder.arch !== problem.arch[task]) return [];
    const instants = [readyMs, ...placed.map(({ endMs }) => endMs)].filter((atMs) => atMs >= readyMs);
    return (['ram', 'disk'] as const)
      .filter((mode) => isAdmissible(problem, task, builder, mode))
      .flatMap((mode) => {
        const chroots =
          mode === 'disk' || builder.ramDiskChroots.length === 0
            ? [-1]
            : builder.ramDiskChroots.filter((size) => size >= at(problem.ramDiskBytes, task));
        return chroots.flatMap((chrootBytes) =>
          builder.makeJobs.map((makeJobs) => ({ mode, chrootBytes, makeJobs })),
        );
      })
      .flatMap((way) =>
        instants.map((startMs) => {
          const endMs = startMs + modeDuration(problem, task, builder, way.mode, way.makeJobs);
          return { task, builder: index, ...way, startMs, endMs };
        }),
      )
      .filter((one) => fits(problem, placed, one));
  });
}

/** Whether at the start and at every start of another build within it nothing is taken beyond what there is. */
function fits(problem: Problem, placed: readonly SlowPlace[], one: SlowPlace): boolean {
  const instants = [one, ...placed].map(({ startMs }) => startMs);
  return instants
    .filter((atMs) => atMs >= one.startMs && atMs < one.endMs)
    .every((atMs) => {
      const others = placed.filter(
        ({ builder, startMs, endMs }) => builder === one.builder && startMs <= atMs && endMs > atMs,
      );
      return hasRoom(problem, [...others, one], one.builder);
    });
}

function hasRoom(problem: Problem, builds: readonly SlowPlace[], index: number): boolean {
  const builder = at(problem.builders, index);
  const sum = (amount: (one: SlowPlace) => number): number =>
    builds.reduce((all, one) => all + amount(one), 0);
  const count = (isCounted: (one: SlowPlace) => boolean): number => builds.filter(isCounted).length;
  return (
    builds.length <= builder.slots &&
    count(({ mode }) => mode === 'disk') <= builder.diskSlots &&
    sum(({ makeJobs }) => makeJobs) <= builder.cores &&
    sum(({ task, mode }) => memoryDemand(problem, task, mode)) <= builder.memoryBytes &&
    sum(({ task, mode }) => ramDiskDemand(problem, task, mode)) <= builder.ramDiskBytes &&
    builder.ramDiskChroots.every(
      (size) =>
        count(({ chrootBytes }) => chrootBytes === size) <=
        builder.ramDiskChroots.filter((other) => other === size).length,
    )
  );
}

/** Earliest end, then the first class of builders, RAM before disk, the smaller chroot, the fewer jobs, the first builder. */
function compare(problem: Problem): (a: SlowPlace, b: SlowPlace) => number {
  const key = ({ endMs, builder, mode, chrootBytes, makeJobs }: SlowPlace): readonly number[] => {
    const like = { ...at(problem.builders, builder), name: '' };
    const first = problem.builders.findIndex(
      (other) => JSON.stringify({ ...other, name: '' }) === JSON.stringify(like),
    );
    return [endMs, first, mode === 'ram' ? 0 : 1, chrootBytes, makeJobs, builder];
  };
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    const place = left.findIndex((value, index) => value !== right[index]);
    return place < 0 ? 0 : at(left, place) - at(right, place);
  };
}
