import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import { findWays, type Way } from '../graph/find-ways.ts';
import { droppingProfiles } from '../graph/dropping-profiles.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { Break } from './break.ts';
import { strategyCost, type BreakCosts } from './break-costs.ts';
import { isHarmless, leavesBinaries } from './harmless-profiles.ts';
import { STRATEGIES } from './strategies.ts';

/**
 * How units that need a binary of their own which doesn't exist yet can be built: with a profile that drops every build
 * dependency that leads there, or by a first build with one. Those that nothing helps are left out.
 */
export function openSelfNeeds(graph: UnitGraph, costs: BreakCosts): readonly Break[] {
  const found: Break[] = [];
  graph.needsItself.forEach((needs, unit) => {
    const best = needs === 1 ? cheapest(graph, unit, costs) : undefined;
    if (best !== undefined) found.push(best);
  });
  return found;
}

/** The units of a component that need themselves, each to be built on another architecture, where it is offered so. */
export function openSelfNeedsElsewhere(
  { universe, installability, needs }: UnitGraph,
  knot: ReadonlySet<string>,
  costs: BreakCosts,
): readonly Break[] {
  return universe.units.flatMap(({ id, full, stage, plainKey, source }): readonly Break[] => {
    const strategy = 'cross-build';
    if (stage !== 'cross' || installability.unitBuilt[id] === 0 || !knot.has(plainKey)) return [];
    const cost = strategyCost(costs, strategy, source.name);
    if (cost === Infinity || !row(needs, full).includes(id)) return [];
    const { risk } = STRATEGIES[strategy];
    return [{ strategy, unit: full, places: [], needs: [full], cost, risk }];
  });
}

function cheapest(graph: UnitGraph, id: number, costs: BreakCosts): Break | undefined {
  const { universe } = graph;
  const unit = at(universe.units, id);
  const places = hardPlaces(findWays(graph, id, id));
  const [first, ...rest] = places.map((place) => droppingProfiles(universe, id, place));
  const common = (first ?? []).filter(
    (profile) => profile !== 'cross' && rest.every((profiles) => profiles.includes(profile)),
  );
  const offers = common
    .filter((profile) => leavesBinaries(unit, profile))
    .map((profile): Break => {
      const strategy = isHarmless(unit, profile) ? 'profile' : 'staged-build';
      return {
        strategy,
        unit: id,
        places,
        needs: [id],
        cost: strategyCost(costs, strategy, unit.source.name, profile),
        risk: STRATEGIES[strategy].risk,
        profile,
      };
    })
    .filter(({ cost }) => cost < Infinity);
  return offers.sort((a, b) => a.cost - b.cost)[0];
}

/** The build dependencies that lead to the unit's own binaries with no existing one on the way; -1 can't be dropped. */
function hardPlaces(ways: readonly Way[]): readonly number[] {
  const places = ways.filter(({ strength }) => strength === 'hard').map(({ place }) => place);
  return places.includes(-1) ? [] : places.sort((a, b) => a - b);
}
