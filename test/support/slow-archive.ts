import { at } from '../../src/base/column.ts';
import type { Archive } from '../../src/analyse.ts';
import type { AnalyseOptions } from '../../src/analysis.ts';
import type { Unit } from '../../src/archive/unit.ts';
import type { BinaryPackage, MultiArch, ProducedBinary } from '../../src/debian/package.ts';
import { reduceAlternatives } from '../../src/debian/reduce.ts';
import {
  anyVersion,
  type Alternatives,
  type Relation,
  type RelationField,
} from '../../src/debian/relation.ts';
import { compareVersions, satisfiesConstraint } from '../../src/debian/version.ts';

/** A binary as the packages of one context see it. */
export interface SlowPackage {
  readonly name: string;
  /** Undefined: unknown, fits every constraint. */
  readonly version: string | undefined;
  /** Key of the unit that builds it. */
  readonly producer: string | undefined;
  readonly exists: boolean;
  readonly isLater: boolean;
  readonly multiArch: MultiArch;
  readonly essential: boolean;
  readonly needs: readonly Alternatives[];
  readonly provides: readonly Relation[];
}

export interface SlowEdge {
  readonly isHard: boolean;
  readonly isDirect: boolean;
  readonly isLater: boolean;
}

interface Place {
  readonly arch: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
}

/**
 * The slow, obvious twin of archive, resolve and graph: looks at every package for every relation, and repeats itself
 * until nothing changes. Reads by Debian's rules, never as StarlingX.
 */
export class SlowArchive {
  readonly #archive: Archive;
  readonly #units: readonly Unit[];
  readonly #options: AnalyseOptions;
  readonly #packages = new Map<string, readonly SlowPackage[]>();
  readonly #assumed = new Map<string, SlowPackage>();
  /** Answers given before, by the packages that were asked and the group: the same question comes up all the time. */
  readonly #satisfiers = new Map<readonly SlowPackage[], Map<Alternatives, readonly SlowPackage[]>>();
  readonly #buildEssential = [anyVersion('build-essential')];
  readonly #needs = new Map<string, readonly Alternatives[]>();

  constructor(archive: Archive, units: readonly Unit[], options: AnalyseOptions) {
    this.#archive = archive;
    this.#units = units;
    this.#options = options;
  }

  /** Everything that the unit's context can see, by name; what is built comes before what exists, newer before older. */
  packagesFor(unit: Unit): readonly SlowPackage[] {
    const place = placeOf(unit);
    const key = JSON.stringify([place.arch, place.layer, place.buildType]);
    const known = this.#packages.get(key) ?? this.#makePackages(place);
    this.#packages.set(key, known);
    return known;
  }

  /** The build dependencies that count for a unit. */
  needsOf(unit: Unit): readonly Alternatives[] {
    const known = this.#needs.get(unit.key) ?? this.#countedNeeds(unit);
    this.#needs.set(unit.key, known);
    return known;
  }

