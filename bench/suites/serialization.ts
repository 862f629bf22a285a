import {
  buildCsr,
  dispatchRule,
  EdgeList,
  listSchedule,
  lowerBound,
  seededRandom,
  shortestDurations,
  tails,
  toDag,
  type Builder,
  type Problem,
} from '../../src/internal.ts';
import { bareProblem } from './bare-problem.ts';
import type { BenchCase, Suite } from './suite.ts';

const GIB = 2 ** 30;
const SMALL_COUNT = 400;
const LARGE_COUNT = 12;
const SLOTS = 16;

/** As budgets, and one as fixed chroots: as many bytes, but a large one and many small ones. */
const SHAPES: readonly (readonly [string, number, readonly number[]])[] = [
  ['40 GiB', 40, []],
  ['64 GiB', 64, []],
  ['96 GiB', 96, []],
  ['40 GiB + 11 × 5 GiB', 95, [40, ...Array.from({ length: 11 }, () => 5)]],
  ['128 GiB', 128, []],
  ['512 GiB', 512, []],
];

/**
 * Many small packages and several large ones, no two of which fit into the RAM disk together, all ready at once: how the time to
 * make the schedule, and the makespan over the lower bound (in the name of each case), change with the size of the RAM disk.
 */
export const serializationSuite: Suite = {
  what: `${LARGE_COUNT} large builds that exclude each other and ${SMALL_COUNT} small ones: makespan over the bound, by RAM disk`,
  largest: '400',
  cases: () =>
    DISKS.flatMap(([disk, diskFactor]) =>
      SHAPES.map(([name, ramDiskGib, chrootsGib]): BenchCase => {
        const problem = crowd(ramDiskGib, chrootsGib, diskFactor);
        const rule = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
        const { makespanMs } = listSchedule(problem, rule);
        const ratio = makespanMs / lowerBound(problem).lowerBoundMs;
        return {
          name: `${name}, ${disk}: ${ratio.toFixed(3)} × bound`,
          prepare: () => () => listSchedule(problem, rule),
        };
      }),
    ),
};

const DISKS = [
  ['disk × 1.35', 1.35],
  ['disk × 10', 10],
] as const;

function crowd(ramDiskGib: number, chrootsGib: readonly number[], diskFactor: number): Problem {
  const taskCount = LARGE_COUNT + SMALL_COUNT;
  const random = seededRandom(3);
  const dag = toDag(buildCsr(taskCount, new EdgeList()));
  if (dag === undefined) throw new Error('BUG: no needs have no cycles');
  const draw = (large: readonly [number, number], small: readonly [number, number]): Float64Array =>
    Float64Array.from({ length: taskCount }, (_, task) => {
      const [least, most] = task < LARGE_COUNT ? large : small;
      return Math.ceil(least + (most - least) * random());
    });
  const builder: Builder = {
    name: 'builder',
    arch: 'amd64',
    slots: SLOTS,
    ramDiskBytes: ramDiskGib * GIB,
    ramDiskChroots: chrootsGib.map((size) => size * GIB),
    memoryBytes: Infinity,
    diskSlots: SLOTS,
    diskFactor,
    cores: Infinity,
    makeJobs: [4],
    speed: 1,
  };
  return bareProblem(builder, {
    dag,
    durationMs: draw([1_800_000, 5_400_000], [60_000, 1_200_000]),
    ramDiskBytes: draw([21 * GIB, 39 * GIB], [0.5 * GIB, 5 * GIB]),
    memoryBytes: new Float64Array(taskCount),
  });
}
