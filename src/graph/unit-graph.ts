import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import type { Csr } from '../base/csr.ts';
import type { Installability } from '../resolve/installability.ts';

/** Bits of `UnitGraph.edgeFlags`. */
export const HARD = 1;
/** A build dependency names the binary itself, no run-time relation in between. */
export const DIRECT = 2;
/** The binary is built by a later layer: the wait can't be honoured. */
export const LATER = 4;
/** It would be hard, but for a first build of the same unit whose binaries serve until this one is done. */
export const STANDS_IN = 8;

/** `install`: edges follow run-time relations; `direct`: only the build dependencies themselves. */
export type Depth = 'install' | 'direct';

/** What counts as an edge. */
export interface EdgeOptions {
  readonly depth: Depth;
  /** Whether a unit waits for what every chroot holds as if it named it; else only for what doesn't exist yet. */
  readonly waitsForImplicit: boolean;
}

/** Which unit waits for which: an edge where a binary of the install set of one is built by the other. */
export interface UnitGraph extends EdgeOptions {
  readonly universe: Universe;
  readonly installability: Installability;
  /** Row `unit`: the units that it waits for, ascending, never itself. Empty for units that are not built. */
  readonly needs: Csr;
  /** `HARD`, `DIRECT`, `LATER`, `STANDS_IN`; one cell an edge of `needs`. */
  readonly edgeFlags: Uint8Array;
  /** 1: the unit can't be built without a binary of its own that no index has. */
  readonly needsItself: Uint8Array;
  /** 1 + the clause that only a later layer can satisfy, so that the unit can't be built; 0: there is none. */
  readonly needsLater: Int32Array;
  /** Chosen node of each clause. */
  readonly chosen: Int32Array;
}

/** The unit that builds a node, if it is built; else -1. */
export function builtBy(universe: Universe, installability: Installability, node: number): number {
  const producer = at(universe.nodes.producer, node);
  return producer >= 0 && installability.unitBuilt[producer] === 1 ? producer : -1;
}

/** The unit that stands in for the one that builds a node, if it is built; else -1. */
export function standInFor(universe: Universe, installability: Installability, node: number): number {
  const unit = at(universe.nodes.standIn, node);
  return unit >= 0 && installability.unitBuilt[unit] === 1 ? unit : -1;
}