  #countedNeeds(unit: Unit): readonly Alternatives[] {
    const { always, arch, indep } = unit.source.buildDepends;
    const { kind } = unit.target;
    const fields = [always, kind === 'all' ? undefined : arch, kind === 'any' ? undefined : indep];
    return reduceAll(fields, unit.target.arch, unit.target.profiles).map((group) =>
      this.#options.alternatives === 'any'
        ? group
        : group.filter((relation) => relation.package === at(group, 0).package),
    );
  }

  /** The packages that satisfy a group, in order of preference. */
  satisfiers(unit: Unit, group: Alternatives): readonly SlowPackage[] {
    const packages = this.packagesFor(unit);
    const answers = this.#satisfiers.get(packages) ?? new Map<Alternatives, readonly SlowPackage[]>();
    this.#satisfiers.set(packages, answers);
    const known = answers.get(group) ?? this.#findSatisfiers(unit, group);
    answers.set(group, known);
    return known;
  }

  #findSatisfiers(unit: Unit, group: Alternatives): readonly SlowPackage[] {
    const packages = this.packagesFor(unit);
    const { arch } = unit.target;
    const found = new Set<SlowPackage>();
    for (const relation of group) {
      for (const binary of packages) if (isReal(binary, relation, arch)) found.add(binary);
      for (const binary of packages) if (isVirtual(binary, relation, arch)) found.add(binary);
    }
    if (found.size === 0 && !this.#archive.indexedArchitectures.includes(arch)) {
      const unknown = group.find((relation) => !packages.some((binary) => isNamed(binary, relation.package)));
      if (unknown !== undefined) found.add(this.#assume(unknown.package));
    }
    return [...found];
  }

  /**
   * What can't be installed and what can't be built: starts from everything, takes away what lacks something, until
   * nothing more falls away.
   * @param leftOut keys of units that are not built for another reason
   */
  losses(leftOut: ReadonlySet<string>): {
    readonly packages: ReadonlySet<SlowPackage>;
    readonly units: ReadonlySet<string>;
  } {
    const packages = new Set<SlowPackage>();
    const units = new Set<string>();
    const lacks = (unit: Unit, group: Alternatives): boolean =>
      this.satisfiers(unit, group).every((binary) => packages.has(binary));
    for (let size = -1; size !== packages.size + units.size;) {
      size = packages.size + units.size;
      for (const unit of this.#units) {
        const isBroken = this.#implicit(unit).some((candidates) =>
          candidates.every((one) => packages.has(one)),
        );
        if (isBroken || this.needsOf(unit).some((group) => lacks(unit, group))) units.add(unit.key);
        for (const binary of this.packagesFor(unit)) {
          const { producer } = binary;
          const isUnbuilt = producer !== undefined && (units.has(producer) || leftOut.has(producer));
          if ((isUnbuilt && !binary.exists) || binary.needs.some((group) => lacks(unit, group)))
            packages.add(binary);
        }
      }
    }
    return { packages, units };
  }

  /** The packages that can be installed with nothing but what exists already. */
  served(): ReadonlySet<SlowPackage> {
    const everyUnit = new Set(this.#units.map((unit) => unit.key));
    const { packages } = this.losses(everyUnit);
    const all = this.#units.flatMap((unit) => this.packagesFor(unit));
    return new Set(
      [...all, ...this.#assumed.values()].filter((binary) => binary.exists && !packages.has(binary)),
    );
  }

  /** What each unit that is built waits for: the closure of its build dependencies, key → edge, its own key included. */
  edges(leftOut: ReadonlySet<string>): ReadonlyMap<string, ReadonlyMap<string, SlowEdge>> {
    const lost = this.losses(leftOut);
    const served = this.served();
    const isBuilt = (key: string): boolean => !lost.units.has(key) && !leftOut.has(key);
    const edges = new Map<string, ReadonlyMap<string, SlowEdge>>();
    for (const unit of this.#units) {
      if (!isBuilt(unit.key)) continue;
      const own = new Map<string, SlowEdge>();
      const chosenOf = (candidates: readonly SlowPackage[]): SlowPackage => {
        const chosen = candidates.find((binary) => !lost.packages.has(binary));
        if (chosen === undefined) throw new Error(`nothing serves ${unit.key}`);
        return chosen;
      };
      const add = (found: typeof own, chosen: SlowPackage, isHard: boolean, isDirect: boolean): void => {
        const { producer, isLater } = chosen;
        if (producer === undefined || !isBuilt(producer)) return;
        const known = found.get(producer);
        found.set(producer, {
          isHard: isHard || known?.isHard === true,
          isDirect: isDirect || known?.isDirect === true,
          isLater,
        });
      };
      const isDirectOnly = this.#options.depth === 'direct';
      /** All that gets installed; soft. */
      const walk = (group: Alternatives, isDirect: boolean, seen: Set<SlowPackage>): void => {
        const chosen = chosenOf(this.satisfiers(unit, group));
        add(own, chosen, false, isDirect);
        if (isDirectOnly || seen.has(chosen)) return;
        seen.add(chosen);
        for (const next of chosen.needs) walk(next, false, seen);
      };
      /** What nothing existing can replace, on the whole way; hard. */
      const force = (
        candidates: readonly SlowPackage[],
        isDirect: boolean,
        isShallow: boolean,
        seen: Set<SlowPackage>,
      ): void => {
        if (candidates.some((binary) => served.has(binary))) return;
        const chosen = chosenOf(candidates);
        if (chosen.isLater) return;
        add(own, chosen, true, isDirect);
        if (isShallow || seen.has(chosen)) return;
        seen.add(chosen);
        for (const next of chosen.needs) force(this.satisfiers(unit, next), false, isShallow, seen);
      };
      const groups = this.needsOf(unit);
      const seen = new Set<SlowPackage>();
      for (const group of groups) walk(group, true, seen);
      const forced = new Set<SlowPackage>();
      for (const group of groups) force(this.satisfiers(unit, group), true, isDirectOnly, forced);
      const inChroot = new Set<SlowPackage>();
      for (const candidates of this.#implicit(unit)) force(candidates, false, false, inChroot);
      edges.set(unit.key, own);
    }
    return edges;
  }

  /** What must be in every chroot: for each package, the versions that serve. */
  #implicit(unit: Unit): readonly (readonly SlowPackage[])[] {
    const existing = this.#existing(unit.target.arch);
    const tools = existing.some(({ name }) => name === 'build-essential')
      ? [this.satisfiers(unit, this.#buildEssential)]
      : [];
    const names = new Set(existing.filter(({ essential }) => essential).map(({ name }) => name));
    const packages = this.packagesFor(unit);
    const marked = [...names].map((name) =>
      packages.filter((binary) => binary.name === name && binary.essential),
    );
    return [...tools, ...marked];
  }

  #existing(arch: string): readonly BinaryPackage[] {
    return this.#archive.binaries.filter(
      (binary) => binary.indexArchitectures.includes(arch) && ['all', arch].includes(binary.architecture),
    );
  }

  #assume(name: string): SlowPackage {
    const known = this.#assumed.get(name) ?? {
      name,
      version: undefined,
      producer: undefined,
      exists: true,
      isLater: false,
      multiArch: 'allowed',
      essential: false,
      needs: [],
      provides: [],
    };
    this.#assumed.set(name, known);
    return known;
  }

  #makePackages(place: Place): readonly SlowPackage[] {
    const existing = this.#existing(place.arch);
    const claims = this.#units.flatMap((unit) =>
      unit.binaries
        .filter((binary) => isUsable(unit, binary, place.arch))
        .map((binary) => ({ unit, binary })),
    );
    const names = new Set([...existing, ...claims.map(({ binary }) => binary)].map(({ name }) => name));
    return [...names].sort().flatMap((name) => {
      const versions = existing
        .filter((binary) => binary.name === name)
        .sort((a, b) => compareVersions(b.version, a.version));
      const rivals = claims.filter(({ binary }) => binary.name === name);
      const isTwin = (unit: Unit, old: BinaryPackage): boolean =>
        old.source === unit.source.name && old.sourceVersion === unit.source.version;
      const rank = ({ unit }: { readonly unit: Unit }): readonly number[] => {
        const distance = this.#distance(place, unit);
        const type = unit.source.buildType ?? '';
        return [
          Number(distance < 0),
          Math.abs(distance),
          Number(type !== (place.buildType ?? '')),
          Number(type !== 'std'),
          Number(!versions.some((old) => isTwin(unit, old))),
        ];
      };
      const [claim] = rivals.sort(
        (a, b) =>
          compareRanks(rank(a), rank(b)) ||
          compareVersions(b.unit.version, a.unit.version) ||
          (a.unit.key < b.unit.key ? -1 : 1),
      );
      const olds = versions.map((old) => existingPackage(old, place.arch));
      if (claim === undefined) return olds;
      const twin = versions.find((old) => isTwin(claim.unit, old));
      const siblings = this.#units
        .filter((unit) => unit.source === claim.unit.source)
        .flatMap((unit) => unit.binaries.map((sibling) => sibling.name));
      const isIndexed = this.#archive.indexedArchitectures.includes(place.arch);
      const built = producedPackage(claim, twin, versions[0], place.arch, siblings, isIndexed);
      const isLater = this.#distance(place, claim.unit) < 0;
      return [{ ...built, isLater }, ...olds.filter((old) => old.version !== twin?.version)];
    });
  }

  #distance(place: Place, unit: Unit): number {
    const own = this.#options.layers.indexOf(place.layer ?? '');
    const other = this.#options.layers.indexOf(unit.source.layer ?? '');
    return own < 0 || other < 0 ? 0 : own - other;
  }
}

