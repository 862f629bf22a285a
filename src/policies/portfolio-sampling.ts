import { int32At } from '../base/cells.ts';
import { seededRandom, type Random } from '../base/random.ts';
import type { Schedule } from '../dispatch/problem.ts';
import { ANY_MODE, type BuildDecoder } from '../schedule/build-search/build-decoder.ts';
import { ListShaker } from '../schedule/build-search/list-shaker.ts';
import type { TaskList } from '../schedule/build-search/task-list.ts';

export interface SamplingOptions {
  readonly seed: number;
  /** Whether the budget allows for one more. */
  readonly mayGoOn: () => boolean;
  /** Lets the decoder make a schedule; whether it is better than all before. */
  readonly count: (make: () => number) => boolean;
}

/** Shifted in one step: this part of all tasks, but a few at least. */
const SHIFTED_PART = 0.02;
const LEAST_SHIFTED = 2;
/** Of the steps, those that also change modes. */
const MODE_CHANGES = 0.5;
/** Tasks that take the most of the RAM disk for the longest: only their modes matter. */
const HOGS = 24;
/** After so many steps without a better one the search starts again from the best. */
const PATIENCE = 12;

/**
 * Iterated local search from a schedule: shifts a few tasks in the list, sends a few large builds to disk or back to RAM, decodes the list by
 * the serial scheme, justifies, and goes on from there unless that is longer.
 * @see Lourenço, Martin, Stützle 2003, on iterated local search
 */
export function improveBySampling(decoder: BuildDecoder, from: Schedule, options: SamplingOptions): void {
  const random = seededRandom(options.seed);
  const { taskCount, dag } = decoder.problem;
  const shaker = new ListShaker(dag, random);
  const hogs = findHogs(decoder);
  decoder.load(from);
  let current = listOf(decoder);
  let best = current;
  let currentMs = from.makespanMs;
  let bestMs = currentMs;
  let idle = 0;
  const shiftCount = Math.max(LEAST_SHIFTED, Math.ceil(taskCount * SHIFTED_PART));
  while (options.mayGoOn()) {
    const next: TaskList = { order: current.order.slice(), wanted: current.wanted.slice() };
    for (let shift = 0; shift < shiftCount; shift++) shaker.shift(next, Math.floor(random() * taskCount));
    if (random() < MODE_CHANGES) changeModes(decoder, next, hogs, random);
    options.count(() => {
      decoder.forward(next.order, next.wanted);
      return decoder.justify();
    });
    const { makespanMs } = decoder;
    if (makespanMs <= currentMs) {
      current = { order: listOf(decoder).order, wanted: next.wanted };
      currentMs = makespanMs;
    }
    idle = makespanMs < bestMs ? 0 : idle + 1;
    if (makespanMs < bestMs) {
      best = current;
      bestMs = makespanMs;
    }
    if (idle > PATIENCE) {
      current = best;
      currentMs = bestMs;
      idle = 0;
    }
  }
}

/** The decoder's schedule as a list by start, all modes free. */
function listOf({ startMs, problem }: BuildDecoder): TaskList {
  const place = new Int32Array(problem.taskCount);
  problem.dag.order.forEach((task, index) => (place[task] = index));
  const order = Int32Array.from(startMs.keys()).sort(
    (a, b) => (startMs[a] ?? 0) - (startMs[b] ?? 0) || int32At(place, a) - int32At(place, b),
  );
  return { order, wanted: new Int32Array(problem.taskCount).fill(ANY_MODE) };
}

/** Tasks that have a choice, by what they would take of the RAM disk over time. */
function findHogs({ problem, modes }: BuildDecoder): readonly number[] {
  const { offset } = modes;
  const areaOf = (task: number): number =>
    (problem.ramDiskBytes[task] ?? 0) * (problem.durationMs[task] ?? 0);
  return [...problem.durationMs.keys()]
    .filter((task) => int32At(offset, task + 1) - int32At(offset, task) > 1)
    .sort((a, b) => areaOf(b) - areaOf(a) || a - b)
    .slice(0, HOGS);
}

function changeModes({ modes }: BuildDecoder, list: TaskList, hogs: readonly number[], random: Random): void {
  for (let change = 0; change < 2; change++) {
    const task = hogs[Math.floor(random() * hogs.length)];
    if (task === undefined) return;
    const first = int32At(modes.offset, task);
    const count = int32At(modes.offset, task + 1) - first;
    const draw = Math.floor(random() * (count + 1));
    list.wanted[task] = draw === count ? ANY_MODE : first + draw;
  }
}
