import { at } from '../../src/base/column.ts';
import { matchesArchitectureList } from '../../src/debian/architecture.ts';
import type { BinaryPackage, MultiArch, ProducedBinary, SourcePackage } from '../../src/debian/package.ts';
import { matchesProfiles } from '../../src/debian/profile.ts';
import { reduceAlternatives } from '../../src/debian/reduce.ts';
import type { Alternatives, Relation, RelationField } from '../../src/debian/relation.ts';
import type { BuildKind } from '../../src/debian/target.ts';
import { compareVersions, satisfiesConstraint } from '../../src/debian/version.ts';

/** What an archive is simulated from. */
export interface ReplayInputs {
  readonly sources: readonly SourcePackage[];
  readonly binaries: readonly BinaryPackage[];
  readonly indexedArchitectures: readonly string[];
}

/** One build of a source: once it is done, its binaries are in the archive. */
export interface ReplayBuild {
  /** The task's id, or the unit's key of a build that the plan leaves out. */
  readonly id: string;
  readonly source: SourcePackage;
  readonly arch: string;
  readonly buildArch: string;
  readonly kind: BuildKind;
  readonly profiles: readonly string[];
  /** Infinity: never. */
  readonly endMs: number;
}

/** Who looks at the archive: packages of one layer and build type for one architecture, built on the same or another one. */
export interface Place {
  /** Equal for equal places. */
  readonly key: string;
  readonly arch: string;
  readonly buildArch: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
}

/** A binary that a place may find in the archive, sooner or later. */
export interface Offer {
  readonly name: string;
  /** Undefined: unknown, fits every constraint. */
  readonly version: string | undefined;
  /** The architecture that it is installed for. */
  readonly arch: string;
  /** `unknown`: fits every qualifier. */
  readonly multiArch: MultiArch | 'unknown';
  readonly essential: boolean;
  readonly needs: readonly Alternatives[];
  readonly provides: readonly Relation[];
  /** `never`: only a later layer builds it. */
  readonly when: 'always' | 'never' | 'built';
  /** The build that puts it into the archive, and the one that replaces it there by its own. */
  readonly build: ReplayBuild | undefined;
  readonly replacedBy: ReplayBuild | undefined;
}

/** What one architecture's packages can come from, by name. */
interface Shelf {
  /** Newest first; a double counts once. */
  readonly existing: ReadonlyMap<string, readonly BinaryPackage[]>;
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** Virtual name → names that may provide it, sorted. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
}

/** What a place has found so far. */
interface View {
  readonly place: Place;
  readonly real: Map<string, readonly Offer[]>;
  readonly candidates: Map<string, Map<Alternatives, readonly Offer[]>>;
}

const STARLINGX_LAYERS = ['compiler', 'distro', 'flock', 'openstack'];

/** All that an archive holds in the course of a plan, as each place sees it. Slow and obvious; by Debian's reading. */
export class ReplayArchive {
  readonly #inputs: ReplayInputs;
  readonly #claims: readonly Claim[];
  /** Source → the names that its builds make. */
  readonly #siblings = new Map<SourcePackage, Set<string>>();
  readonly #layers: readonly string[];
  readonly #views = new Map<string, View>();
  readonly #namedSomewhere: ReadonlySet<string>;
  readonly #isEverySourceKnown: boolean;
  readonly #shelves = new Map<string, Shelf>();

