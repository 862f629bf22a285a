import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { int32At } from '../base/cells.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo } from '../base/csr.ts';
import { DURATION_JOBS } from '../dispatch/parse-builder.ts';
import type { Builder, Problem } from '../dispatch/problem.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { sigmaBetween } from '../base/log-normal.ts';
import { toDag } from '../graph/dag.ts';
import { transitiveReduction } from '../graph/transitive-reduction.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';

const ramDiskSigma = (estimate: Estimate): number =>
  sigmaBetween(estimate.ramDiskMedianBytes, estimate.ramDiskUpperBytes);
const durationSigma = (estimate: Estimate): number =>
  sigmaBetween(estimate.durationMs, estimate.durationUpperMs);

/** A scheduling problem over the units that are built; task `t` is `units[t]`, and task ids follow unit ids. */
export interface UnitProblem {
  readonly problem: Problem;
  readonly units: readonly Unit[];
}

/**
 * The scheduling problem of the units that are built. Of what is kept, edges that follow from others are left out: what waits for
 * what stays the same, and all that comes after this has a sixtieth of the edges of a whole archive to go through.
 * @param isKept 0: the edge is cut; one cell an edge of `graph.needs`; what is kept has no cycle
 * @param estimates one a unit
 */
export function makeProblem(
  graph: UnitGraph,
  isKept: Uint8Array,
  estimates: readonly Estimate[],
  builders: readonly Builder[],
): UnitProblem {
  const { installability, universe, needs } = graph;
  const units = universe.units.filter((unit) => installability.unitBuilt[unit.id] === 1);
  const taskOf = new Int32Array(universe.units.length).fill(-1);
  units.forEach((unit, task) => {
    taskOf[unit.id] = task;
  });
  const reduced = transitiveReduction(needs, isKept);
  if (reduced === undefined) throw new Error('BUG: a cycle is left after the cut');
  const edges = new EdgeList();
  units.forEach((unit, task) => {
    const end = edgesTo(reduced, unit.id);
    for (let edge = edgesFrom(reduced, unit.id); edge < end; edge++)
      edges.push(task, int32At(taskOf, int32At(reduced.target, edge)));
  });
  const dag = toDag(buildCsr(units.length, edges));
  if (dag === undefined) throw new Error('BUG: a part of a graph without cycles has one');
  const own = units.map((unit) => at(estimates, unit.id));
  const column = (cell: (estimate: Estimate) => number): Float64Array => new Float64Array(own.map(cell));
  const problem: Problem = {
    taskCount: units.length,
    dag,
    builders,
    arch: units.map(({ target }) => target.buildArch ?? target.arch),
    durationMs: column((estimate) => estimate.durationMs),
    ramDiskBytes: column((estimate) => estimate.ramDiskBytes),
    memoryBytes: column((estimate) => estimate.memoryBytes),
    durationJobs: DURATION_JOBS,
    parallelFraction: column((estimate) => estimate.parallelFraction),
    releaseMs: new Float64Array(units.length),
    running: [],
    spread: {
      medianRamDiskBytes: column((estimate) => estimate.ramDiskMedianBytes),
      ramDiskSigma: column(ramDiskSigma),
      durationSigma: column(durationSigma),
    },
  };
  return { problem, units };
}
