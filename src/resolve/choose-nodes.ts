import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Universe } from '../archive/universe.ts';
import type { Installability } from './installability.ts';

/**
 * The node that each clause takes: its first candidate that can be installed.
 * @param skipped how many candidates of each clause are passed over, if a later one can be installed
 * @returns one cell a clause; -1 for a lost one
 */
export function chooseNodes(
  universe: Universe,
  installability: Installability,
  skipped: Int32Array,
): Int32Array {
  const chosen = new Int32Array(universe.clauses.alternatives.length).fill(-1);
  for (let clause = 0; clause < chosen.length; clause++) {
    const place = nextCandidate(universe, installability, clause, int32At(skipped, clause));
    const found = place === -1 ? nextCandidate(universe, installability, clause, 0) : place;
    if (found !== -1) chosen[clause] = candidateAt(universe, clause, found);
  }
  return chosen;
}

/** Place of the first candidate from `start` on that can be installed and that `isWanted`; -1: none. */
export function nextCandidate(
  universe: Universe,
  installability: Installability,
  clause: number,
  start: number,
  isWanted: (node: number) => boolean = () => true,
): number {
  const { candidates } = universe.clauses;
  const count = edgesTo(candidates, clause) - edgesFrom(candidates, clause);
  for (let place = start; place < count; place++) {
    const node = candidateAt(universe, clause, place);
    if (installability.nodeLost[node] === 0 && isWanted(node)) return place;
  }
  return -1;
}

function candidateAt(universe: Universe, clause: number, place: number): number {
  const { candidates } = universe.clauses;
  return int32At(candidates.target, edgesFrom(candidates, clause) + place);
}
