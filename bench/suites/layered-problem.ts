import {
  buildCsr,
  EdgeList,
  toDag,
  withoutSpread,
  type Builder,
  type Problem,
  type Random,
} from '../../src/internal.ts';

const GIB = 2 ** 30;
const LAYERS = 20;
const NEEDS_PER_TASK = 7;

/** Tasks in layers, needs in any earlier layer; durations, footprints and memory lognormal, as builds are. */
export function layeredProblem(taskCount: number, builder: Builder, random: Random): Problem {
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
    builders: [builder],
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
