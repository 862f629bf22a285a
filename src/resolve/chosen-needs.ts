import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';

/** What relations are not followed; 1: it is passed over. */
export interface PassedOver {
  /** One cell a clause. */
  readonly clauses?: Uint8Array;
  /** One cell a node: its clauses, all of them. */
  readonly clausesOf?: Uint8Array;
}

/**
 * Row `node`: the nodes that its clauses take, in their order; one that several take is there as often.
 * @param chosen from `chooseNodes`. O(requirements)
 */
export function chosenNeeds({ nodeClauses }: Universe, chosen: Int32Array): Csr {
  const nodeCount = rowCount(nodeClauses);
  const offset = new Int32Array(nodeCount + 1);
  const target = new Int32Array(nodeClauses.target.length);
  let size = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = edgesFrom(nodeClauses, node); edge < edgesTo(nodeClauses, node); edge++) {
      const need = int32At(chosen, int32At(nodeClauses.target, edge));
      if (need >= 0) target[size++] = need;
    }
    offset[node + 1] = size;
  }
  return { offset, target: target.slice(0, size) };
}

/** The nodes that some nodes lead to, numbered anew, so that what comes after costs no more than these. */
export interface ReachedNeeds {
  /** Ids of the nodes, by their new numbers. */
  readonly nodes: Int32Array;
  /** New number of each node of the universe; -1: it is not reached. */
  readonly placeOf: Int32Array;
  /** Row `place`: the places that its clauses take, in their order; one that several take is there as often. */
  readonly needs: Csr;
}

/**
 * The part of `chosenNeeds` that can be reached from where `roots` lead.
 * @param roots rows of clauses. O(nodes + reached requirements)
 */
export function reachedNeeds(
  { nodeClauses }: Universe,
  chosen: Int32Array,
  roots: readonly Csr[],
  { clauses, clausesOf }: PassedOver = {},
): ReachedNeeds {
  const nodeCount = rowCount(nodeClauses);
  const placeOf = new Int32Array(nodeCount).fill(-1);
  const nodes = new Int32Array(nodeCount);
  const offset = new Int32Array(nodeCount + 1);
  const target = new Int32Array(nodeClauses.target.length);
  let size = 0;
  let edges = 0;
  for (const root of roots) {
    for (const clause of root.target) {
      const node = int32At(chosen, clause);
      if (node < 0 || clauses?.[clause] === 1 || placeOf[node] !== -1) continue;
      placeOf[node] = size;
      nodes[size++] = node;
    }
  }
  for (let next = 0; next < size; next++) {
    const node = int32At(nodes, next);
    const end = clausesOf?.[node] === 1 ? 0 : edgesTo(nodeClauses, node);
    for (let edge = edgesFrom(nodeClauses, node); edge < end; edge++) {
      const clause = int32At(nodeClauses.target, edge);
      const need = int32At(chosen, clause);
      if (need < 0 || clauses?.[clause] === 1) continue;
      if (placeOf[need] === -1) {
        placeOf[need] = size;
        nodes[size++] = need;
      }
      target[edges++] = int32At(placeOf, need);
    }
    offset[next + 1] = edges;
  }
  const needs = { offset: offset.slice(0, size + 1), target: target.slice(0, edges) };
  return { nodes: nodes.slice(0, size), placeOf, needs };
}
