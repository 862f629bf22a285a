import fc from 'fast-check';
import { buildUniverse } from '../../src/archive/build-universe.ts';
import { buildCsr, EdgeList, type Csr } from '../../src/base/csr.ts';
import { DIRECT, HARD, LATER, type UnitGraph } from '../../src/graph/unit-graph.ts';
import { computeInstallability } from '../../src/resolve/installability.ts';
import { optionsOf } from './texts.ts';

/** An edge of a graph that comes from nowhere: `from` waits for `to`. */
export interface NeedsEdge {
  readonly from: number;
  readonly to: number;
  /** Bits of `UnitGraph.edgeFlags`. */
  readonly flags: number;
}

export interface NeedsGraph {
  readonly nodeCount: number;
  /** Sorted by `from`, then `to`; none twice, no loops. */
  readonly edges: readonly NeedsEdge[];
  /** Nodes that can't be built without a binary of their own. */
  readonly needsItself: readonly number[];
}

/** Rows of `needs` from pairs. */
export function csrOf(
  nodeCount: number,
  edges: Iterable<{ readonly from: number; readonly to: number }>,
): Csr {
  const list = new EdgeList();
  for (const { from, to } of edges) list.push(from, to);
  return buildCsr(nodeCount, list);
}

/** A unit graph without units: what the cycle stage looks at is all there. */
export function unitGraphOf({ nodeCount, edges, needsItself }: NeedsGraph): UnitGraph {
  const options = {
    ...optionsOf(),
    indexedArchitectures: [],
    counts: () => true,
    needsBuildEssential: false,
  };
  const universe = buildUniverse([], [], [], options, () => undefined);
  const itself = new Uint8Array(nodeCount);
  for (const node of needsItself) itself[node] = 1;
  return {
    universe,
    installability: computeInstallability(universe, new Uint8Array(0)),
    depth: 'install',
    waitsForImplicit: false,
    needs: csrOf(nodeCount, edges),
    edgeFlags: Uint8Array.from(edges, (edge) => edge.flags),
    needsItself: itself,
    needsLater: new Int32Array(nodeCount),
    chosen: new Int32Array(0),
  };
}

export interface GraphShape {
  readonly most: number;
  /** Hard edges form no cycle: they point to lower ranks of a hidden order. */
  readonly isBreakable: boolean;
}

/** Any small graph; flags are drawn so that later edges are soft, as in the real one. */
export function needsGraph(shape: GraphShape): fc.Arbitrary<NeedsGraph> {
  // Without bias: small values, which fast-check likes, make graphs without cycles.
  return fc.noBias(biasedGraph(shape));
}

function biasedGraph({ most, isBreakable }: GraphShape): fc.Arbitrary<NeedsGraph> {
  return fc.integer({ min: 1, max: most }).chain((nodeCount) => {
    const node = fc.nat(nodeCount - 1);
    const soft = [0, DIRECT, LATER, LATER | DIRECT];
    const strength = fc.constantFrom(
      HARD,
      HARD | DIRECT,
      ...(isBreakable ? [0, DIRECT, ...soft] : [HARD, ...soft]),
    );
    const order = fc.shuffledSubarray(
      Array.from({ length: nodeCount }, (_, index) => index),
      { minLength: nodeCount },
    );
    return fc
      .record({
        order,
        drawn: fc.array(fc.tuple(node, node, strength), { maxLength: nodeCount * 4, size: 'max' }),
        needsItself: isBreakable ? fc.constant([]) : fc.uniqueArray(node, { maxLength: 2 }),
      })
      .map(({ order: rank, drawn, needsItself }) => {
        const edges = new Map<string, NeedsEdge>();
        for (const [a, b, flags] of drawn) {
          if (a === b) continue;
          const isTurned = isBreakable && (flags & HARD) !== 0 && rank.indexOf(a) < rank.indexOf(b);
          const [from, to] = isTurned ? [b, a] : [a, b];
          const key = `${String(from)} ${String(to)}`;
          if (!edges.has(key)) edges.set(key, { from, to, flags });
        }
        const sorted = [...edges.values()].sort((a, b) => a.from - b.from || a.to - b.to);
        return { nodeCount, edges: sorted, needsItself };
      });
  });
}

/** Which nodes each node reaches along at least one edge, by trying all ways. */
export function reachable(
  nodeCount: number,
  edges: readonly { readonly from: number; readonly to: number }[],
): readonly ReadonlySet<number>[] {
  return Array.from({ length: nodeCount }, (_, start) => {
    const found = new Set<number>();
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const { from, to } of edges) if (from === start || found.has(from)) found.add(to);
    }
    return found;
  });
}