  /** @param layers earliest first; empty: StarlingX's */
  constructor(inputs: ReplayInputs, builds: readonly ReplayBuild[], layers: readonly string[]) {
    this.#inputs = inputs;
    this.#claims = builds.flatMap((build) => madeBy(build).map((binary) => ({ build, binary })));
    for (const { build, binary } of this.#claims) {
      const names = this.#siblings.get(build.source) ?? new Set();
      this.#siblings.set(build.source, names.add(binary.name));
    }
    const order = layers.length === 0 ? STARLINGX_LAYERS : layers;
    const present = builds.flatMap(({ source }) => source.layer ?? []);
    this.#layers = [...new Set([...order, ...present.sort()])];
    this.#isEverySourceKnown = inputs.sources.every(({ knowsBinaries }) => knowsBinaries);
    this.#namedSomewhere = new Set([
      ...inputs.sources.flatMap(({ binaries }) => binaries.map(({ name }) => name)),
      ...inputs.binaries.flatMap((own) => [own.name, ...providesOf(own).map(({ package: name }) => name)]),
    ]);
  }

  /**
   * The binaries that satisfy a group at some time, the preferred one first: alternatives in their order, real packages
   * before virtual ones, built before existing, newer before older.
   * @param from the architecture of the package that asks
   */
  candidates(place: Place, group: Alternatives, from: string): readonly Offer[] {
    const view = this.#view(place);
    const known = view.candidates.get(from) ?? new Map<Alternatives, readonly Offer[]>();
    view.candidates.set(from, known);
    const found = known.get(group) ?? this.#findCandidates(place, group, from);
    known.set(group, found);
    return found;
  }

  /** The binaries of a name, at whatever time. */
  named(place: Place, name: string): readonly Offer[] {
    const { real } = this.#view(place);
    const known = real.get(name) ?? this.#findNamed(place, name);
    real.set(name, known);
    return known;
  }

  /** The names that every chroot of a place holds. */
  essentialNames({ buildArch }: Place): readonly string[] {
    const { existing } = this.#shelf(buildArch);
    return [...existing.keys()].filter((name) => existing.get(name)?.some(({ essential }) => essential));
  }

  exists(arch: string, name: string): boolean {
    return this.#shelf(arch).existing.has(name);
  }

  #findCandidates(place: Place, group: Alternatives, from: string): readonly Offer[] {
    const found = new Set<Offer>();
    for (const relation of group) {
      for (const offer of this.named(place, relation.package))
        if (isReal(offer, relation, from, place)) found.add(offer);
      for (const offer of this.#providing(place, relation.package))
        if (isVirtual(offer, relation, from, place)) found.add(offer);
    }
    return found.size > 0 ? [...found] : this.#assume(place, group, from);
  }

  /** What nothing known satisfies counts as existing where nobody knows what exists. */
  #assume(place: Place, group: Alternatives, from: string): readonly Offer[] {
    const unknown = group.find(
      ({ package: name }) =>
        this.named(place, name).length === 0 && this.#providing(place, name).length === 0,
    );
    if (unknown === undefined) return [];
    const arch = unknown.archQualifier === 'native' ? place.buildArch : from;
    const isIndexed = this.#inputs.indexedArchitectures.includes(arch);
    if (isIndexed && (this.#isEverySourceKnown || this.#namedSomewhere.has(unknown.package))) return [];
    return [assumed(unknown.package, arch)];
  }

  #view(place: Place): View {
    const known = this.#views.get(place.key) ?? { place, real: new Map(), candidates: new Map() };
    this.#views.set(place.key, known);
    return known;
  }

  #shelf(arch: string): Shelf {
    const known = this.#shelves.get(arch) ?? this.#makeShelf(arch);
    this.#shelves.set(arch, known);
    return known;
  }

  #makeShelf(arch: string): Shelf {
    const existing = existingFor(arch, this.#inputs.binaries);
    const claims = this.#claims.filter(({ build, binary }) => isUsable(build, binary, arch));
    const providers = new Map<string, Set<string>>();
    for (const binary of [...existing, ...claims.map((claim) => claim.binary)]) {
      for (const { package: name } of providesOf(binary))
        providers.set(name, (providers.get(name) ?? new Set()).add(binary.name));
    }
    return {
      existing: groupBy(existing, ({ name }) => name),
      claims: groupBy(claims, ({ binary }) => binary.name),
      providers: new Map([...providers].map(([name, known]) => [name, [...known].sort()])),
    };
  }

  /** The binaries that provide a name beside what they are. */
  #providing(place: Place, name: string): readonly Offer[] {
    const { arch, buildArch } = place;
    const providers = [arch, buildArch].flatMap((own) => this.#shelf(own).providers.get(name) ?? []);
    return [...new Set(providers)]
      .flatMap((provider) => this.named(place, provider))
      .filter((offer) =>
        offer.provides.some(
          (provided) => provided.package === name && (offer.name !== name || provided.version !== undefined),
        ),
      );
  }

  #findNamed(place: Place, name: string): readonly Offer[] {
    const { arch, buildArch } = place;
    const own = this.#offers(place, arch, name);
    if (arch === buildArch) return own;
    return [
      ...own.filter((offer) => offer.arch === arch || offer.build !== undefined),
      ...this.#offers({ ...place, arch: buildArch }, buildArch, name),
      ...own.filter((offer) => offer.arch !== arch && offer.build === undefined),
    ];
  }

  /** What packages of an architecture can be installed from: what is built, then what exists. */
  #offers(place: Place, arch: string, name: string): readonly Offer[] {
    const shelf = this.#shelf(arch);
    const olds = shelf.existing.get(name) ?? [];
    return [
      ...this.#built(place, shelf.claims.get(name) ?? [], olds),
      ...olds.map((binary) => existingOffer(binary, arch, place)),
    ];
  }

  /** The builds of one name that count here: those of the source that is nearest, each until the next one replaces it. */
  #built(place: Place, claims: readonly Claim[], olds: readonly BinaryPackage[]): readonly Offer[] {
    const rank = ({ build: { source } }: Claim): readonly number[] => {
      const distance = this.#distance(place, source);
      const type = source.buildType ?? '';
      return [
        Number(distance < 0),
        Math.abs(distance),
        Number(type !== (place.buildType ?? '')),
        Number(type !== 'std'),
      ];
    };
    const [best] = [...claims].sort(
      (a, b) =>
        compareRanks(rank(a), rank(b)) ||
        compareTexts(a.build.source.buildType ?? '', b.build.source.buildType ?? '') ||
        Number(!olds.some((old) => isTwin(a.build.source, old))) -
          Number(!olds.some((old) => isTwin(b.build.source, old))) ||
        compareVersions(b.build.source.version ?? '0', a.build.source.version ?? '0') ||
        compareTexts(a.build.id, b.build.id),
    );
    if (best === undefined) return [];
    const { source } = best.build;
    const own = claims.filter(({ build }) => build.source === source);
    own.sort((a, b) => compareNumbers(a.build.endMs, b.build.endMs));
    const isLater = this.#distance(place, source) < 0;
    const isIndexed = this.#inputs.indexedArchitectures.includes(place.arch);
    // without an index nobody knows whether what a later layer builds exists already
    const isTrusted = isLater && !isIndexed && best.build.endMs < Infinity;
    const siblings = this.#siblings.get(source) ?? new Set();
    return own.map((claim, index) => ({
      ...builtOffer(claim, olds, place, isIndexed, siblings),
      ...(isTrusted ? { needs: [], build: undefined } : {}),
      when: isTrusted ? 'always' : isLater ? 'never' : 'built',
      replacedBy: own[index + 1]?.build,
    }));
  }

  /** How many layers a source lies before a place; negative: after it. */
  #distance(place: Place, source: SourcePackage): number {
    if (place.layer === undefined || source.layer === undefined) return 0;
    return this.#layers.indexOf(place.layer) - this.#layers.indexOf(source.layer);
  }
}