function placeOf({ source, target }: Unit): Place {
  return { arch: target.arch, layer: source.layer, buildType: source.buildType };
}

function isUsable(unit: Unit, binary: ProducedBinary, arch: string): boolean {
  const isAll = unit.target.kind === 'all' || binary.architectures?.includes('all') === true;
  return (unit.target.arch === arch && unit.target.kind !== 'all') || (isAll && unit.target.kind !== 'any');
}

function existingPackage(binary: BinaryPackage, arch: string): SlowPackage {
  return {
    name: binary.name,
    version: binary.version,
    producer: undefined,
    exists: true,
    isLater: false,
    multiArch: binary.multiArch,
    essential: binary.essential,
    needs: reduceAll([binary.preDepends, binary.depends], arch, []),
    provides: provided(binary),
  };
}

function producedPackage(
  { unit, binary }: { readonly unit: Unit; readonly binary: ProducedBinary },
  twin: BinaryPackage | undefined,
  newest: BinaryPackage | undefined,
  arch: string,
  siblings: readonly string[],
  isIndexed: boolean,
): SlowPackage {
  if (twin !== undefined) {
    return { ...existingPackage(twin, arch), producer: unit.key };
  }
  const own = reduceAll([binary.preDepends, binary.depends], arch, unit.target.profiles);
  const inherited = reduceAll([newest?.preDepends, newest?.depends], arch, unit.target.profiles).map(
    (group) =>
      group.some((relation) => siblings.includes(relation.package))
        ? group.map((relation) => ({ ...relation, version: undefined }))
        : group,
  );
  const { name, version } = unit.source;
  const isOwnNumbering =
    newest?.source === name && newest.version.replace(/\+b\d+$/, '') !== newest.sourceVersion;
  const isUnknown = newest === undefined && !isIndexed && !unit.source.tellsRelations;
  return {
    name: binary.name,
    version: isUnknown ? undefined : isOwnNumbering ? newest.version : version,
    producer: unit.key,
    exists: false,
    isLater: false,
    multiArch: isUnknown
      ? 'allowed'
      : binary.multiArch === 'no'
        ? (newest?.multiArch ?? 'no')
        : binary.multiArch,
    essential: binary.essential || (!isUnknown && newest?.essential === true),
    needs: [...own, ...inherited],
    provides: [...provided(binary), ...(newest === undefined ? [] : provided(newest))],
  };
}

