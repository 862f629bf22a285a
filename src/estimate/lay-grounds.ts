import type { Diagnostic } from '../base/diagnostic.ts';
import { checkDeclarations } from './declarations.ts';
import type { EstimateContext } from './estimate.ts';
import { sightSources, type Sighting } from './sightings.ts';
import { learn, Overrides, sightingsByName, subjectOf, type Learned, type Subject } from './subject.ts';
import { unitFacts, type UnitFacts } from './unit-facts.ts';

/** All that estimates of a universe's units rest on. */
export interface Grounds {
  readonly learned: Learned;
  /** One a unit, with what the estimators ask. */
  readonly subjectOf: (facts: UnitFacts) => Subject;
  /** One a unit. */
  readonly facts: readonly UnitFacts[];
  /** Builds that took place of a unit's source. */
  readonly sightingsOf: (facts: UnitFacts) => readonly Sighting[];
  /** Declarations that builds refute. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Learns from the history, and gathers what is known of each unit. O(units × install set + records) */
export function layGrounds(context: EstimateContext): Grounds {
  const diagnostics: Diagnostic[] = [];
  const facts = unitFacts(context);
  const sources = sightSources(context.history, facts);
  const learned = learn(sources, context.builders);
  const byName = sightingsByName(sources);
  const declared = checkDeclarations(facts, byName, (diagnostic) => diagnostics.push(diagnostic));
  const overrides = new Overrides(context.overrides);
  const sightingsOf = ({ unit }: UnitFacts): readonly Sighting[] => byName.get(unit.source.name) ?? [];
  return {
    learned,
    facts,
    sightingsOf,
    subjectOf: (own) =>
      subjectOf(learned, own, sightingsOf(own), context.options, overrides.of(own), declared[own.unit.id]),
    diagnostics,
  };
}
