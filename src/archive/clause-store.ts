import { at } from '../base/column.ts';
import { buildCsr, EdgeList } from '../base/csr.ts';
import {
  anyVersion,
  formatRelation,
  type Alternatives,
  type Relation,
  type RelationField,
} from '../debian/relation.ts';
import type { SourcePackage } from '../debian/package.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import type { Assumptions } from './assumptions.ts';
import type { Reader } from './match.ts';
import type { NodeStore } from './node-store.ts';
import type { ClauseTable, Context, UniverseOptions } from './universe.ts';
import type { Unit } from './unit.ts';

/** The clauses of a universe while it is built: one for each context and group of alternatives. */
export class ClauseStore {
  readonly #nodes: NodeStore;
  readonly #contexts: readonly Context[];
  readonly #assumptions: Assumptions;
  readonly #options: UniverseOptions;
  /** By context and by whether a package of the architecture that is built for asks (0), or one of the other (1). */
  readonly #ids: Map<Alternatives, number>[][];
  readonly #alternatives: Alternatives[] = [];
  readonly #context: number[] = [];
  readonly #candidates = new EdgeList();
  /** The nodes that count as existing though nothing lists them, by context and name. */
  readonly #assumed = new Map<string, number>();
  /** Groups made here, so that equal ones stay one object. */
  readonly #first = new Map<string, Alternatives>();
  readonly #bare = new Map<string, Alternatives>();
  readonly #stripped = new Map<Alternatives, Alternatives>();
  readonly #reduced = new Map<string, Map<Alternatives, Alternatives | undefined>>();

  constructor(
    nodes: NodeStore,
    contexts: readonly Context[],
    assumptions: Assumptions,
    options: UniverseOptions,
  ) {
    this.#nodes = nodes;
    this.#contexts = contexts;
    this.#assumptions = assumptions;
    this.#options = options;
    this.#ids = contexts.map(() => [new Map<Alternatives, number>(), new Map<Alternatives, number>()]);
  }

