import { at } from '../../base/column.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import { LATER, type UnitGraph } from '../../graph/unit-graph.ts';
import type { CyclesComponent, CyclesEdge } from './cycles-document.ts';
import { EdgeDescriber } from './describe-edge.ts';

/** A component as a picture shows it. */
export interface ComponentDrawing {
  /** Keys, sorted. */
  readonly units: readonly string[];
  /** Sorted by `from`, then `to`. */
  readonly edges: readonly DrawnEdge[];
  /** How many units and edges are not drawn. */
  readonly unitsLeftOut: number;
  readonly edgesLeftOut: number;
}

export interface DrawnEdge extends Pick<CyclesEdge, 'from' | 'to' | 'strength' | 'field' | 'relation'> {
  /** Given up to open cycles. */
  readonly isCut: boolean;
}

/** A picture of more edges shows nothing: then those of the short cycles are drawn alone. */
const MOST_EDGES = 300;

/**
 * The edges of a component with their relations and whether they are given up; of a large one only those of its short cycles.
 * @param graph that the component is of
 */
export function drawComponent(graph: UnitGraph, component: CyclesComponent): ComponentDrawing {
  const cut = new Set(
    component.breaks.flatMap(({ strategy, edges }) =>
      strategy === 'none' ? [] : edges.map(({ from, to }) => `${from} ${to}`),
    ),
  );
  const edges = component.edgeCount > MOST_EDGES ? edgesOfCycles(component) : allEdges(graph, component);
  const units = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort();
  return {
    units,
    edges: edges.map(({ from, to, strength, field, relation }) => {
      return { from, to, strength, field, relation, isCut: cut.has(`${from} ${to}`) };
    }),
    unitsLeftOut: component.units.length - units.length,
    edgesLeftOut: component.edgeCount - edges.length,
  };
}

function edgesOfCycles({ cycles }: CyclesComponent): readonly CyclesEdge[] {
  const edges = new Map(
    cycles.flatMap((cycle) => cycle.edges.map((edge) => [`${edge.from} ${edge.to}`, edge] as const)),
  );
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

function allEdges(graph: UnitGraph, { units: keys }: CyclesComponent): readonly CyclesEdge[] {
  const { universe, needs, edgeFlags, needsItself } = graph;
  const describer = new EdgeDescriber(graph);
  const wanted = new Set(keys);
  const members = universe.units.filter(({ key }) => wanted.has(key)).map(({ id }) => Number(id));
  const inside = new Set(members);
  return members.flatMap((unit) => {
    const found = needsItself[unit] === 1 ? [unit] : [];
    for (let edge = edgesFrom(needs, unit); edge < edgesTo(needs, unit); edge++) {
      const need = at(needs.target, edge);
      if (inside.has(need) && (at(edgeFlags, edge) & LATER) === 0) found.push(need);
    }
    return found.sort((a, b) => a - b).map((need) => describer.describe(unit, need));
  });
}
