import { at } from '../base/column.ts';
import { buildCsr, EdgeList, row } from '../base/csr.ts';
import { toDag, type Dag } from '../graph/dag.ts';
import type { Plan, PlanBreak } from '../plan/plan.ts';
import { planBuilds, type PlanBuild } from './plan-builds.ts';
import { reduceNeeds } from './reduce-needs.ts';
import { labelUnit, nameUnits } from './summary/unit-names.ts';

/** A plan as a graph: who waits for whom, without what follows from the rest. */
export interface PlanGraph {
  /** By start, ties by id; `build.number` is the index + 1. */
  readonly nodes: readonly GraphNode[];
  /** The transitive reduction; by the node that waits, then by the one it waits for. */
  readonly needs: readonly GraphNeed[];
  /** What is not waited for though it is in the plan; in the plan's order. */
  readonly breaks: readonly GraphBreak[];
  /** The same as rows. */
  readonly dag: Dag;
}

export interface GraphNode {
  readonly build: PlanBuild;
  /** As short as the plan allows: `linux/amd64`. */
  readonly label: string;
  /** What it runs on. */
  readonly arch: string;
}

/** `from` waits for `to`; both are indexes of nodes. */
export interface GraphNeed {
  readonly from: number;
  readonly to: number;
}

export interface GraphBreak {
  readonly from: number;
  readonly to: number;
  readonly about: PlanBreak;
}

/** O(n log n), and the cost of `reduceNeeds` */
export function makePlanGraph(plan: Plan): PlanGraph {
  const names = nameUnits(plan);
  const nodes = planBuilds(plan).map((build) => ({
    build,
    label: labelUnit(build.task.id, names, plan),
    arch: build.task.buildArch ?? build.target.arch,
  }));
  const indexOf = new Map(nodes.map(({ build }, index) => [build.task.id, index]));
  const dag = makeDag(nodes, indexOf);
  const needs = nodes.flatMap((_, from) =>
    Array.from(row(dag.needs, from), (to): GraphNeed => ({ from, to })),
  );
  const breaks = plan.breaks.flatMap((about) => {
    const [from, to] = [indexOf.get(about.from), indexOf.get(about.to)];
    return from === undefined || to === undefined ? [] : [{ from, to, about }];
  });
  return { nodes, needs, breaks, dag };
}

/** Of each node the ids of what it waits for, without what follows from the rest. */
export function needIds({ nodes, needs }: PlanGraph): readonly (readonly string[])[] {
  const ids: string[][] = nodes.map(() => []);
  for (const { from, to } of needs) ids[from]?.push(at(nodes, to).build.task.id);
  return ids;
}

function makeDag(nodes: readonly GraphNode[], indexOf: ReadonlyMap<string, number>): Dag {
  const given = nodes.map(({ build }) => build.task.needs.flatMap((need) => indexOf.get(need) ?? []));
  const edges = new EdgeList();
  for (const [from, row] of reduceNeeds(given).entries()) for (const to of row) edges.push(from, to);
  const dag = toDag(buildCsr(nodes.length, edges));
  if (dag === undefined) throw new Error('BUG: a part of a graph without cycles has one');
  return dag;
}