/** A build that says it makes a binary. */
interface Claim {
  readonly build: ReplayBuild;
  readonly binary: ProducedBinary;
}

/** Drops what restrictions exclude. */
export function reduceAll(
  fields: readonly (RelationField | undefined)[],
  arch: string,
  profiles: readonly string[],
): readonly Alternatives[] {
  return fields
    .flatMap((field) => field?.groups ?? [])
    .flatMap((group) => {
      const reduced = reduceAlternatives(group, { arch, profiles: new Set(profiles) });
      return reduced === undefined ? [] : [reduced];
    });
}

/** The binaries that a build makes. */
export function madeBy({ source, arch, kind, profiles }: ReplayBuild): readonly ProducedBinary[] {
  return source.binaries.filter((binary) => {
    if (!matchesProfiles(binary.profiles, new Set(profiles))) return false;
    const { architectures } = binary;
    if (architectures === undefined) return isNamedFor(binary.name, source, arch);
    if (architectures.includes('all')) return kind !== 'any';
    return kind !== 'all' && matchesArchitectureList(arch, architectures);
  });
}

/** Of binaries known by name alone: `linux-headers-arm64` is not amd64's if the source names `linux-headers-amd64` too. */
function isNamedFor(name: string, source: SourcePackage, arch: string): boolean {
  const found = /^(.+)-(amd64|arm64|armel|armhf|i386|loong64|mips64el|mipsel|ppc64el|riscv64|s390x)$/.exec(
    name,
  );
  if (found === null || found[2] === arch) return true;
  return !source.binaries.some((other) => other.name === `${found[1] ?? ''}-${arch}`);
}

/** Whether packages of an architecture can use what a build makes: its own, and what is for all of them. */
function isUsable(build: ReplayBuild, binary: ProducedBinary, arch: string): boolean {
  if (build.arch === arch && build.kind !== 'all') return true;
  return build.kind === 'all' || (build.kind === 'binary' && binary.architectures?.includes('all') === true);
}

function existingFor(arch: string, binaries: readonly BinaryPackage[]): readonly BinaryPackage[] {
  const listed = binaries.filter(
    ({ indexArchitectures: indexes, architecture }) =>
      (indexes.includes(arch) || indexes.includes('all')) && [arch, 'all'].includes(architecture),
  );
  const known = new Set<string>();
  const distinct = listed.filter(({ name, version }) => {
    const key = `${name} ${version}`;
    const isFirst = !known.has(key);
    known.add(key);
    return isFirst;
  });
  return distinct.sort((a, b) => compareVersions(b.version, a.version));
}

