import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Location } from '../base/diagnostic.ts';
import { Explainer, formatReason, type ChainLink, type Strength } from './explain.ts';
import { whyGivenUp, type GivenUp, type SettledGraph } from './given-up.ts';
import type { UnitGraph } from './unit-graph.ts';

export const GRAPH_SCHEMA = 'debplan/graph@1';

/** The graph as a document: what `debplan graph --format json` prints. */
export interface GraphDocument {
  readonly schema: typeof GRAPH_SCHEMA;
  /** Sorted by id. */
  readonly units: readonly GraphUnit[];
  /** Sorted by `from`, then `to`. */
  readonly edges: readonly GraphEdge[];
}

export interface GraphUnit {
  /** The unit's key: `hello_2.10-3/arm64`. */
  readonly id: string;
  readonly source: string;
  readonly version: string;
  readonly target: { readonly arch: string; readonly kind: string; readonly profiles: readonly string[] };
  readonly layer?: string;
  readonly buildType?: string;
}

/** `from` waits for `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `soft`: a binary that exists serves if need be. */
  readonly strength: Strength;
  /** The reason as one line. */
  readonly reason: string;
  readonly field: string;
  readonly relation: string;
  readonly location?: Location;
  /** From the binary that satisfies `relation` to the one that `to` builds. */
  readonly chain: readonly ChainLink[];
  /** The existing binary that serves, for a soft edge. */
  readonly servedBy?: string;
  /** `to` belongs to a later layer than `from`. */
  readonly isLater: boolean;
  /** Whether the plan makes `from` wait for `to`; missing where nothing tells of a plan. */
  readonly isHonoured?: boolean;
  /** Why it doesn't. */
  readonly givenUp?: GivenUp;
}

/** What a plan makes of the graph. */
type Planned = Pick<SettledGraph, 'planned' | 'cut'>;

/**
 * Every unit and every edge at once. A whole archive has millions of edges: take `graphEdges` one by one there.
 * @example
 * const packages = [{ path: 'amd64.Packages', arch: 'amd64' }];
 * const request = { paths: ['tree'], packages, apt: false, architectures: ['amd64'], suite: undefined };
 * const inputs = await readInputs(request);
 * const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 2 ** 30 };
 * const options = resolveAnalyseOptions({ layers: ['base', 'runtime', 'apps'] }, machine);
 * const { analysis } = analyseInputs(inputs, options);
 * const { units, edges } = makeGraphDocument(analysis.graph);
 * edges.length > units.length; // → true
 */
export function makeGraphDocument(graph: UnitGraph, settled?: Planned): GraphDocument {
  return { schema: GRAPH_SCHEMA, units: [...graphUnits(graph)], edges: [...graphEdges(graph, settled)] };
}

/** Every unit that could be built, made when asked for. */
export function* graphUnits(graph: UnitGraph): Generator<GraphUnit> {
  for (const { key, source, version, target } of graph.universe.units) {
    yield {
      id: key,
      source: source.name,
      version,
      target,
      ...(source.layer === undefined ? {} : { layer: source.layer }),
      ...(source.buildType === undefined ? {} : { buildType: source.buildType }),
    };
  }
}

/**
 * Every edge with its reason, made when asked for: only those of one unit are in memory at a time. A unit that needs
 * itself has an edge to itself. O(units × install set)
 * @param settled tells which edges the plan honours; left out: no edge tells
 */
export function* graphEdges(graph: UnitGraph, settled?: Planned): Generator<GraphEdge> {
  const { units } = graph.universe;
  const explainer = new Explainer(graph);
  for (const unit of units) {
    const needs: number[] = graph.needsItself[unit.id] === 1 ? [unit.id] : [];
    for (let edge = edgesFrom(graph.needs, unit.id); edge < edgesTo(graph.needs, unit.id); edge++) {
      needs.push(at(graph.needs.target, edge));
    }
    if (needs.length === 0) continue;
    const reasons = explainer.explainNeeds(unit.id);
    for (const need of needs.sort((a, b) => a - b)) {
      const reason = reasons.get(need);
      if (reason === undefined)
        throw new Error(`BUG: no reason why ${unit.key} waits for unit ${String(need)}`);
      yield {
        from: unit.key,
        to: at(units, need).key,
        strength: reason.strength,
        reason: formatReason(reason),
        field: reason.field,
        relation: reason.relation,
        ...(reason.location === undefined ? {} : { location: reason.location }),
        chain: reason.chain,
        ...(reason.servedBy === undefined ? {} : { servedBy: reason.servedBy }),
        isLater: reason.isLater,
        ...(settled === undefined ? {} : describeHonour(whyGivenUp(settled, unit.id, need))),
      };
    }
  }
}

function describeHonour(givenUp: GivenUp | undefined): Pick<GraphEdge, 'isHonoured' | 'givenUp'> {
  return givenUp === undefined ? { isHonoured: true } : { isHonoured: false, givenUp };
}
