import type { Location } from '../base/diagnostic.ts';

export type VersionOperator = '<<' | '<=' | '=' | '>=' | '>>';

/**
 * One possible dependency, as in `libfoo-dev:native (>= 1.2) [linux-any !armhf] <!nocheck> <!stage1 cross>`.
 * The names are dpkg's (`Dpkg::Deps::Simple`).
 * @see Debian Policy 7.1; deb-src-control(5)
 */
export interface Relation {
  readonly package: string;
  /** Architecture qualifier: `any`, `native` or an architecture. */
  readonly archQualifier: string | undefined;
  readonly version: VersionConstraint | undefined;
  /** Architectures and wildcards, each with its `!` if it has one; empty: all architectures. */
  readonly architectures: readonly string[];
  /** Restriction formula: OR of the outer list, AND of the inner; terms keep their `!`; empty: always. */
  readonly profiles: readonly (readonly string[])[];
}

export interface VersionConstraint {
  readonly operator: VersionOperator;
  readonly version: string;
}

/** One group of a relation field: `a | b`. Never empty. Equal texts share one object, so groups may be compared by identity. */
export type Alternatives = readonly Relation[];

/** A whole field: groups that must all be satisfied (or, in conflicts, none). */
export interface RelationField {
  /** The field's name in Debian's spelling: `Build-Depends-Indep`. */
  readonly name: string;
  readonly groups: readonly Alternatives[];
  /** The field's value as it stands in the file, for `locateGroup`. */
  readonly text: string;
  /** Where the value begins. */
  readonly location: Location;
}

/** A relation to a package in whatever version. */
export function anyVersion(name: string): Relation {
  return { package: name, archQualifier: undefined, version: undefined, architectures: [], profiles: [] };
}

/** The group as Debian writes it: `a (>= 1) [amd64] <!nocheck> | b`. */
export function formatAlternatives(alternatives: Alternatives): string {
  return alternatives.map(formatRelation).join(' | ');
}

export function formatRelation(relation: Relation): string {
  const qualifier = relation.archQualifier === undefined ? '' : `:${relation.archQualifier}`;
  const version =
    relation.version === undefined ? '' : ` (${relation.version.operator} ${relation.version.version})`;
  const architectures = relation.architectures.length === 0 ? '' : ` [${relation.architectures.join(' ')}]`;
  const profiles = relation.profiles.map((terms) => ` <${terms.join(' ')}>`).join('');
  return `${relation.package}${qualifier}${version}${architectures}${profiles}`;
}
