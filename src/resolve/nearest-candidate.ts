import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { editDistance, nearestName } from '../base/nearest-name.ts';
import { matchesArchitectureList } from '../debian/architecture.ts';
import type { ProducedBinary, SourcePackage } from '../debian/package.ts';
import { matchesProfiles } from '../debian/profile.ts';
import type { Relation } from '../debian/relation.ts';
import { compareVersions, satisfiesConstraint } from '../debian/version.ts';
import type { Nearest } from './nearest.ts';

/** A source here and one of the binaries that it builds. */
interface Offer {
  readonly source: SourcePackage;
  readonly binary: ProducedBinary;
}

/** Finds what comes nearest; keeps indexes of names, so one finder serves many questions. */
export class NearestFinder {
  readonly #universe: Universe;
  readonly #sources: readonly SourcePackage[];
  readonly #found = new Map<number, Nearest | undefined>();
  #nodes: ReadonlyMap<string, readonly number[]> | undefined;
  #providers: ReadonlyMap<string, readonly number[]> | undefined;
  #offers: ReadonlyMap<string, readonly Offer[]> | undefined;

  /** @param sources whose binaries count as candidates, built or not */
  constructor(universe: Universe, sources: readonly SourcePackage[]) {
    this.#universe = universe;
    this.#sources = sources;
  }

  /** @param clause one without a candidate. Of several alternatives the first that something comes near counts. */
  find(clause: number): Nearest | undefined {
    if (!this.#found.has(clause)) this.#found.set(clause, this.#search(clause));
    return this.#found.get(clause);
  }

  #search(clause: number): Nearest | undefined {
    const { clauses } = this.#universe;
    const context = at(clauses.context, clause);
    const alternatives = at(clauses.alternatives, clause);
    for (const relation of alternatives) {
      const near =
        this.#existing(relation, context) ??
        this.#provided(relation, context) ??
        this.#unbuilt(relation, context) ??
        this.#elsewhere(relation, context) ??
        this.#forOthers(relation);
      if (near !== undefined) return near;
    }
    for (const { package: name } of alternatives) {
      const near = this.#misspelt(name, context);
      if (near !== undefined) return { kind: 'name', package: near };
    }
    return undefined;
  }

