import type { Universe } from '../../archive/universe.ts';
import { at } from '../../base/column.ts';
import { row } from '../../base/csr.ts';
import type { UnitGraph } from '../../graph/unit-graph.ts';
import { formatAlternatives } from '../../debian/relation.ts';
import { dependencyAt } from '../../resolve/origin.ts';
import type { Break } from '../break.ts';
import type { AnsweredBreak } from './component-answer.ts';
import type { CyclesBreak, CyclesChange, CyclesRelation } from './cycles-document.ts';
import { ExistingFinder } from '../existing-binaries.ts';

/** Puts breaks into records: keys for units, relations with their places, what serves instead. */
export class BreakDescriber {
  readonly #finders = new Map<UnitGraph, ExistingFinder>();

  describe(answered: AnsweredBreak): CyclesBreak {
    const { own, alternatives } = answered;
    return {
      ...this.#change(own, answered),
      alternatives: alternatives.map((other) => this.#change(other, answered)),
    };
  }

  #change(own: Break, { universe, graph }: AnsweredBreak): CyclesChange {
    const { strategy, unit, profile, places, needs, cost, risk } = own;
    const from = at(universe.units, unit).key;
    const relations = places.map((place) => describeRelation(universe, unit, place));
    const finder = strategy === 'existing-binary' && graph !== undefined ? this.#of(graph) : undefined;
    return {
      strategy,
      unit: from,
      ...(profile === undefined ? {} : { profile }),
      ...(relations.length === 0 ? {} : { relation: relations.map(({ relation }) => relation).join(', ') }),
      relations,
      edges: needs.map((need) => ({ from, to: at(universe.units, need).key })),
      cost: cost === Infinity ? null : cost,
      risk,
      servedBy: finder?.findServing(own) ?? [],
      stale: finder?.findStale(own) ?? [],
    };
  }

  #of(graph: UnitGraph): ExistingFinder {
    const finder = this.#finders.get(graph) ?? new ExistingFinder(graph);
    this.#finders.set(graph, finder);
    return finder;
  }
}

function describeRelation(universe: Universe, unit: number, place: number): CyclesRelation {
  if (place !== -1) return dependencyAt(universe, unit, place);
  const { implicitClauses, unitContext, clauses } = universe;
  const implicit = [...row(implicitClauses, at(unitContext, unit))];
  const names = implicit.map((clause) => formatAlternatives(at(clauses.alternatives, clause)));
  return { field: 'Essential', relation: names.join(', ') };
}