function existingOffer(binary: BinaryPackage, arch: string, { buildArch }: Place): Offer {
  return {
    name: binary.name,
    version: binary.version,
    arch: binary.architecture === 'all' ? buildArch : arch,
    multiArch: binary.multiArch,
    essential: binary.essential,
    needs: reduceAll([binary.preDepends, binary.depends], arch, []),
    provides: providesOf(binary),
    when: 'always',
    build: undefined,
    replacedBy: undefined,
  };
}

/** A binary as its build will make it; what its input does not tell is taken from the existing one of the name. */
function builtOffer(
  { build, binary }: Claim,
  olds: readonly BinaryPackage[],
  place: Place,
  isIndexed: boolean,
  siblings: ReadonlySet<string>,
): Offer {
  const { source, profiles } = build;
  const isAll = binary.architectures?.includes('all') === true;
  const common = {
    name: binary.name,
    arch: isAll ? place.buildArch : place.arch,
    when: 'built',
    build,
    replacedBy: undefined,
  } as const;
  const twin = olds.find((old) => isTwin(source, old));
  if (twin !== undefined) return { ...existingOffer(twin, place.arch, place), ...common };
  const [newest] = olds;
  const own = reduceAll([binary.preDepends, binary.depends], place.arch, profiles);
  const isNameAlone = newest === undefined && !isIndexed && !source.tellsRelations;
  if (isNameAlone) {
    const { essential } = binary;
    return { ...common, version: undefined, multiArch: 'unknown', essential, needs: own, provides: [] };
  }
  const inherited = reduceAll([newest?.preDepends, newest?.depends], place.arch, profiles).map((group) =>
    group.some((relation) => siblings.has(relation.package))
      ? group.map((relation) => ({ ...relation, version: undefined }))
      : group,
  );
  const isOwnNumbering =
    newest?.source === source.name && newest.version.replace(/\+b\d+$/, '') !== newest.sourceVersion;
  return {
    ...common,
    version: isOwnNumbering && source.version !== undefined ? newest.version : source.version,
    multiArch: binary.multiArch === 'no' ? (newest?.multiArch ?? 'no') : binary.multiArch,
    essential: binary.essential || newest?.essential === true,
    needs: [...own, ...inherited],
    provides: [...providesOf(binary), ...(newest === undefined ? [] : providesOf(newest))],
  };
}

function assumed(name: string, arch: string): Offer {
  return {
    name,
    version: undefined,
    arch,
    multiArch: 'allowed',
    essential: false,
    needs: [],
    provides: [],
    when: 'always',
    build: undefined,
    replacedBy: undefined,
  };
}

/** Whether an existing binary is what the source's build makes again. */
function isTwin(source: SourcePackage, old: BinaryPackage): boolean {
  return old.source === source.name && old.sourceVersion === source.version;
}

function providesOf(binary: BinaryPackage | ProducedBinary): readonly Relation[] {
  return (binary.provides?.groups ?? []).map((group) => at(group, 0));
}

function isReal(offer: Offer, relation: Relation, from: string, place: Place): boolean {
  if (!isOfArchitecture(offer, relation, from, place)) return false;
  return offer.version === undefined || satisfiesConstraint(offer.version, relation.version);
}

function isVirtual(offer: Offer, relation: Relation, from: string, place: Place): boolean {
  return offer.provides.some(({ package: name, version, archQualifier }) => {
    if (name !== relation.package || (name === offer.name && version === undefined)) return false;
    const fits =
      archQualifier === undefined
        ? isOfArchitecture(offer, relation, from, place)
        : archQualifier === relation.archQualifier;
    if (!fits || relation.version === undefined) return fits;
    return version !== undefined && satisfiesConstraint(version.version, relation.version);
  });
}

function isOfArchitecture(offer: Offer, { archQualifier }: Relation, from: string, place: Place): boolean {
  if (offer.multiArch === 'unknown') return true;
  if (archQualifier === 'any') return offer.multiArch === 'allowed';
  if (archQualifier === 'native') return offer.arch === place.buildArch;
  if (archQualifier !== undefined) return offer.arch === archQualifier;
  return offer.arch === from || offer.multiArch === 'foreign';
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key) ?? [];
  known.push(value);
  map.set(key, known);
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) put(groups, keyOf(value), value);
  return groups;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : at(a, place) - at(b, place);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Infinity has a place too. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
