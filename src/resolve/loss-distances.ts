import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { buildCsr, edgesFrom, edgesTo, EdgeList, row } from '../base/csr.ts';
import type { Installability } from './installability.ts';

/**
 * How many steps lead from what is lost to the nearest root cause: a clause without any candidate, or a unit that is left out
 * for a reason of its own. A lost clause is explained by its first candidate. -1: not lost, or left out itself and lost
 * for nothing but that.
 */
export interface LossDistances {
  readonly clause: Int32Array;
  readonly node: Int32Array;
  readonly unit: Int32Array;
}

/** One breadth-first search from all root causes. O(nodes + clauses + requirements) */
export function measureLosses(universe: Universe, installability: Installability): LossDistances {
  const { clauses, nodes, nodeClauses, unitClauses, implicitClauses, units, contexts } = universe;
  const { clauseLost, nodeLost, unitLost, unitBuilt } = installability;
  const clauseCount = clauses.alternatives.length;
  // clauses, nodes, units and contexts in one row
  const firstNode = clauseCount;
  const firstUnit = firstNode + nodes.name.length;
  const firstContext = firstUnit + units.length;
  const total = firstContext + contexts.length;
  const edges = new EdgeList();
  const queue: number[] = [];
  const pushLost = (needs: Int32Array, effect: number): void => {
    for (const clause of needs) if (clauseLost[clause] === 1) edges.push(clause, effect);
  };
  for (let clause = 0; clause < clauseCount; clause++) {
    if (clauseLost[clause] === 0) continue;
    const edge = edgesFrom(clauses.candidates, clause);
    if (edge === edgesTo(clauses.candidates, clause)) queue.push(clause);
    else edges.push(firstNode + at(clauses.candidates.target, edge), clause);
  }
  for (let node = 0; node < nodes.name.length; node++) {
    if (nodeLost[node] === 0) continue;
    pushLost(row(nodeClauses, node), firstNode + node);
    const producer = at(nodes.producer, node);
    if (producer >= 0 && nodes.exists[node] === 0 && unitBuilt[producer] === 0)
      edges.push(firstUnit + producer, firstNode + node);
  }
  for (let unit = 0; unit < units.length; unit++) {
    if (unitBuilt[unit] === 1) continue;
    if (unitLost[unit] === 0) queue.push(firstUnit + unit);
    pushLost(row(unitClauses, unit), firstUnit + unit);
    edges.push(firstContext + at(universe.unitContext, unit), firstUnit + unit);
  }
  for (const { index } of contexts) pushLost(row(implicitClauses, index), firstContext + index);
  const distance = new Int32Array(total).fill(-1);
  const effects = buildCsr(total, edges);
  for (const cause of queue) distance[cause] = 0;
  for (const cause of queue) {
    for (const effect of row(effects, cause)) {
      if (distance[effect] !== -1) continue;
      distance[effect] = at(distance, cause) + 1;
      queue.push(effect);
    }
  }
  return {
    clause: distance.subarray(0, firstNode),
    node: distance.subarray(firstNode, firstUnit),
    unit: distance.subarray(firstUnit, firstContext),
  };
}
