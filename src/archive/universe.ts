import { at } from '../base/column.ts';
import type { Csr } from '../base/csr.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import type { Alternatives, RelationField } from '../debian/relation.ts';
import type { Unit } from './unit.ts';

export interface UniverseOptions {
  /** Architectures for which the caller has a `Packages` index: there, what no index lists doesn't exist. */
  readonly indexedArchitectures: readonly string[];
  /** Layers, earliest first; empty: StarlingX's. */
  readonly layers: readonly string[];
  /** How relations are read: by Debian's rules, or as StarlingX's build tools read them. */
  readonly reading: Reading;
  /** Which alternatives of a group count once it is reduced: all of them, or only the first as on Debian's build daemons. */
  readonly alternatives: 'any' | 'first';
}

/** `starlingx`: restrictions, versions and virtual packages are ignored, and every alternative is required. */
export type Reading = 'debian' | 'starlingx';

/** Units that see the same binaries: one architecture, and in a tree with layers one layer and build type. */
export interface Context {
  readonly arch: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
  /** Whether a `Packages` index tells what exists on the architecture. */
  readonly isIndexed: boolean;
}

/**
 * All binaries and relations of a run, numbered, so that install sets are arrays:
 * a **node** is a binary package as one context sees it; a **clause** is a group of alternatives in one context,
 * with the nodes that satisfy it. A unit or node is installable when each of its clauses has an installable candidate.
 */
export interface Universe {
  readonly units: readonly Unit[];
  readonly contexts: readonly Context[];
  /** Index into `contexts`, one cell a unit. */
  readonly unitContext: Int32Array;
  readonly nodes: NodeTable;
  readonly clauses: ClauseTable;
  /** Row `unit`: the clauses of its build dependencies, in the order of `buildFields`. */
  readonly unitClauses: Csr;
  /** One cell an edge of `unitClauses`: the place of its group among all groups of the unit's `buildFields`. */
  readonly unitClauseGroup: Int32Array;
  /** Row `node`: the clauses of its Pre-Depends and Depends. */
  readonly nodeClauses: Csr;
  /** Row `context`: build-essential and the Essential packages. */
  readonly implicitClauses: Csr;
}

export interface NodeTable {
  readonly name: readonly string[];
  /** `undefined`: unknown, satisfies every constraint. */
  readonly version: readonly (string | undefined)[];
  /** The unit that builds it, or -1. */
  readonly producer: Int32Array;
  /** 1: a `Packages` index has it (or it counts as existing), so nobody needs to wait for its unit. */
  readonly exists: Uint8Array;
  /** 1: its unit belongs to a later layer than the context. */
  readonly later: Uint8Array;
  readonly context: Int32Array;
  readonly record: readonly (BinaryPackage | ProducedBinary | undefined)[];
}

export interface ClauseTable {
  readonly alternatives: readonly Alternatives[];
  readonly context: Int32Array;
  /** Row `clause`: the nodes that satisfy it, the preferred one first. */
  readonly candidates: Csr;
}

/** What a fixed order of fields is read from: a unit's build dependencies that count for its target. */
export function buildFields(unit: Unit): readonly RelationField[] {
  const { always, arch, indep } = unit.source.buildDepends;
  return [
    always,
    unit.target.kind === 'all' ? undefined : arch,
    unit.target.kind === 'any' ? undefined : indep,
  ].filter((field) => field !== undefined);
}

/** A group of a unit's build dependencies by its place, with the field that it stands in. */
export function buildGroup(
  unit: Unit,
  place: number,
): { readonly field: RelationField; readonly index: number; readonly group: Alternatives } {
  let index = place;
  for (const field of buildFields(unit)) {
    const group = field.groups[index];
    if (group !== undefined) return { field, index, group };
    index -= field.groups.length;
  }
  throw new Error(`BUG: ${unit.key} has no group ${String(place)}`);
}

/** A node as people read it: `libfoo1 1.2-1`. */
export function describeNode(universe: Universe, node: number): string {
  const version = universe.nodes.version[node];
  const name = at(universe.nodes.name, node);
  return version === undefined ? name : `${name} ${version}`;
}
