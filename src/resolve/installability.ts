import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, row, transpose, type Csr } from '../base/csr.ts';
import type { Universe } from '../archive/universe.ts';

/**
 * Which nodes can be installed and which units can be built, and for what can't, why.
 * `unitLost`, `nodeLost`: 0 = fine; otherwise 1 + the clause that failed first, or `LOST_WITH_UNIT` for a node whose unit
 * can't be built and that no index has. Following these from loss to loss always ends.
 */
export interface Installability {
  readonly unitLost: Int32Array;
  readonly nodeLost: Int32Array;
  /** 1: no candidate is left. */
  readonly clauseLost: Uint8Array;
  /** 1: some candidate that exists already can be installed with what exists already: nobody needs to wait. */
  readonly clauseExists: Uint8Array;
  /** 1: the node exists and can be installed with what exists already. */
  readonly nodeServes: Uint8Array;
  /** The units that are built: 1 = neither lost nor left out. */
  readonly unitBuilt: Uint8Array;
}

export const LOST_WITH_UNIT = -1;

/**
 * The greatest set of nodes, clauses and units such that every node and unit keeps a candidate for each of its clauses.
 * Needs no search: conflicts are not looked at. This gives dose3's verdicts on whole archives.
 * @param leftOut units that are not built for another reason; 1 = left out
 * Cost: O(nodes + clauses + candidates + requirements).
 */
export function computeInstallability(universe: Universe, leftOut: Uint8Array): Installability {
  const links = linkUniverse(universe);
  const all = propagate(universe, links, { onlyExisting: false, leftOut });
  const existing = propagate(universe, links, { onlyExisting: true, leftOut });
  return {
    unitLost: all.unitLost,
    nodeLost: all.nodeLost,
    clauseLost: all.clauseLost,
    clauseExists: existing.clauseLost.map((lost) => 1 - lost),
    nodeServes: new Uint8Array(existing.nodeLost.map((lost) => Number(lost === 0))),
    unitBuilt: new Uint8Array(all.unitLost.map((lost, unit) => Number(lost === 0 && leftOut[unit] !== 1))),
  };
}

interface Links {
  readonly clausesOfCandidate: Csr;
  readonly nodesOfClause: Csr;
  readonly unitsOfClause: Csr;
  readonly nodesOfUnit: Csr;
}

interface Start {
  readonly onlyExisting: boolean;
  readonly leftOut: Uint8Array;
}

interface Losses {
  readonly unitLost: Int32Array;
  readonly nodeLost: Int32Array;
  readonly clauseLost: Uint8Array;
}

function propagate(universe: Universe, links: Links, start: Start): Losses {
  const { clauses, nodes, units } = universe;
  const clauseCount = clauses.alternatives.length;
  const left = new Int32Array(clauseCount);
  const losses: Losses = {
    unitLost: new Int32Array(units.length),
    nodeLost: new Int32Array(nodes.name.length),
    clauseLost: new Uint8Array(clauseCount),
  };
  const lostNodes: number[] = [];
  const loseNode = (node: number, cause: number): void => {
    if (losses.nodeLost[node] !== 0) return;
    losses.nodeLost[node] = cause;
    lostNodes.push(node);
  };
  const loseWithUnit = (unit: number): void => {
    for (const node of row(links.nodesOfUnit, unit))
      if (nodes.exists[node] === 0) loseNode(node, LOST_WITH_UNIT);
  };
  const loseClause = (clause: number): void => {
    losses.clauseLost[clause] = 1;
    for (const node of row(links.nodesOfClause, clause)) loseNode(node, clause + 1);
    if (start.onlyExisting) return;
    for (const unit of row(links.unitsOfClause, clause)) {
      if (losses.unitLost[unit] !== 0) continue;
      losses.unitLost[unit] = clause + 1;
      loseWithUnit(unit);
    }
  };
  for (let clause = 0; clause < clauseCount; clause++) {
    left[clause] = edgesTo(clauses.candidates, clause) - edgesFrom(clauses.candidates, clause);
  }
  for (let unit = 0; unit < units.length; unit++)
    if (start.onlyExisting || start.leftOut[unit] === 1) loseWithUnit(unit);
  for (let clause = 0; clause < clauseCount; clause++) if (left[clause] === 0) loseClause(clause);
  for (let node = lostNodes.pop(); node !== undefined; node = lostNodes.pop()) {
    for (const clause of row(links.clausesOfCandidate, node)) {
      const rest = at(left, clause) - 1;
      left[clause] = rest;
      if (rest === 0) loseClause(clause);
    }
  }
  return losses;
}

function linkUniverse(universe: Universe): Links {
  const { clauses, nodes, units } = universe;
  const clauseCount = clauses.alternatives.length;
  return {
    clausesOfCandidate: transpose(clauses.candidates, nodes.name.length),
    nodesOfClause: transpose(universe.nodeClauses, clauseCount),
    unitsOfClause: transpose(universe.unitClauses, clauseCount),
    nodesOfUnit: nodesOfUnit(nodes.producer, units.length),
  };
}

/** Row `unit`: the nodes that it builds, ascending. */
function nodesOfUnit(producer: Int32Array, unitCount: number): Csr {
  const offset = new Int32Array(unitCount + 1);
  for (const unit of producer) if (unit >= 0) offset[unit + 1] = at(offset, unit + 1) + 1;
  for (let unit = 0; unit < unitCount; unit++) offset[unit + 1] = at(offset, unit + 1) + at(offset, unit);
  const cursor = offset.slice(0, unitCount);
  const target = new Int32Array(at(offset, unitCount));
  producer.forEach((unit, node) => {
    if (unit < 0) return;
    const place = at(cursor, unit);
    target[place] = node;
    cursor[unit] = place + 1;
  });
  return { offset, target };
}