function provided(binary: BinaryPackage | ProducedBinary): readonly Relation[] {
  return (binary.provides?.groups ?? []).map((group) => at(group, 0));
}

function reduceAll(
  fields: readonly (RelationField | undefined)[],
  arch: string,
  profiles: readonly string[],
): readonly Alternatives[] {
  return fields
    .flatMap((field) => field?.groups ?? [])
    .map((group) => reduceAlternatives(group, { arch, profiles: new Set(profiles) }))
    .filter((group) => group !== undefined);
}

function isNamed(binary: SlowPackage, name: string): boolean {
  return binary.name === name || binary.provides.some((relation) => relation.package === name);
}

function isReal(binary: SlowPackage, relation: Relation, arch: string): boolean {
  if (binary.name !== relation.package || !fitsQualifier(binary, relation, arch)) return false;
  return binary.version === undefined || satisfiesConstraint(binary.version, relation.version);
}

function isVirtual(binary: SlowPackage, relation: Relation, arch: string): boolean {
  if (!fitsQualifier(binary, relation, arch)) return false;
  return binary.provides.some(
    ({ package: name, version }) =>
      name === relation.package &&
      (binary.name !== name || version !== undefined) &&
      (relation.version === undefined ||
        (version !== undefined && satisfiesConstraint(version.version, relation.version))),
  );
}

function fitsQualifier(binary: SlowPackage, { archQualifier }: Relation, arch: string): boolean {
  if (archQualifier === 'any') return binary.multiArch === 'allowed';
  return archQualifier === undefined || archQualifier === 'native' || archQualifier === arch;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : at(a, place) - at(b, place);
}
