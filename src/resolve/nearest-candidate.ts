import type { ContextPackage } from '../archive/context-packages.ts';
import type { Universe } from '../archive/universe.ts';
import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
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

/** Finds what comes nearest; keeps what it found, so one finder serves many questions. */
export class NearestFinder {
  readonly #universe: Universe;
  readonly #sources: ReadonlySet<SourcePackage>;
  readonly #found = new Map<number, Nearest | undefined>();

  /** @param sources of the universe's archive, whose binaries count as candidates, built or not */
  constructor(universe: Universe, sources: readonly SourcePackage[]) {
    this.#universe = universe;
    this.#sources = new Set(sources);
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
    const here = this.#named(relation.package, context);
    const fitting = here.filter(({ version }) => fitsVersion(version, relation));
    const [near] = this.#newestFirst(fitting.length > 0 ? fitting : here);
    if (near === undefined) return undefined;
    const known = this.#describe(near);
    if (fitting.length === 0)
      return { kind: isTooOld(near.version, relation) ? 'too-old' : 'too-new', ...known };
    const { archQualifier } = relation;
    if (archQualifier === undefined) return { kind: 'not-foreign', ...known, arch: near.arch };
    const multiArch = `Multi-Arch: ${near.record?.multiArch ?? 'no'}`;
    return { kind: 'qualifier', ...known, detail: archQualifier === 'any' ? multiArch : `for ${near.arch}` };
  }

  #provided(relation: Relation, context: number): Nearest | undefined {
    const { package: name } = relation;
    const { packages } = this.#universe;
    const owners = new Set(packages.index.provides.of(packages.index.numberOf(name)).map(({ by }) => by));
    const providers = [...owners]
      .flatMap((by) => packages.named(context, by))
      .filter((own) => providedBy(own).some((provided) => provided.package === name));
    const [near] = this.#newestFirst(providers);
    if (near === undefined) return undefined;
    const version = providedBy(near).find((own) => own.package === name)?.version?.version;
    return {
      kind: 'provided',
      ...this.#describe(near),
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
    const { contexts } = this.#universe;
    const { arch } = at(contexts, context);
    const others = contexts
      .filter((other) => other.arch !== arch)
      .flatMap((other) => this.#named(relation.package, other.index));
    const [found] = this.#newestFirst(others);
    if (found === undefined) return undefined;
    const where = at(contexts, found.context).arch;
    const near: Nearest = { kind: 'architecture', ...this.#describe(found), arch: where };
    const { source, detail, location } = this.#forOthers(relation, where) ?? {};
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
    const { index } = this.#universe.packages;
    const half = name.length >> 1;
    const [start, end] = [name.slice(0, half), name.slice(half)];
    const similar: string[] = [];
    for (let number = 0; number < index.packageCount; number++) {
      const other = index.name(number);
      if (Math.abs(other.length - name.length) > 2) continue;
      if (!other.startsWith(start) && !other.endsWith(end)) continue;
      if (this.#named(other, context).length > 0) similar.push(other);
    }
    const near = nearestName(name, similar);
    const limit = name.length < 8 ? 1 : 2;
    return near !== undefined && editDistance(name, near) <= limit ? near : undefined;
  }

  #describe({ name, version, record }: ContextPackage): Pick<Nearest, 'package' | 'version' | 'location'> {
    const location = record?.location;
    return {
      package: this.#nameOf(name),
      ...(version === undefined ? {} : { version }),
      ...(location === undefined ? {} : { location }),
    };
  }

  #newestFirst(found: readonly ContextPackage[]): readonly ContextPackage[] {
    return [...found].sort(
      (a, b) =>
        compareVersions(b.version ?? '0', a.version ?? '0') ||
        compareText(this.#nameOf(a.name), this.#nameOf(b.name)) ||
        compareText(a.arch, b.arch),
    );
  }

  #nameOf(number: number): string {
    return this.#universe.packages.index.name(number);
  }

  #named(name: string, context: number): readonly ContextPackage[] {
    const { packages } = this.#universe;
    return packages.named(context, packages.index.numberOf(name));
  }

  /** The newest source first. */
  #offersNamed(name: string): readonly Offer[] {
    return this.#findOffers(name).sort(
      (a, b) =>
        compareVersions(b.source.version ?? '0', a.source.version ?? '0') ||
        compareText(a.source.name, b.source.name),
    );
  }

  #findOffers(name: string): Offer[] {
    const { index } = this.#universe.packages;
    const { promises } = index;
    const number = index.numberOf(name);
    const found: Offer[] = [];
    if (!index.isPackage(number)) return found;
    for (let cell = edgesFrom(promises, number); cell < edgesTo(promises, number); cell++) {
      const promise = int32At(promises.target, cell);
      const source = index.source(index.promiser(promise));
      if (this.#sources.has(source)) found.push({ source, binary: index.promised(promise) });
    }
    return found;
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

/** The virtual packages that a package's own record names. */
function providedBy({ record }: ContextPackage): readonly Relation[] {
  return (record?.provides?.groups ?? []).flat();
}
