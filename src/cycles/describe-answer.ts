import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { formatAlternatives } from '../debian/relation.ts';
import { dependencyAt } from '../resolve/origin.ts';
import type { Break } from './break.ts';
import type { AnsweredBreak } from './component-answer.ts';
import type { CyclesBreak, CyclesChange, CyclesRelation } from './cycles-document.ts';
import { StaleFinder } from './find-stale.ts';
import { ServerFinder } from './serving-binaries.ts';

/** Puts breaks into records: keys for units, relations with their places, what serves instead. */
export class BreakDescriber {
  readonly #finders = new Map<UnitGraph, Finders>();

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
    const finders = strategy === 'existing-binary' && graph !== undefined ? this.#of(graph) : undefined;
    return {
      strategy,
      unit: from,
      ...(profile === undefined ? {} : { profile }),
      ...(relations.length === 0 ? {} : { relation: relations.map(({ relation }) => relation).join(', ') }),
      relations,
      edges: needs.map((need) => ({ from, to: at(universe.units, need).key })),
      cost: cost === Infinity ? null : cost,
      risk,
      servedBy: finders?.servers.find(own) ?? [],
      stale: finders?.stale.find(own) ?? [],
    };
  }

  #of(graph: UnitGraph): Finders {
    const finders = this.#finders.get(graph) ?? {
      servers: new ServerFinder(graph),
      stale: new StaleFinder(graph),
    };
    this.#finders.set(graph, finders);
    return finders;
  }
}

interface Finders {
  readonly servers: ServerFinder;
  readonly stale: StaleFinder;
}

function describeRelation(universe: Universe, unit: number, place: number): CyclesRelation {
  if (place !== -1) return dependencyAt(universe, unit, place);
  const { implicitClauses, unitContext, clauses } = universe;
  const implicit = [...row(implicitClauses, at(unitContext, unit))];
  const names = implicit.map((clause) => formatAlternatives(at(clauses.alternatives, clause)));
  return { field: 'Essential', relation: names.join(', ') };
}
