import type { Bench } from 'tinybench';
import {
  BuildDecoder,
  buildCsr,
  criticalChain,
  dispatchRule,
  EdgeList,
  listSchedule,
  lowerBound,
  type Problem,
  type Random,
  seededRandom,
  shortestDurations,
  tails,
  toDag,
  verifySchedule,
  withoutSpread,
} from '../src/internal.ts';

const GIB = 2 ** 30;
const LAYERS = 20;
const NEEDS_PER_TASK = 7;

interface Shape {
  readonly slots: number;
  readonly ramDiskGib: number;
  readonly diskFactor: number;
}

const ROOMY: Shape = { slots: 32, ramDiskGib: 512, diskFactor: 1.35 };
const TIGHT: Shape = { slots: 32, ramDiskGib: 16, diskFactor: 1.35 };
const SLOW_DISK: Shape = { slots: 32, ramDiskGib: 32, diskFactor: 3 };

/** Adds the benches of scheduling: layered random graphs from a platform to the whole archive, RAM plenty or scarce. */
export async function scheduleBench(bench: Bench): Promise<void> {
  for (const [name, shape] of [
    ['RAM for all', ROOMY],
    ['16 GiB of RAM disk', TIGHT],
    ['32 GiB, slow disk', SLOW_DISK],
  ] as const) {
    for (const taskCount of [1000, 10_000, 35_000]) {
      const problem = layeredProblem(taskCount, shape, seededRandom(7));
      const rule = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
      bench.add(`list schedule, ${taskCount} tasks, ${name}`, () => {
        listSchedule(problem, rule);
      });
    }
  }
  for (const taskCount of [350, 2000, 35_000]) {
    const shape: Shape = taskCount === 35_000 ? ROOMY : { ...TIGHT, slots: 8 };
    addDecoder(bench, layeredProblem(taskCount, shape, seededRandom(7)));
  }
  addChecks(bench, layeredProblem(35_000, TIGHT, seededRandom(7)));
  await Promise.resolve();
}

/** One pass each, in exact ms and bytes: of the serial generation scheme that chooses the modes, of one with given modes, of justification. */
function addDecoder(bench: Bench, problem: Problem): void {
  const tailMs = tails(problem.dag, shortestDurations(problem));
  const order = Int32Array.from(tailMs.keys()).sort((a, b) => (tailMs[b] ?? 0) - (tailMs[a] ?? 0) || a - b);
  const decoder = new BuildDecoder(problem);
  decoder.forward(order);
  const modes = decoder.mode.slice();
  const name = `${problem.taskCount} tasks: serial schedule`;
  bench
    .add(`${name}, any modes`, () => {
      decoder.forward(order);
    })
    .add(`${name}, given modes`, () => {
      decoder.forward(order, modes);
    })
    .add(`${problem.taskCount} tasks: justification, right and left`, () => {
      decoder.justifyRight();
      decoder.justifyLeft();
    });
}

function addChecks(bench: Bench, problem: Problem): void {
  const rule = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
  const schedule = listSchedule(problem, rule);
  bench
    .add('35000 tasks: tails', () => {
      tails(problem.dag, shortestDurations(problem));
    })
    .add('35000 tasks: lower bounds', () => {
      lowerBound(problem);
    })
    .add('35000 tasks: verify', () => {
      verifySchedule(problem, schedule);
    })
    .add('35000 tasks: critical chain', () => {
      criticalChain(problem, schedule);
    });
}

/** Tasks in layers, needs in any earlier layer; durations, footprints and memory lognormal, as builds are. */
function layeredProblem(taskCount: number, shape: Shape, random: Random): Problem {
  const layerSize = Math.ceil(taskCount / LAYERS);
  const edges = new EdgeList();
  for (let task = layerSize; task < taskCount; task++) {
    const layerStart = Math.floor(task / layerSize) * layerSize;
    const needCount = Math.floor(random() * (2 * NEEDS_PER_TASK + 1));
    for (let need = 0; need < needCount; need++) edges.push(task, Math.floor(random() * layerStart));
  }
  const dag = toDag(buildCsr(taskCount, edges));
  if (dag === undefined) throw new Error('BUG: layers have no cycles');
  const draw = (median: number, sigma: number): Float64Array =>
    Float64Array.from({ length: taskCount }, () => Math.ceil(lognormal(median, sigma, random)));
  return {
    taskCount,
    dag,
    builders: [
      {
        name: 'builder',
        arch: 'amd64',
        slots: shape.slots,
        ramDiskBytes: shape.ramDiskGib * GIB,
        ramDiskChroots: [],
        memoryBytes: Infinity,
        diskSlots: shape.slots,
        diskFactor: shape.diskFactor,
        cores: Infinity,
        makeJobs: [4],
        speed: 1,
      },
    ],
    arch: Array.from<string>({ length: taskCount }).fill('amd64'),
    durationMs: draw(300_000, 1.2),
    ramDiskBytes: draw(1.2 * GIB, 0.9),
    memoryBytes: draw(0.4 * GIB, 0.9),
    durationJobs: 4,
    parallelFraction: new Float64Array(taskCount).fill(0.8),
    releaseMs: new Float64Array(taskCount),
    running: [],
    spread: withoutSpread(new Float64Array(taskCount)),
  };
}

function lognormal(median: number, sigma: number, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
