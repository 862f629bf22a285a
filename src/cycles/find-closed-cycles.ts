import { at } from '../base/column.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { BreakCosts } from './break-costs.ts';
import { findKnots, honouredEdges, shortestCycle, type Cycle } from './find-cycles.ts';
import { poseBreaks, type BreakRules } from './pose-breaks.ts';
import { findStuck } from './solve-breaks.ts';

/**
 * Cycles that stay closed because the costs forbid every way to open them. The graph has no cycle of hard edges.
 * O(1) where the costs forbid nothing, else that of posing the components
 */
export function findClosedCycles(graph: UnitGraph, rules: BreakRules): readonly Cycle[] {
  if (!forbidsSomething(rules.costs)) return [];
  const isKept = honouredEdges(graph);
  return findKnots(graph, isKept).flatMap((knot) =>
    findStuck(poseBreaks(graph, knot, rules).problem).flatMap((nodes): readonly Cycle[] => {
      const members = nodes.filter((node) => node < knot.length).map((node) => at(knot, node));
      if (members.length < 2) return [];
      return [{ units: shortestCycle(graph.needs, members, isKept), members: [...members] }];
    }),
  );
}

function forbidsSomething({ usual, sources }: BreakCosts): boolean {
  const own = [...sources.values()].flatMap(({ strategies, relations }) => [
    ...strategies.values(),
    ...relations.values(),
  ]);
  const { 'existing-binary': direct, 'existing-binary-indirect': indirect, stale, rebuild } = usual;
  return [direct, indirect, stale, rebuild, ...own].includes(Infinity);
}
