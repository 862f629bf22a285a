import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { checkDeclarations } from './declarations.ts';
import type { EstimateContext } from './estimate.ts';
import { sightSources, type Sighting } from './sightings.ts';
import { learn, Overrides, sightingsByName, subjectOf, type Learned, type Subject } from './subject.ts';
import { unitFacts, unitFactsMaker, type UnitFacts } from './unit-facts.ts';

/** All that estimates of a universe's units rest on. */
export interface Grounds {
  readonly learned: Learned;
  /** Of one unit, with what the estimators ask. */
  readonly subjectOf: (facts: UnitFacts) => Subject;
  /** Of one unit of the universe. */
  readonly factsOf: (unit: Unit) => UnitFacts;
  /** Builds that took place of a unit's source. */
  readonly sightingsOf: (facts: UnitFacts) => readonly Sighting[];
  /** Declarations that builds refute. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Learns from the history, and tells what is known of each unit. O(units × install set + records) */
export function layGrounds(context: EstimateContext): Grounds {
  const diagnostics: Diagnostic[] = [];
  const { options, builders, history } = context;
  const { factsOf, all } = factsFor(context);
  const sources = sightSources(history, all);
  const learned = learn(sources, builders);
  const byName = sightingsByName(sources);
  const declared = checkDeclarations(all, byName, (diagnostic) => diagnostics.push(diagnostic));
  const overrides = new Overrides(context.overrides);
  const sightingsOf = ({ unit }: UnitFacts): readonly Sighting[] => byName.get(unit.source.name) ?? [];
  const declaredBy = ({ id, source }: Unit): number | undefined =>
    history.length === 0 ? source.buildSizeBytes : declared[id];
  return {
    learned,
    factsOf,
    sightingsOf,
    subjectOf: (own) =>
      subjectOf(learned, own, sightingsOf(own), options, overrides.of(own), declaredBy(own.unit)),
    diagnostics,
  };
}

/** A history is compared with the facts of all units; without one nobody asks for the same facts twice. */
function factsFor(context: EstimateContext): {
  readonly factsOf: Grounds['factsOf'];
  readonly all: readonly UnitFacts[];
} {
  if (context.history.length === 0) return { factsOf: unitFactsMaker(context), all: [] };
  const all = unitFacts(context);
  return { factsOf: ({ id }) => at(all, id), all };
}
