import type { Universe } from '../archive/universe.ts';
import type { Unit } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import type { Location } from '../base/diagnostic.ts';
import { formatAlternatives } from '../debian/relation.ts';
import type { Target } from '../debian/target.ts';
import type { Base, Member } from './apt-install-set.ts';
import type { ConflictLoss } from './explain-conflict.ts';
import { locateLink } from './locate-link.ts';
import { findDependency } from './origin.ts';
import type { AptFault } from './search-install-set.ts';

export const INSTALL_SET_SCHEMA = 'debplan/install-set@1';

/** What `debplan install-set` prints: what gets installed to build a source, or why it can't be built. */
export type InstallSetAnswer = InstallSetDocument | NoInstallSet;

/** What gets installed to build a unit, each package with the relation that asked for it. */
export interface InstallSetDocument {
  readonly schema: typeof INSTALL_SET_SCHEMA;
  readonly kind: 'install-set';
  /** The unit's key: `hello_2.10-3/amd64`. */
  readonly unit: string;
  readonly source: string;
  readonly version: string;
  readonly target: Target;
  /** `apt`: with build-essential, as `apt-get build-dep`; `chroot`: with the Essential packages too. */
  readonly base: Base;
  /** `apt`: apt's first choice of each relation; `search`: that one has a fault, so another set was looked for. */
  readonly choice: 'apt' | 'search';
  /** The fault of apt's first choice; with `search` only. */
  readonly fault?: AptFault;
  /** What the build dependencies ask for first, then what that depends on, and so on. */
  readonly packages: readonly InstallSetPackage[];
  /** The sum over the packages whose size is known. */
  readonly installedBytes: number;
  readonly downloadBytes: number;
  /** How many packages have no known installed size: nothing lists them, they are yet to be built. */
  readonly unknownSizes: number;
}

export interface InstallSetPackage {
  readonly package: string;
  readonly version?: string;
  /** Missing where nothing tells. */
  readonly architecture?: string;
  readonly installedBytes?: number;
  readonly downloadBytes?: number;
  readonly askedBy: AskedBy;
}

/** The relation that brought a package into the set; of several one of those nearest to the source. */
export interface AskedBy {
  /** The package of the set that has the relation; missing: the source itself. */
  readonly package?: string;
  /** `Build-Depends`, `Depends`, …; `Essential` or `Build-Essential` for what no relation asks for. */
  readonly field: string;
  readonly relation: string;
  /** Where a build dependency stands. */
  readonly location?: Location;
}

/** There is no install set. */
export interface NoInstallSet {
  readonly schema: typeof INSTALL_SET_SCHEMA;
  readonly kind: 'unbuildable';
  /** The unit's key, or the source's name where the architecture has nothing to build of it. */
  readonly unit: string;
  /** One line. */
  readonly reason: string;
  /** What leads to each side, where the reason is a conflict. */
  readonly conflict?: ConflictLoss;
}

/**
 * The set as a document. Unknown sizes count as nothing in the sums. O(set)
 * @param fault of apt's first choice; undefined: the members are that choice
 */
export function makeInstallSetDocument(
  universe: Universe,
  unit: Unit,
  base: Base,
  members: readonly Member[],
  fault: AptFault | undefined,
): InstallSetDocument {
  const packages = members.map((member) => describeMember(universe, unit, member));
  const { source, version, target, key } = unit;
  return {
    schema: INSTALL_SET_SCHEMA,
    kind: 'install-set',
    unit: key,
    source: source.name,
    version,
    target,
    base,
    choice: fault === undefined ? 'apt' : 'search',
    ...(fault === undefined ? {} : { fault }),
    packages,
    installedBytes: packages.reduce((sum, { installedBytes = 0 }) => sum + installedBytes, 0),
    downloadBytes: packages.reduce((sum, { downloadBytes = 0 }) => sum + downloadBytes, 0),
    unknownSizes: packages.filter(({ installedBytes }) => installedBytes === undefined).length,
  };
}

function describeMember(universe: Universe, unit: Unit, member: Member): InstallSetPackage {
  const { name, version, arch, record } = universe.nodes;
  const own = record[member.node];
  const existing = own !== undefined && 'indexArchitectures' in own ? own : undefined;
  const known = version[member.node];
  const architecture = existing?.architecture ?? (own === undefined ? undefined : arch[member.node]);
  return {
    package: at(name, member.node),
    ...(known === undefined ? {} : { version: known }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(existing?.installedBytes === undefined ? {} : { installedBytes: existing.installedBytes }),
    ...(existing?.downloadBytes === undefined ? {} : { downloadBytes: existing.downloadBytes }),
    askedBy:
      member.parent < 0 ? askedBySource(universe, unit, member.clause) : askedByPackage(universe, member),
  };
}

function askedBySource(universe: Universe, unit: Unit, clause: number): AskedBy {
  const dependency = findDependency(universe, unit.id, clause);
  if (dependency !== undefined) return dependency;
  const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
  return { field: relation.includes('build-essential') ? 'Build-Essential' : 'Essential', relation };
}

function askedByPackage(universe: Universe, { clause, parent }: Member): AskedBy {
  const relation = formatAlternatives(at(universe.clauses.alternatives, clause));
  const field = locateLink(universe, parent, clause)?.field ?? 'Depends';
  return { package: at(universe.nodes.name, parent), field, relation };
}
