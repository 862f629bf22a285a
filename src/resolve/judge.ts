import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { unitsWithConflicts } from './chroot-conflicts.ts';
import { computeInstallability, type Installability } from './installability.ts';
import type { NodeConflict, Request } from './solver/constraints.ts';
import { DependencySolver } from './solver/dependency-solver.ts';

/** Which units can be built, conflicts looked at. */
export interface Judgement {
  /** With the units of `conflicts` left out. */
  readonly installability: Installability;
  /** Units that keep a candidate for everything, but no set without a conflict. */
  readonly conflicts: ReadonlyMap<number, NodeConflict>;
  /** How many units' first choice held a conflict, so that another set was looked for. */
  readonly searchCount: number;
}

/**
 * The verdict on every unit: can all that its chroot has to hold be installed together? The first choice of each clause
 * answers for nearly all; where it holds a conflict, the solver looks for another set, and misses none.
 * Cost: linear passes, a walk of each unit's install set, and a search for those with a conflict.
 */
export function judge(universe: Universe): Judgement {
  const leftOut = new Uint8Array(universe.units.length);
  const conflicts = new Map<number, NodeConflict>();
  let searchCount = 0;
  for (;;) {
    const installability = computeInstallability(universe, leftOut);
    const suspects = unitsWithConflicts(universe, installability);
    searchCount = Math.max(searchCount, suspects.length);
    const lost = searchOthers(universe, installability, suspects);
    for (const [unit, conflict] of lost) {
      conflicts.set(unit, conflict);
      leftOut[unit] = 1;
    }
    // what a lost unit builds may be what others take
    if (![...lost.keys()].some((unit) => universe.nodes.producer.includes(unit))) {
      return { installability: withLeftOut(installability, leftOut), conflicts, searchCount };
    }
  }
}

/** Units that are built and keep a candidate for everything, but no set without a conflict. */
export function findConflicts(
  universe: Universe,
  installability: Installability,
): ReadonlyMap<number, NodeConflict> {
  return searchOthers(universe, installability, unitsWithConflicts(universe, installability));
}

function searchOthers(
  universe: Universe,
  installability: Installability,
  units: readonly number[],
): ReadonlyMap<number, NodeConflict> {
  const found = new Map<number, NodeConflict>();
  if (units.length === 0) return found;
  const solver = makeSolver(universe, installability);
  for (const unit of units) {
    const outcome = solver.solve(requestOf(universe, unit));
    if (outcome.kind === 'conflict') found.set(unit, outcome);
    else if (outcome.kind === 'missing') {
      throw new Error(`BUG: ${at(universe.units, unit).key} keeps no candidate for a clause`);
    }
  }
  return found;
}

/** A solver over what can be installed, conflicts aside. */
export function makeSolver(universe: Universe, installability: Installability): DependencySolver {
  const usable = new Uint8Array(installability.nodeLost.length);
  for (let node = 0; node < usable.length; node++) usable[node] = Number(installability.nodeLost[node] === 0);
  const { candidates } = universe.clauses;
  return new DependencySolver(
    { candidates, nodeClauses: universe.nodeClauses, conflicts: universe.nodeConflicts },
    usable,
  );
}

/** What a unit's chroot has to hold, and what must not be in it. */
export function requestOf(universe: Universe, unit: number): Request {
  const implicit = row(universe.implicitClauses, at(universe.unitContext, unit));
  const roots = [...row(universe.unitClauses, unit), ...implicit];
  return { roots, forbidden: row(universe.unitConflicts, unit) };
}

function withLeftOut(installability: Installability, leftOut: Uint8Array): Installability {
  const unitBuilt = installability.unitBuilt.map((built, unit) => (leftOut[unit] === 1 ? 0 : built));
  return { ...installability, unitBuilt };
}
