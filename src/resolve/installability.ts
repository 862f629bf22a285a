import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, groupCells, row, transpose, type Csr } from '../base/csr.ts';
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
  const { links, clauseExists, nodeServes } = groundOf(universe);
  const all = propagate(universe, links, { onlyExisting: false, leftOut });
  return {
    unitLost: all.unitLost,
    nodeLost: all.nodeLost,
    clauseLost: all.clauseLost,
    clauseExists,
    nodeServes,
    unitBuilt: new Uint8Array(all.unitLost.map((lost, unit) => Number(lost === 0 && leftOut[unit] !== 1))),
  };
}

/** What holds of a universe whatever is left out of it. */
interface Ground extends Pick<Installability, 'clauseExists' | 'nodeServes'> {
  readonly links: Links;
}

/** Settling asks the same universe again and again. */
const GROUNDS = new WeakMap<Universe, Ground>();

function groundOf(universe: Universe): Ground {
  const known = GROUNDS.get(universe);
  if (known !== undefined) return known;
  const links = linkUniverse(universe);
  const leftOut = new Uint8Array(universe.units.length);
  const { clauseLost, nodeLost } = propagate(universe, links, { onlyExisting: true, leftOut });
  const ground = {
    links,
    clauseExists: clauseLost.map((lost) => 1 - lost),
    nodeServes: new Uint8Array(nodeLost.map((lost) => Number(lost === 0))),
  };
  GROUNDS.set(universe, ground);
  return ground;
}

interface Links {
  readonly clausesOfCandidate: Csr;
  readonly nodesOfClause: Csr;
  readonly unitsOfClause: Csr;
  /** Row `clause`: the contexts whose every chroot it must hold in. */
  readonly contextsOfClause: Csr;
  readonly unitsOfContext: Csr;
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
    for (const unit of row(links.unitsOfClause, clause)) loseUnit(unit, clause);
    for (const context of row(links.contextsOfClause, clause)) {
      for (const unit of row(links.unitsOfContext, context)) loseUnit(unit, clause);
    }
  };
  const loseUnit = (unit: number, clause: number): void => {
    if (losses.unitLost[unit] !== 0) return;
    losses.unitLost[unit] = clause + 1;
    loseWithUnit(unit);
  };
  for (let clause = 0; clause < clauseCount; clause++) {
    left[clause] = edgesTo(clauses.candidates, clause) - edgesFrom(clauses.candidates, clause);
  }
  for (let unit = 0; unit < units.length; unit++)
    if (start.onlyExisting || start.leftOut[unit] === 1) loseWithUnit(unit);
  for (let clause = 0; clause < clauseCount; clause++) if (left[clause] === 0) loseClause(clause);
  for (let node = lostNodes.pop(); node !== undefined; node = lostNodes.pop()) {
    const last = edgesTo(links.clausesOfCandidate, node);
    for (let edge = edgesFrom(links.clausesOfCandidate, node); edge < last; edge++) {
      const clause = int32At(links.clausesOfCandidate.target, edge);
      const rest = int32At(left, clause) - 1;
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
    contextsOfClause: transpose(universe.implicitClauses, clauseCount),
    unitsOfContext: groupCells(universe.unitContext, universe.contexts.length),
    nodesOfUnit: groupCells(nodes.producer, units.length),
  };
}
