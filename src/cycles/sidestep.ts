import { at } from '../base/column.ts';
import { builtBy, type UnitGraph } from '../graph/unit-graph.ts';
import { nextCandidate } from '../resolve/choose-nodes.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import type { Cycle } from './find-cycles.ts';

/**
 * Looks for other alternatives where the chosen ones make hard cycles: for each relation that ties a member of a component to
 * another one, the next candidate that nobody inside builds.
 * @param skipped how many candidates each clause passes over; raised here
 * @returns whether anything changed: then the graph has to be built again
 */
export function sidestepCycles(graph: UnitGraph, cycles: readonly Cycle[], skipped: Int32Array): boolean {
  const walker = new InstallSetWalker(graph.universe, graph.installability, graph.chosen);
  let isChanged = false;
  for (const { members } of cycles) {
    const inside = new Set(members);
    const isOutside = (node: number): boolean =>
      !inside.has(builtBy(graph.universe, graph.installability, node));
    for (const member of members) {
      const count = walker.walkUnit(member, true);
      for (const clause of walker.clauses.subarray(0, count)) {
        if (isOutside(at(graph.chosen, clause))) continue;
        if (skipTo(graph, clause, skipped, isOutside)) isChanged = true;
      }
    }
  }
  return isChanged;
}

/** The same for the relations that only a later layer satisfies as chosen, of the units given. */
export function sidestepLaterLayers(
  graph: UnitGraph,
  units: readonly number[],
  skipped: Int32Array,
): boolean {
  const { later } = graph.universe.nodes;
  let isChanged = false;
  for (const unit of units) {
    const clause = at(graph.needsLater, unit) - 1;
    if (skipTo(graph, clause, skipped, (node) => later[node] === 0)) isChanged = true;
  }
  return isChanged;
}

function skipTo(
  graph: UnitGraph,
  clause: number,
  skipped: Int32Array,
  isWanted: (node: number) => boolean,
): boolean {
  const start = at(skipped, clause) + 1;
  const place = nextCandidate(graph.universe, graph.installability, clause, start, isWanted);
  if (place === -1) return false;
  skipped[clause] = place;
  return true;
}
