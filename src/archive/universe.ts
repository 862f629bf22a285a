import { at } from '../base/column.ts';
import type { Csr } from '../base/csr.ts';
import type { BinaryPackage, BuildRelations, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { Alternatives, RelationField } from '../debian/relation.ts';
import type { BuildKind } from '../debian/target.ts';
import type { Context, Reading } from './context.ts';
import type { ContextPackages } from './context-packages.ts';
import type { Unit } from './unit.ts';

export interface UniverseOptions {
  /** Architectures for which the caller has a `Packages` index: there, what no index lists doesn't exist. */
  readonly indexedArchitectures: readonly string[];
  /** Layers, earliest first; empty: StarlingX's. */
  readonly layers: readonly string[];
  /** Whether build-essential counts where an index doesn't list it: then nothing can be built there. */
  readonly needsBuildEssential: boolean;
  /** How relations are read: by Debian's rules, or as other tools read them. */
  readonly reading: Reading;
  /** What every build chroot holds and what therefore must be installable. */
  readonly implicit: readonly Implicit[];
  /** Whether what a unit builds can be installed too; else only what exists. */
  readonly counts: (unit: Unit) => boolean;
  /** Which alternatives of a group count once it is reduced: all of them, or only the first as on Debian's build daemons. */
  readonly alternatives: 'any' | 'first';
}

/** The packages marked `Essential: yes`, and build-essential. */
export type Implicit = 'essential' | 'build-essential';

/**
 * All binaries and relations that the builds of a run can involve, numbered, so that install sets are arrays:
 * a **node** is a binary package as one context sees it, of a name that some clause asks for; a **clause** is a group of alternatives in one context,
 * with the nodes that satisfy it. A unit or node is installable when each of its clauses has an installable candidate.
 */
export interface Universe {
  readonly reading: Reading;
  readonly units: readonly Unit[];
  readonly contexts: readonly Context[];
  /** Index into `contexts`, one cell a unit. */
  readonly unitContext: Int32Array;
  /** What each context can install, by name: also what no clause asks for, so that it is no node. */
  readonly packages: ContextPackages;
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
  /**
   * Row `node`: what can't be installed beside it, ascending: by Conflicts or Breaks of either, another version of
   * its name, or another architecture of its name but for `Multi-Arch: same` in one version. Symmetric, never itself.
   */
  readonly nodeConflicts: Csr;
  /** Row `unit`: what its Build-Conflicts keep out, ascending. */
  readonly unitConflicts: Csr;
}

export interface NodeTable {
  readonly name: readonly string[];
  /** `undefined`: unknown, satisfies every constraint. */
  readonly version: readonly (string | undefined)[];
  /** The unit that builds it, or -1. */
  readonly producer: Int32Array;
  /** The unit that builds it before `producer` does, with fewer build dependencies or elsewhere; or -1. */
  readonly standIn: Int32Array;
  /** 1: a `Packages` index has it (or it counts as existing), so nobody needs to wait for its unit. */
  readonly exists: Uint8Array;
  /** 1: its unit belongs to a later layer than the context. */
  readonly later: Uint8Array;
  readonly context: Int32Array;
  /** The architecture that it is installed for; of `Architecture: all`, the one that the builds run on. */
  readonly arch: readonly string[];
  readonly multiArch: readonly MultiArch[];
  readonly record: readonly (BinaryPackage | ProducedBinary | undefined)[];
  /** Of a binary to be built: the existing one whose relations stand in for those that its record does not tell. */
  readonly model: readonly (BinaryPackage | undefined)[];
}

export interface ClauseTable {
  readonly alternatives: readonly Alternatives[];
  readonly context: Int32Array;
  /** Row `clause`: the nodes that satisfy it, the preferred one first. */
  readonly candidates: Csr;
}

/** What a fixed order of fields is read from: a unit's build dependencies that count for its target. */
export function buildFields(unit: Unit): readonly RelationField[] {
  return fieldsFor(unit.source.buildDepends, unit.target.kind);
}

/** The Build-Conflicts that count for a unit's target. */
export function buildConflictFields(unit: Unit): readonly RelationField[] {
  return fieldsFor(unit.source.buildConflicts, unit.target.kind);
}

function fieldsFor({ always, arch, indep }: BuildRelations, kind: BuildKind): readonly RelationField[] {
  // what most sources have
  if (arch === undefined && indep === undefined) return always === undefined ? NO_FIELDS : [always];
  return [always, kind === 'all' ? undefined : arch, kind === 'any' ? undefined : indep].filter(
    (field) => field !== undefined,
  );
}

const NO_FIELDS: readonly never[] = [];

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

/** A node as people read it: `libfoo1 1.2-1`; for a cross build `libfoo1:arm64 1.2-1`. */
export function describeNode(universe: Universe, node: number): string {
  const version = universe.nodes.version[node];
  const { arch, buildArch } = at(universe.contexts, at(universe.nodes.context, node));
  const suffix = arch === buildArch ? '' : `:${at(universe.nodes.arch, node)}`;
  const name = `${at(universe.nodes.name, node)}${suffix}`;
  return version === undefined ? name : `${name} ${version}`;
}
