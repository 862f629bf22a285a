import type { Universe } from '../archive/universe.ts';
import { chooseNodes } from '../resolve/choose-nodes.ts';
import { computeInstallability } from '../resolve/installability.ts';
import { buildUnitGraph } from './build-unit-graph.ts';
import type { EdgeOptions, UnitGraph } from './unit-graph.ts';

/** What install sets are walked in: a universe, what can be installed of it, and what is. */
export type Walkable = Pick<UnitGraph, 'universe' | 'installability' | 'chosen'>;

/** What of a universe does not count. */
export interface Omissions {
  /** 1: the unit is not built; left out: all are that can be. */
  readonly leftOut?: Uint8Array;
  /** How many candidates each clause passes over; left out: none. */
  readonly skipped?: Int32Array;
}

/** What of a universe can be installed and built, and which candidate each clause takes. */
export function chooseIn(
  universe: Universe,
  {
    leftOut = new Uint8Array(universe.units.length),
    skipped = new Int32Array(universe.clauses.alternatives.length),
  }: Omissions = {},
): Walkable {
  const installability = computeInstallability(universe, leftOut);
  return { universe, installability, chosen: chooseNodes(universe, installability, skipped) };
}

/** Which unit of a universe waits for which. @see buildUnitGraph for the cost */
export function graphOf(universe: Universe, options: EdgeOptions, omissions: Omissions = {}): UnitGraph {
  const { installability, chosen } = chooseIn(universe, omissions);
  return buildUnitGraph(universe, installability, chosen, options);
}
