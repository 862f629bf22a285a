import { findStandIn } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, row } from '../base/csr.ts';
import { droppingProfiles } from '../graph/dropping-profiles.ts';
import { HARD, type UnitGraph } from '../graph/unit-graph.ts';
import { strategyOfStage, type Break } from './break.ts';
import type { BreakSolution } from './break-problem.ts';
import type { PosedBreaks, PosedGroup } from './pose-breaks.ts';
import { STRATEGIES, type Risk } from './strategies.ts';

/** Where what exists is older than what the plan builds. */
const STALE_RISK: Risk = 'medium';
/** What a unit is that is built with a first build of another one: it is built again after the full one. */
const USE_RISK: Risk = 'low';

/**
 * What a solution gives up, as breaks; sorted by unit, then in the order of the relations.
 * @param isKept which edges are honoured after all; what gives up no edge is left out
 */
export function describeBreaks(
  graph: UnitGraph,
  posed: PosedBreaks,
  solution: Pick<BreakSolution, 'items' | 'groups'>,
  isKept: Uint8Array,
): readonly Break[] {
  const { problem, members } = posed;
  const breaks: Break[] = [];
  solution.groups.forEach((group) => {
    const found = describeGroup(posed, at(posed.groups, group), row(problem.groups, group));
    breaks.push({ ...found, cost: at(problem.groupCost, group) });
  });
  for (const item of solution.items) {
    const cost = at(problem.cost, item);
    const of = at(posed.itemOf, item);
    if (at(posed.itemKind, item) === 'full-first') {
      breaks.push({ ...describeStage(graph, at(members, of)), cost });
      continue;
    }
    const unit = at(members, at(problem.owner, item));
    const needs = needsOf(posed, [item]).filter((need) => !isHonoured(graph, isKept, unit, need));
    if (needs.length === 0) continue;
    const { rows, staleRow } = posed.relations;
    const isStale = row(rows, at(staleRow, of)).some((member) => needs.includes(at(members, member)));
    const isExisting = at(posed.itemKind, item) === 'existing';
    breaks.push({
      strategy: isExisting ? 'existing-binary' : 'staged-build',
      unit,
      places: [at(posed.relations.place, of)],
      needs,
      cost,
      risk: !isExisting ? USE_RISK : isStale ? STALE_RISK : STRATEGIES['existing-binary'].risk,
    });
  }
  return breaks.sort((a, b) => a.unit - b.unit || (a.places[0] ?? -1) - (b.places[0] ?? -1));
}

/** A profile, or halves built apart, with all relations that no longer make the unit wait. */
function describeGroup(
  posed: PosedBreaks,
  { strategy, member, profile }: PosedGroup,
  items: Int32Array,
): Omit<Break, 'cost'> {
  const relations = new Set([...items].map((item) => at(posed.itemOf, item)));
  // a half does not have the relations that it is freed from: they are the other half's
  const isOwn = strategy === 'profile';
  return {
    strategy,
    unit: at(posed.members, member),
    places: isOwn ? ascending([...relations].map((relation) => at(posed.relations.place, relation))) : [],
    needs: needsOf(posed, items),
    risk: STRATEGIES[strategy].risk,
    ...(profile === undefined ? {} : { profile }),
  };
}

/** A first build of a unit, with what it doesn't wait for and the full one does. */
function describeStage(graph: UnitGraph, unit: number): Omit<Break, 'cost'> {
  const { universe, needs, edgeFlags } = graph;
  const standIn = findStandIn(universe.units, unit);
  if (standIn === undefined) throw new Error(`BUG: unit ${String(unit)} has no first build`);
  const early = new Set<number>();
  for (let edge = edgesFrom(needs, standIn.id); edge < edgesTo(needs, standIn.id); edge++)
    if ((at(edgeFlags, edge) & HARD) !== 0) early.add(at(needs.target, edge));
  const strategy = strategyOfStage(standIn.stage);
  const isCross = strategy === 'cross-build';
  const start = edgesFrom(universe.unitClauses, unit);
  const count = edgesTo(universe.unitClauses, unit) - start;
  const places = Array.from({ length: count }, (_, place) => place).filter((place) =>
    droppingProfiles(universe, unit, place).includes(standIn.stage),
  );
  return {
    strategy,
    unit,
    places: isCross ? [] : places,
    needs: [...row(needs, unit)].filter((need) => need !== Number(standIn.id) && !early.has(need)),
    risk: STRATEGIES[strategy].risk,
    ...(isCross ? {} : { profile: standIn.stage }),
  };
}

/** The units that items lead to. */
function needsOf({ problem, members }: PosedBreaks, items: Iterable<number>): readonly number[] {
  const found = new Set<number>();
  for (const item of items)
    for (const node of row(problem.targets, at(problem.row, item)))
      if (node < members.length && node !== problem.owner[item]) found.add(at(members, node));
  return ascending([...found]);
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function isHonoured({ needs }: UnitGraph, isKept: Uint8Array, unit: number, need: number): boolean {
  const place = row(needs, unit).indexOf(need);
  return place !== -1 && isKept[edgesFrom(needs, unit) + place] === 1;
}
