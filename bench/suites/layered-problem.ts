import { buildCsr, EdgeList, toDag, type Builder, type Problem, type Random } from '../../src/internal.ts';
import { bareProblem } from './bare-problem.ts';

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
  return bareProblem(builder, {
    dag,
    durationMs: draw(300_000, 1.2),
    ramDiskBytes: draw(1.2 * GIB, 0.9),
    memoryBytes: draw(0.4 * GIB, 0.9),
  });
}

function lognormal(median: number, sigma: number, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
