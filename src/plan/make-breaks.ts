import { findStandIn } from '../archive/unit.ts';
import { int32At, uint8At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { isFirstBuild, type Opened } from '../cycles/break.ts';
import type { Cut } from '../cycles/break-cycles.ts';
import { ExistingFinder, type Stale } from '../cycles/existing-binaries.ts';
import { STRATEGIES } from '../cycles/strategies.ts';
import { Explainer, formatReason } from '../graph/explain.ts';
import { LATER, STANDS_IN, type UnitGraph } from '../graph/unit-graph.ts';
import { dependencyAt } from '../resolve/origin.ts';
import type { PlanBreak } from './plan.ts';

/**
 * The edges that aren't honoured, each with its reason and what serves instead: those of the planned graph that are cut, and
 * those that it lacks because a unit is built otherwise. Sorted by `from`, then `to`.
 */
export function makeBreaks(graph: UnitGraph, cut: Cut, openings: readonly Opened[]): readonly PlanBreak[] {
  const stages = cut.components.flatMap(({ breaks }) => breaks).filter(isFirstBuild);
  const otherwise = [...openings, { breaks: stages, universe: graph.universe }];
  const found = [...cutEdges(graph, cut), ...edgesOpened(graph, otherwise)];
  return found.sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

/** Those of what is built. */
function edgesOpened(graph: UnitGraph, otherwise: readonly Opened[]): readonly PlanBreak[] {
  if (otherwise.every(({ breaks }) => breaks.length === 0)) return [];
  const { units } = graph.universe;
  const { unitBuilt } = graph.installability;
  const known = new Set(units.map(({ key }) => key));
  const built = new Set(units.filter(({ id }) => unitBuilt[id] === 1).map(({ key }) => key));
  return otherwise.flatMap((own) => openedEdges(own, known)).filter(({ from }) => built.has(from));
}

function cutEdges(graph: UnitGraph, { isKept, components }: Cut): readonly PlanBreak[] {
  const { units } = graph.universe;
  const explainer = new Explainer(graph);
  const stale = staleEdges(graph, components);
  const rebuilt = new Map(
    units.filter(({ stage }) => stage === 'rebuild').map((unit) => [unit.plainKey, unit.key]),
  );
  const breaks: PlanBreak[] = [];
  /** Of each unit, who does not wait for it: the last that was looked at. */
  const givenUpBy = new Int32Array(units.length).fill(-1);
  const { target } = graph.needs;
  for (const unit of units) {
    const cut: number[] = [];
    const end = edgesTo(graph.needs, unit.id);
    for (let edge = edgesFrom(graph.needs, unit.id); edge < end; edge++) {
      if (uint8At(isKept, edge) !== 0) continue;
      cut.push(edge);
      givenUpBy[int32At(target, edge)] = unit.id;
    }
    if (cut.length === 0) continue;
    const reasons = explainer.explainNeeds(unit.id, (need) => givenUpBy[need] === unit.id);
    const rebuiltBy = rebuilt.get(unit.plainKey);
    for (const edge of cut) {
      const need = int32At(target, edge);
      const reason = reasons.get(need);
      if (reason === undefined) throw new Error(`BUG: no reason why ${unit.key} waits`);
      const flags = at(graph.edgeFlags, edge);
      const isLater = (flags & LATER) !== 0;
      const own = stale.get(unit.id * units.length + need);
      const standIn = (flags & STANDS_IN) === 0 ? undefined : findStandIn(units, need);
      breaks.push({
        from: unit.key,
        to: at(units, need).key,
        kind: isLater ? 'later-layer' : standIn === undefined ? 'existing-binary' : 'staged-build',
        reason: formatReason(reason),
        ...(reason.servedBy === undefined ? {} : { servedBy: reason.servedBy }),
        ...(standIn === undefined ? {} : { standIn: standIn.key }),
        ...(rebuiltBy === undefined || isLater ? {} : { rebuiltBy }),
        ...(own === undefined ? {} : { stale: own }),
      });
    }
  }
  return breaks;
}

/** What is stale, by unit × units + need. */
function staleEdges(graph: UnitGraph, components: Cut['components']): ReadonlyMap<number, readonly Stale[]> {
  const found = new Map<number, readonly Stale[]>();
  const finder = new ExistingFinder(graph);
  for (const own of components.flatMap(({ breaks }) => breaks)) {
    for (const [need, stales] of finder.findStaleByNeed(own)) {
      const key = own.unit * graph.universe.units.length + need;
      const known = found.get(key) ?? [];
      const added = stales.filter((stale) => !known.some(({ binary }) => binary === stale.binary));
      found.set(key, [...known, ...added]);
    }
  }
  return found;
}

/**
 * The edges that are none any more because a unit is built otherwise.
 * @param known keys of the planned graph's units: what else was considered is called by what it would have been a build of
 */
function openedEdges({ breaks, universe }: Opened, known: ReadonlySet<string>): readonly PlanBreak[] {
  const keyOf = (unit: number): string => {
    const { key, plainKey } = at(universe.units, unit);
    return known.has(key) ? key : plainKey;
  };
  return breaks.flatMap(({ strategy, unit, places, needs, profile }) => {
    if (strategy === 'none' || strategy === 'existing-binary') return [];
    const relations = places.map((place) => {
      if (place === -1) return 'Essential';
      const { field, relation } = dependencyAt(universe, unit, place);
      return `${field}: ${relation}`;
    });
    const reason = relations.length === 0 ? STRATEGIES[strategy].reason : relations.join('; ');
    const first = `${keyOf(unit)}+${profile ?? ''}`;
    const from = strategy === 'staged-build' && known.has(first) ? first : keyOf(unit);
    return [...new Set(needs.map(keyOf))].map((to): PlanBreak => ({
      from,
      to,
      kind: strategy,
      reason,
      ...(profile === undefined ? {} : { profile }),
    }));
  });
}