  /** The clauses that a group of a build field means: none when it is reduced away, one as a rule. */
  ofBuildGroup(context: number, group: Alternatives, profiles: readonly string[]): readonly number[] {
    const { arch } = at(this.#contexts, context);
    if (this.#options.reading === 'starlingx') return this.#asStarlingx(context, group);
    const reduced = this.#reduce(context, group, profiles);
    if (reduced === undefined) return [];
    const counted = this.#options.alternatives === 'first' ? this.#firstOf(reduced) : reduced;
    return [this.#clause(context, counted, arch)];
  }

  /** The clause of a package that builds need without saying so, for the architecture that they run on. */
  ofTool(context: number, name: string): number {
    return this.#clause(context, [anyVersion(name)], at(this.#contexts, context).buildArch);
  }

  /** The clause of an Essential package: one of its versions that are marked so. */
  ofEssential(context: number, name: string): number {
    return this.#add(context, [anyVersion(name)], this.#nodes.essentials(context, name));
  }

  /**
   * The clauses that a group of Depends or Pre-Depends means; every alternative may serve.
   * @param from the architecture of the binary that has it
   */
  ofRuntimeGroup(
    context: number,
    group: Alternatives,
    profiles: readonly string[],
    from: string,
  ): readonly number[] {
    if (this.#options.reading === 'starlingx') return this.#asStarlingx(context, group);
    const reduced = this.#reduce(context, group, profiles);
    return reduced === undefined ? [] : [this.#clause(context, reduced, from)];
  }

  /** The nodes that a unit's Build-Conflicts keep out, ascending. */
  keptOut(context: number, group: Alternatives, profiles: readonly string[]): readonly number[] {
    const reduced =
      this.#options.reading === 'starlingx' ? undefined : this.#reduce(context, group, profiles);
    const found = (reduced ?? []).flatMap((relation) =>
      this.#nodes.collectConflicts(relation, this.#reader(context)),
    );
    return [...new Set(found)].sort((a, b) => a - b);
  }

  /** Gives every node that a clause can reach its own clauses, until nothing new turns up. */
  expandNodes(units: readonly Unit[]): EdgeList {
    const edges = new EdgeList();
    const built = builtBySource(units);
    const seen: boolean[] = [];
    const queue: number[] = [];
    let scanned = 0;
    for (;;) {
      for (const candidates = this.#candidates.to(); scanned < candidates.length; scanned++) {
        const node = at(candidates, scanned);
        if (seen[node] === true) continue;
        seen[node] = true;
        queue.push(node);
      }
      const node = queue.pop();
      if (node === undefined) return edges;
      for (const clause of this.#nodeClauses(node, units, built)) edges.push(node, clause);
    }
  }

  /** 1: some clause can reach the node. */
  reached(): Uint8Array {
    const reached = new Uint8Array(this.#nodes.count);
    for (const node of this.#candidates.to()) reached[node] = 1;
    return reached;
  }

  finish(): ClauseTable {
    return {
      alternatives: this.#alternatives,
      context: Int32Array.from(this.#context),
      candidates: buildCsr(this.#alternatives.length, this.#candidates),
    };
  }

  #reader(context: number): Reader {
    return { context: at(this.#contexts, context), reading: this.#options.reading };
  }

  #nodeClauses(node: number, units: readonly Unit[], built: BuiltBySource): readonly number[] {
    const { record, model, context, producer, arch } = this.#nodes.draft(node);
    if (record === undefined) return [];
    const unit = producer < 0 ? undefined : at(units, producer);
    const profiles = unit?.target.profiles ?? [];
    const clauses: number[] = [];
    const add = (group: Alternatives): void => {
      for (const clause of this.ofRuntimeGroup(context, group, profiles, arch)) {
        if (!clauses.includes(clause)) clauses.push(clause);
      }
    };
    for (const group of groupsOf(record.preDepends, record.depends)) add(group);
    if (model === undefined) return clauses;
    const siblings = unit === undefined ? undefined : built.get(unit.source);
    for (const group of groupsOf(model.preDepends, model.depends)) {
      const isOwn = group.some((relation) => siblings?.has(relation.package) === true);
      add(isOwn ? this.#withoutVersions(group) : group);
    }
    return clauses;
  }

  #clause(context: number, alternatives: Alternatives, from: string): number {
    const place = at(this.#contexts, context);
    const ids = at(at(this.#ids, context), Number(from !== place.arch));
    const known = ids.get(alternatives);
    if (known !== undefined) return known;
    const found: number[] = [];
    const reader = this.#reader(context);
    for (const relation of alternatives) {
      this.#nodes.collect(relation, from, reader, found);
    }
    if (found.length === 0) this.#assume(context, alternatives, from, found);
    const clause = this.#add(context, alternatives, found);
    ids.set(alternatives, clause);
    return clause;
  }

  #add(context: number, alternatives: Alternatives, candidates: readonly number[]): number {
    const clause = this.#alternatives.push(alternatives) - 1;
    this.#context.push(context);
    for (const node of candidates) this.#candidates.push(clause, node);
    return clause;
  }

  /** The last resort of a clause that nothing known satisfies, whatever other clauses ask for. */
  #assume(context: number, alternatives: Alternatives, from: string, found: number[]): void {
    const isStrict = this.#options.reading !== 'starlingx';
    const unknown = isStrict
      ? alternatives.find((relation) => !this.#nodes.knows(context, relation.package))
      : alternatives[0];
    if (unknown === undefined) return;
    const isNative = unknown.archQualifier === 'native';
    const arch = isNative ? at(this.#contexts, context).buildArch : from;
    if (isStrict && !this.#assumptions.mayExist(unknown.package, alternatives, arch)) return;
    const key = `${String(context)} ${arch} ${unknown.package}`;
    const known = this.#assumed.get(key) ?? this.#nodes.addAssumed(context, unknown.package, arch);
    this.#assumed.set(key, known);
    found.push(known);
  }

  #reduce(context: number, group: Alternatives, profiles: readonly string[]): Alternatives | undefined {
    if (group.every((relation) => relation.architectures.length === 0 && relation.profiles.length === 0)) {
      return group;
    }
    const { arch } = at(this.#contexts, context);
    const key = `${arch} ${profiles.join(' ')}`;
    let cache = this.#reduced.get(key);
    if (cache === undefined) {
      cache = new Map();
      this.#reduced.set(key, cache);
    }
    if (cache.has(group)) return cache.get(group);
    const reduced = reduceAlternatives(group, {
      arch,
      profiles: new Set(profiles),
    });
    cache.set(group, reduced);
    return reduced;
  }

  /** Build daemons keep the first alternative, and later ones only for the same package. */
  #firstOf(group: Alternatives): Alternatives {
    const same = group.filter((relation) => relation.package === group[0]?.package);
    if (same.length === group.length) return group;
    const key = same.map(formatRelation).join(' | ');
    const known = this.#first.get(key) ?? same;
    this.#first.set(key, known);
    return known;
  }

  /** StarlingX's build tools read names alone, and want every alternative; only what is for cross builds is dropped. */
  #asStarlingx(context: number, group: Alternatives): readonly number[] {
    return group
      .filter((relation) => !isForCrossBuilds(relation))
      .map((relation) => {
        const known = this.#bare.get(relation.package) ?? [bare(relation)];
        this.#bare.set(relation.package, known);
        return this.#clause(context, known, at(this.#contexts, context).arch);
      });
  }

  #withoutVersions(group: Alternatives): Alternatives {
    const known = this.#stripped.get(group);
    if (known !== undefined) return known;
    const stripped = group.map((relation): Relation => ({
      ...relation,
      version: undefined,
    }));
    this.#stripped.set(group, stripped);
    return stripped;
  }
}

function isForCrossBuilds({ profiles }: Relation): boolean {
  return profiles.length > 0 && profiles.every((terms) => terms.length === 1 && terms[0] === 'cross');
}

/** The names of the binaries that the units of each source build, for whatever architecture. */
type BuiltBySource = ReadonlyMap<SourcePackage, ReadonlySet<string>>;

function builtBySource(units: readonly Unit[]): BuiltBySource {
  const built = new Map<SourcePackage, Set<string>>();
  for (const { source, binaries } of units) {
    const names = built.get(source) ?? new Set();
    built.set(source, names);
    for (const { name } of binaries) names.add(name);
  }
  return built;
}

function bare(relation: Relation): Relation {
  return {
    ...relation,
    archQualifier: undefined,
    version: undefined,
    architectures: [],
    profiles: [],
  };
}

function groupsOf(...fields: readonly (RelationField | undefined)[]): readonly Alternatives[] {
  return fields.flatMap((field) => field?.groups ?? []);
}
