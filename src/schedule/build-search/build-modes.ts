import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import {
  isAdmissible,
  memoryDemand,
  modeDuration,
  ramDiskDemand,
  type Mode,
  type Problem,
} from '../../dispatch/problem.ts';
import { builderClasses, SLOTS, type BuilderClass } from './builder-classes.ts';

/**
 * The ways in which each task can be built: class of builders × RAM or disk × size of the chroot × make jobs. Columns have one
 * cell a mode. Modes that another beats in every respect are left out.
 */
export interface BuildModes {
  readonly classes: readonly BuilderClass[];
  /** The modes of task `t` are `offset[t] .. offset[t + 1]`, RAM before disk, small chroots and few jobs first. Length tasks + 1. */
  readonly offset: Int32Array;
  /** Index into `classes`. */
  readonly classOf: Int32Array;
  /** 1: in RAM. */
  readonly isRam: Uint8Array;
  readonly makeJobs: Int32Array;
  /** Index into the class's `chrootSizes`; -1: in none. */
  readonly chrootSize: Int32Array;
  readonly durationMs: Float64Array;
  /** Row `m`, `demandWidth` cells, is what mode `m` takes of its class's resources. */
  readonly demand: Float64Array;
  readonly demandWidth: number;
}

interface Way {
  readonly classIndex: number;
  readonly mode: Mode;
  readonly makeJobs: number;
  readonly chrootSize: number;
  readonly durationMs: number;
}

/** @returns a task that no builder can run has no modes. O(tasks × modes of a task) */
export function buildModes(problem: Problem): BuildModes {
  const classes = builderClasses(problem.builders);
  const demandWidth = Math.max(1, ...classes.map(({ capacities }) => capacities.length));
  const offset = new Int32Array(problem.taskCount + 1);
  const ways: Way[] = [];
  for (let task = 0; task < problem.taskCount; task++) {
    classes.forEach((one, classIndex) => {
      if (one.builder.arch === problem.arch[task]) addWays(problem, task, one, classIndex, ways);
    });
    offset[task + 1] = ways.length;
  }
  const demand = new Float64Array(ways.length * demandWidth);
  const fillOne = (task: number, way: Way, row: Float64Array): void => {
    fillDemand(problem, task, at(classes, way.classIndex), way, row);
  };
  for (let task = 0; task < problem.taskCount; task++) {
    for (let mode = int32At(offset, task); mode < int32At(offset, task + 1); mode++)
      fillOne(task, at(ways, mode), demand.subarray(mode * demandWidth));
  }
  return {
    classes,
    offset,
    classOf: Int32Array.from(ways, ({ classIndex }) => classIndex),
    isRam: Uint8Array.from(ways, ({ mode }) => (mode === 'ram' ? 1 : 0)),
    makeJobs: Int32Array.from(ways, ({ makeJobs }) => makeJobs),
    chrootSize: Int32Array.from(ways, ({ chrootSize }) => chrootSize),
    durationMs: Float64Array.from(ways, ({ durationMs }) => durationMs),
    demand,
    demandWidth,
  };
}

/** The mode of a task that a placement stands for: the same, or the one that beats it. @throws a 'BUG: …' error when there is none */
export function modeOf(
  modes: BuildModes,
  task: number,
  builder: number,
  mode: Mode,
  makeJobs: number,
  chrootBytes: number,
): number {
  let found = -1;
  for (let index = int32At(modes.offset, task); index < int32At(modes.offset, task + 1); index++) {
    const { members, chrootSizes } = at(modes.classes, int32At(modes.classOf, index));
    if (!members.includes(builder) || (modes.isRam[index] === 1) !== (mode === 'ram')) continue;
    const size = int32At(modes.chrootSize, index);
    if (size >= 0 && at(chrootSizes, size) !== chrootBytes) continue;
    if (int32At(modes.makeJobs, index) === makeJobs) return index;
    found = index;
  }
  if (found < 0) throw new Error(`BUG: task ${task} can't be built on builder ${builder} in mode ${mode}`);
  return found;
}

function addWays(problem: Problem, task: number, one: BuilderClass, classIndex: number, ways: Way[]): void {
  const { builder, chrootSizes } = one;
  const add = (mode: Mode, chrootSize: number): void => {
    let leastMs = Infinity;
    const choices: Way[] = [];
    for (const makeJobs of builder.makeJobs) {
      const durationMs = modeDuration(problem, task, builder, mode, makeJobs);
      if (durationMs >= leastMs) continue;
      leastMs = durationMs;
      choices.push({ classIndex, mode, makeJobs, chrootSize, durationMs });
    }
    // Where processors can't run short, the shortest beats the others.
    ways.push(...(one.cores < 0 ? choices.slice(-1) : choices));
  };
  if (isAdmissible(problem, task, builder, 'ram')) {
    if (chrootSizes.length === 0) add('ram', -1);
    chrootSizes.forEach((size, index) => {
      if (size >= ramDiskDemand(problem, task, 'ram')) add('ram', index);
    });
  }
  if (isAdmissible(problem, task, builder, 'disk')) add('disk', -1);
}

/**
 * Fills in what a task takes of each resource of a class, where it takes something.
 * @param way how it is built; `chrootSize` is an index into the class's `chrootSizes`, or -1
 */
export function fillDemand(
  problem: Problem,
  task: number,
  one: BuilderClass,
  way: Pick<Way, 'mode' | 'makeJobs' | 'chrootSize'>,
  demand: Float64Array,
): void {
  const { mode, makeJobs, chrootSize } = way;
  demand[SLOTS] = 1;
  if (one.diskSlots >= 0 && mode === 'disk') demand[one.diskSlots] = 1;
  if (one.cores >= 0) demand[one.cores] = makeJobs;
  if (one.memory >= 0) demand[one.memory] = memoryDemand(problem, task, mode);
  if (one.ramDisk >= 0) demand[one.ramDisk] = ramDiskDemand(problem, task, mode);
  if (chrootSize >= 0) demand[one.chroots + chrootSize] = 1;
}

/** How many modes the task has. */
export function modeCount({ offset }: BuildModes, task: number): number {
  return int32At(offset, task + 1) - int32At(offset, task);
}
