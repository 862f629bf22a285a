import { at } from '../../base/column.ts';
import { float64At } from '../../base/cells.ts';
import {
  isAdmissible,
  memoryDemand,
  modeDuration,
  type Builder,
  type Mode,
  type Placement,
  type Problem,
} from '../../dispatch/problem.ts';
import { NumberList } from './number-list.ts';

/** One way to run a task: how long, where, and what it takes there. Builders that are alike stand for each other. */
export interface BuildModes {
  /** The tasks of one architecture that can run, ascending: one row each. */
  readonly tasks: Int32Array;
  /** The modes of row `r` are `offset[r] .. offset[r + 1]`. */
  readonly offset: Int32Array;
  /** One cell a mode: all that follow. */
  readonly durationMs: Float64Array;
  /** Index into `Problem.builders`. */
  readonly builder: Float64Array;
  /** 1: in RAM. */
  readonly isRam: Float64Array;
  readonly makeJobs: Float64Array;
  /** What it keeps from others of the RAM disk: its footprint, or the smallest chroot that holds it. */
  readonly ramDiskBytes: Float64Array;
  readonly memoryBytes: Float64Array;
}

const MODES: readonly Mode[] = ['ram', 'disk'];

/**
 * The modes of all tasks of an architecture. A build that runs already has one: what it holds until its end.
 * O(tasks × kinds of builders × make jobs)
 */
export function buildModes(problem: Problem, arch: string): BuildModes {
  const tasks: number[] = [];
  const offset: number[] = [0];
  const columns = new ModeColumns(problem);
  const builders = distinctBuilders(problem, arch);
  const runningOf = new Map(problem.running.map((placement) => [placement.task, placement]));
  for (let task = 0; task < problem.taskCount; task++) {
    if (problem.arch[task] !== arch) continue;
    const running = runningOf.get(task);
    if (running === undefined) addModes(problem, task, builders, columns);
    else addRunning(problem, running, columns);
    if (columns.size === offset.at(-1)) continue;
    tasks.push(task);
    offset.push(columns.size);
  }
  return { tasks: Int32Array.from(tasks), offset: Int32Array.from(offset), ...columns.close() };
}

/** Of builders that are the same but for their names and their disk slots, the first. */
function distinctBuilders(problem: Problem, arch: string): readonly number[] {
  const firstOf = new Map<string, number>();
  problem.builders.forEach((builder, index) => {
    if (builder.arch !== arch) return;
    const { speed, diskFactor, ramDiskBytes, ramDiskChroots, memoryBytes, makeJobs } = builder;
    const kind = [speed, diskFactor, ramDiskBytes, ramDiskChroots, memoryBytes, makeJobs];
    const key = `${kind.map(String).join(';')};${builder.diskSlots > 0 ? 'disk' : ''};${builder.cores}`;
    if (!firstOf.has(key)) firstOf.set(key, index);
  });
  return [...firstOf.values()];
}

function addModes(problem: Problem, task: number, builders: readonly number[], columns: ModeColumns): void {
  for (const index of builders) {
    const builder = at(problem.builders, index);
    for (const mode of MODES) {
      if (!isAdmissible(problem, task, builder, mode)) continue;
      let shortestMs = Infinity;
      for (const jobs of builder.makeJobs) {
        const durationMs = modeDuration(problem, task, builder, mode, jobs);
        // More make jobs that save nothing only take cores.
        if (durationMs >= shortestMs) continue;
        shortestMs = durationMs;
        columns.add(task, index, mode, jobs, durationMs);
      }
    }
  }
}

function addRunning(problem: Problem, running: Placement, columns: ModeColumns): void {
  const { task, builder, mode, makeJobs, chroot, endMs } = running;
  columns.add(task, builder, mode, makeJobs, endMs, at(problem.builders, builder).ramDiskChroots[chroot]);
}

/** Columns that grow. */
class ModeColumns {
  readonly #problem: Problem;
  readonly #durationMs = new NumberList();
  readonly #builder = new NumberList();
  readonly #isRam = new NumberList();
  readonly #makeJobs = new NumberList();
  readonly #ramDiskBytes = new NumberList();
  readonly #memoryBytes = new NumberList();

  constructor(problem: Problem) {
    this.#problem = problem;
  }

  get size(): number {
    return this.#durationMs.size;
  }

  add(
    task: number,
    index: number,
    mode: Mode,
    makeJobs: number,
    durationMs: number,
    chrootBytes?: number,
  ): void {
    const builder = at(this.#problem.builders, index);
    const footprint = mode === 'ram' ? float64At(this.#problem.ramDiskBytes, task) : 0;
    this.#durationMs.push(durationMs);
    this.#builder.push(index);
    this.#isRam.push(mode === 'ram' ? 1 : 0);
    this.#makeJobs.push(makeJobs);
    this.#ramDiskBytes.push(mode === 'ram' ? (chrootBytes ?? heldBytes(builder, footprint)) : 0);
    this.#memoryBytes.push(memoryDemand(this.#problem, task, mode));
  }

  close(): Omit<BuildModes, 'tasks' | 'offset'> {
    return {
      durationMs: this.#durationMs.column(),
      builder: this.#builder.column(),
      isRam: this.#isRam.column(),
      makeJobs: this.#makeJobs.column(),
      ramDiskBytes: this.#ramDiskBytes.column(),
      memoryBytes: this.#memoryBytes.column(),
    };
  }
}

/** A chroot is held whole: the smallest that is large enough, at least. */
function heldBytes({ ramDiskChroots }: Builder, footprintBytes: number): number {
  if (ramDiskChroots.length === 0) return footprintBytes;
  return ramDiskChroots.findLast((size) => size >= footprintBytes) ?? footprintBytes;
}