  /** In this context; of what fits the version, the newest, else of all. */
  #existing(relation: Relation, context: number): Nearest | undefined {
    const { nodes } = this.#universe;
    const here = this.#listed(relation.package).filter((node) => nodes.context[node] === context);
    const fitting = here.filter((node) => fitsVersion(nodes.version[node], relation));
    const [node] = this.#newestFirst(fitting.length > 0 ? fitting : here);
    if (node === undefined) return undefined;
    const known = this.#describe(node);
    if (fitting.length === 0)
      return { kind: isTooOld(nodes.version[node], relation) ? 'too-old' : 'too-new', ...known };
    const { archQualifier } = relation;
    if (archQualifier === undefined) return { kind: 'not-foreign', ...known, arch: at(nodes.arch, node) };
    const multiArch = `Multi-Arch: ${at(nodes.record, node)?.multiArch ?? 'no'}`;
    return {
      kind: 'qualifier',
      ...known,
      detail: archQualifier === 'any' ? multiArch : `for ${at(nodes.arch, node)}`,
    };
  }

  #provided(relation: Relation, context: number): Nearest | undefined {
    const { nodes } = this.#universe;
    const { package: name } = relation;
    const providers = (this.#providersByName().get(name) ?? []).filter(
      (node) => nodes.context[node] === context,
    );
    const [node] = this.#newestFirst(providers);
    if (node === undefined) return undefined;
    const [provided] = providedBy(this.#universe, node).filter((own) => own.package === name);
    const version = provided?.version?.version;
    return {
      kind: 'provided',
      ...this.#describe(node),
      ...(version === undefined ? {} : { detail: version }),
    };
  }

  /** What a source would build here. If it does, though it doesn't exist here, where it does exist tells more. */
  #unbuilt(relation: Relation, context: number): Nearest | undefined {
    const near = this.#offered(relation, context);
    if (near?.kind !== 'not-built') return near;
    const { kind, package: name, version, arch, location } = this.#elsewhere(relation, context) ?? near;
    if (kind === 'not-built' || arch === undefined || version === undefined) return near;
    return { kind, package: name, version, arch, ...(location === undefined ? {} : { location }) };
  }

  /** What a source would build here, or does, though it doesn't exist. */
  #offered({ package: name }: Relation, context: number): Nearest | undefined {
    const { contexts, units } = this.#universe;
    const { arch } = at(contexts, context);
    const active = new Set(units[0]?.target.profiles);
    const here = this.#offersNamed(name).filter(({ binary }) => isForArch(binary, arch));
    const [made] = here.filter(({ binary }) => matchesProfiles(binary.profiles, active));
    if (made !== undefined) return { kind: 'not-built', ...describeOffer(made) };
    const [dropped] = here;
    if (dropped === undefined) return undefined;
    const detail = dropped.binary.profiles.map((terms) => `<${terms.join(' ')}>`).join(' ');
    return { kind: 'profile', ...describeOffer(dropped), detail };
  }

  /** On another architecture; with what its source says of the architectures that it is for. */
  #elsewhere(relation: Relation, context: number): Nearest | undefined {
    const { nodes, contexts } = this.#universe;
    const { arch } = at(contexts, context);
    const archOf = (node: number): string => at(contexts, at(nodes.context, node)).arch;
    const others = this.#listed(relation.package).filter((node) => archOf(node) !== arch);
    const [node] = this.#newestFirst(others);
    if (node === undefined) return undefined;
    const near: Nearest = { kind: 'architecture', ...this.#describe(node), arch: archOf(node) };
    const { source, detail, location } = this.#forOthers(relation, archOf(node)) ?? {};
    if (source === undefined || detail === undefined || location === undefined) return near;
    return { ...near, source, detail, location };
  }

  /** @param arch where it exists */
  #forOthers({ package: name }: Relation, arch?: string): Nearest | undefined {
    const offers = this.#offersNamed(name);
    const offer = offers.find(({ binary }) => arch !== undefined && isForArch(binary, arch)) ?? offers[0];
    if (offer?.binary.architectures === undefined) return undefined;
    const detail = offer.binary.architectures.join(' ');
    return { kind: 'not-for-arch', ...describeOffer(offer), detail };
  }

  /** A name one or two letters away; only names that share a half with it are looked at. */
  #misspelt(name: string, context: number): string | undefined {
    const { nodes } = this.#universe;
    const half = name.length >> 1;
    const [start, end] = [name.slice(0, half), name.slice(half)];
    const similar: string[] = [];
    for (const [other, [node = -1]] of this.#nodesByName()) {
      if (Math.abs(other.length - name.length) > 2 || nodes.context[node] !== context) continue;
      if (other.startsWith(start) || other.endsWith(end)) similar.push(other);
    }
    const near = nearestName(name, similar);
    const limit = name.length < 8 ? 1 : 2;
    return near !== undefined && editDistance(name, near) <= limit ? near : undefined;
  }

  #describe(node: number): Pick<Nearest, 'package' | 'version' | 'location'> {
    const { name, version, record } = this.#universe.nodes;
    const known = version[node];
    const location = record[node]?.location;
    return {
      package: at(name, node),
      ...(known === undefined ? {} : { version: known }),
      ...(location === undefined ? {} : { location }),
    };
  }

  #newestFirst(found: readonly number[]): readonly number[] {
    const { version, name, arch } = this.#universe.nodes;
    return [...found].sort(
      (a, b) =>
        compareVersions(version[b] ?? '0', version[a] ?? '0') ||
        compareText(at(name, a), at(name, b)) ||
        compareText(at(arch, a), at(arch, b)) ||
        a - b,
    );
  }

  /** What counts as existing without being listed is no fact to offer. */
  #listed(name: string): readonly number[] {
    return (this.#nodesByName().get(name) ?? []).filter(
      (node) => this.#universe.nodes.record[node] !== undefined,
    );
  }

  #nodesByName(): ReadonlyMap<string, readonly number[]> {
    this.#nodes ??= indexBy(this.#universe.nodes.name.keys(), (node) => [
      at(this.#universe.nodes.name, node),
    ]);
    return this.#nodes;
  }

  #providersByName(): ReadonlyMap<string, readonly number[]> {
    this.#providers ??= indexBy(this.#universe.nodes.name.keys(), (node) =>
      providedBy(this.#universe, node).map((relation) => relation.package),
    );
    return this.#providers;
  }

  /** The newest source first. */
  #offersNamed(name: string): readonly Offer[] {
    this.#offers ??= indexBy(offersOf(this.#sources), ({ binary }) => [binary.name]);
    return [...(this.#offers.get(name) ?? [])].sort(
      (a, b) =>
        compareVersions(b.source.version ?? '0', a.source.version ?? '0') ||
        compareText(a.source.name, b.source.name),
    );
  }
}

function describeOffer({ source, binary }: Offer): Pick<Nearest, 'package' | 'source' | 'location'> {
  const named = source.version === undefined ? source.name : `${source.name} ${source.version}`;
  return { package: binary.name, source: named, location: binary.location };
}

function isForArch({ architectures }: ProducedBinary, arch: string): boolean {
  return architectures?.includes('all') === true || matchesArchitectureList(arch, architectures ?? [arch]);
}

function fitsVersion(version: string | undefined, { version: constraint }: Relation): boolean {
  return constraint === undefined || version === undefined || satisfiesConstraint(version, constraint);
}

function isTooOld(version: string | undefined, { version: constraint }: Relation): boolean {
  return (
    constraint !== undefined &&
    compareVersions(version ?? '0', constraint.version) <= 0 &&
    constraint.operator !== '<<'
  );
}

/** The virtual packages that a node's own record names. */
function providedBy({ nodes }: Universe, node: number): readonly Relation[] {
  return (nodes.record[node]?.provides?.groups ?? []).flat();
}

function offersOf(sources: readonly SourcePackage[]): readonly Offer[] {
  return sources.flatMap((source) => source.binaries.map((binary) => ({ source, binary })));
}

function indexBy<T>(
  things: Iterable<T>,
  keysOf: (thing: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>();
  for (const thing of things) {
    for (const key of keysOf(thing)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [thing]);
      else known.push(thing);
    }
  }
  return index;
}
