import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { EdgeList } from '../base/csr.ts';
import { anyVersion, type Alternatives, type Relation, type RelationField } from '../debian/relation.ts';
import type { ArchiveIndex } from './archive-index.ts';
import type { Assumptions } from './assumptions.ts';
import { NOTHING_LEFT, type GroupTable } from './group-table.ts';
import type { Reader } from './match.ts';
import { FoundNodes, type NodeStore } from './node-store.ts';
import { NumberRows } from './number-rows.ts';
import { NumberTable } from './number-table.ts';
import type { Context } from './context.ts';
import type { ClauseTable, UniverseOptions } from './universe.ts';
import type { Unit } from './unit.ts';

/** The clauses of a universe while it is built: one for each context and group of alternatives. */
export class ClauseStore {
  readonly #nodes: NodeStore;
  readonly #contexts: readonly Context[];
  readonly #assumptions: Assumptions;
  readonly #options: UniverseOptions;
  readonly #index: ArchiveIndex;
  readonly #groups: GroupTable;
  readonly #readers: readonly Reader[];
  /**
   * By context and by whether a package of the architecture that is built for asks (0), or one of the other (1): the clause of
   * each group, plus one.
   */
  readonly #ids: readonly (readonly [NumberTable, NumberTable])[];
  readonly #alternatives: Alternatives[] = [];
  readonly #context: number[] = [];
  /** Row `clause`: the nodes that satisfy it. */
  readonly #candidates = new NumberRows();
  /** The nodes that count as existing though nothing lists them, by context and name. */
  readonly #assumed = new Map<string, number>();
  /** The candidates of the clause that is being made. */
  readonly #found = new FoundNodes();

  constructor(
    nodes: NodeStore,
    contexts: readonly Context[],
    assumptions: Assumptions,
    index: ArchiveIndex,
    options: UniverseOptions,
  ) {
    this.#nodes = nodes;
    this.#contexts = contexts;
    this.#assumptions = assumptions;
    this.#index = index;
    this.#groups = index.groups;
    this.#options = options;
    this.#readers = contexts.map((context) => ({ context, reading: options.reading }));
    this.#ids = contexts.map(() => [new NumberTable(), new NumberTable()]);
  }

  /**
   * Puts the clauses that a group of a build field means behind `clauses`: none when it is reduced away, one as a rule.
   * @param group its number in the archive's index
   */
  ofBuildGroup(context: number, group: number, profiles: readonly string[], clauses: number[]): void {
    if (this.#options.reading === 'starlingx') {
      this.#asStarlingx(context, group, clauses);
      return;
    }
    const { arch } = at(this.#contexts, context);
    const reduced = this.#groups.reduce(group, arch, profiles);
    if (reduced === NOTHING_LEFT) return;
    const counted = this.#options.alternatives === 'first' ? this.#groups.firstOf(reduced) : reduced;
    clauses.push(this.#clause(context, counted, arch));
  }

  /** The clause of a package that builds need without saying so, for the architecture that they run on. */
  ofTool(context: number, name: string): number {
    const group = this.#groups.numberOf([anyVersion(name)]);
    return this.#clause(context, group, at(this.#contexts, context).buildArch);
  }

  /** The clause of an Essential package: one of its versions that are marked so. */
  ofEssential(context: number, name: string): number {
    const versions = this.#nodes.essentials(context, this.#index.numberOf(name));
    return this.#add(context, [anyVersion(name)], versions);
  }

  /** The nodes that a unit's Build-Conflicts keep out; some may be told twice. */
  keptOut(context: number, group: number, profiles: readonly string[]): readonly number[] {
    if (this.#options.reading === 'starlingx') return [];
    const reduced = this.#groups.reduce(group, at(this.#contexts, context).arch, profiles);
    if (reduced === NOTHING_LEFT) return [];
    const reader = at(this.#readers, context);
    return this.#groups
      .group(reduced)
      .flatMap((relation, place) =>
        this.#nodes.collectConflicts(relation, this.#groups.name(reduced, place), reader),
      );
  }

  /** Gives every node that a clause can reach its own clauses, until nothing new turns up. */
  expandNodes(units: readonly Unit[]): EdgeList {
    const edges = new EdgeList();
    const seen = new NumberTable();
    const clauses: number[] = [];
    const queue: number[] = [];
    let scanned = 0;
    for (;;) {
      for (; scanned < this.#candidates.size; scanned++) {
        const node = this.#candidates.at(scanned);
        if (seen.get(node) === 1) continue;
        seen.set(node, 1);
        queue.push(node);
      }
      const node = queue.pop();
      if (node === undefined) return edges;
      clauses.length = 0;
      this.#collectNodeClauses(node, units, clauses);
      for (let place = 0; place < clauses.length; place++) edges.push(node, at(clauses, place));
    }
  }

  /** 1: some clause can reach the node. */
  reached(): Uint8Array {
    const reached = new Uint8Array(this.#nodes.count);
    for (let cell = 0; cell < this.#candidates.size; cell++) reached[this.#candidates.at(cell)] = 1;
    return reached;
  }

  /** @param ranks the final number of each node */
  finish(ranks: Int32Array): ClauseTable {
    const candidates = this.#candidates.toCsr();
    for (let cell = 0; cell < candidates.target.length; cell++)
      candidates.target[cell] = int32At(ranks, int32At(candidates.target, cell));
    return { alternatives: this.#alternatives, context: new Int32Array(this.#context), candidates };
  }

  /** The clauses of a node's Depends and Pre-Depends, none twice: every alternative may serve. */
  #collectNodeClauses(node: number, units: readonly Unit[], clauses: number[]): void {
    const { record, model, producer } = this.#nodes.node(node);
    if (record === undefined) return;
    const unit = producer < 0 ? undefined : at(units, producer);
    const profiles = unit?.target.profiles ?? NO_PROFILES;
    this.#addField(node, record.preDepends, profiles, undefined, clauses);
    this.#addField(node, record.depends, profiles, undefined, clauses);
    if (model === undefined) return;
    const built = unit === undefined ? undefined : this.#nodes.builtWith(unit);
    this.#addField(node, model.preDepends, profiles, built, clauses);
    this.#addField(node, model.depends, profiles, built, clauses);
  }

  /** @param built names whose versions don't count */
  #addField(
    node: number,
    field: RelationField | undefined,
    profiles: readonly string[],
    built: ReadonlySet<string> | undefined,
    clauses: number[],
  ): void {
    if (field === undefined) return;
    const { fields } = this.#groups;
    const number = this.#groups.fieldOf(field);
    for (let cell = fields.from(number); cell < fields.to(number); cell++) {
      const group = fields.at(cell);
      const isOwn =
        built !== undefined && this.#groups.group(group).some((relation) => built.has(relation.package));
      this.#addRuntimeGroup(node, isOwn ? this.#groups.withoutVersions(group) : group, profiles, clauses);
    }
  }

  #addRuntimeGroup(node: number, group: number, profiles: readonly string[], clauses: number[]): void {
    const { context, arch } = this.#nodes.node(node);
    if (this.#options.reading === 'starlingx') {
      const found: number[] = [];
      this.#asStarlingx(context, group, found);
      for (const clause of found) if (!clauses.includes(clause)) clauses.push(clause);
      return;
    }
    const reduced = this.#groups.reduce(group, at(this.#contexts, context).arch, profiles);
    if (reduced === NOTHING_LEFT) return;
    const clause = this.#clause(context, reduced, arch);
    if (!clauses.includes(clause)) clauses.push(clause);
  }

  #clause(context: number, group: number, from: string): number {
    const [own, other] = at(this.#ids, context);
    const ids = from === at(this.#contexts, context).arch ? own : other;
    const known = ids.get(group);
    if (known !== 0) return known - 1;
    const found = this.#found;
    found.clear();
    const alternatives = this.#groups.group(group);
    const reader = at(this.#readers, context);
    for (let place = 0; place < alternatives.length; place++)
      this.#nodes.collect(at(alternatives, place), this.#groups.name(group, place), from, reader, found);
    if (found.nodes.length === 0) this.#assume(context, group, from, found);
    const clause = this.#add(context, alternatives, found.nodes);
    ids.set(group, clause + 1);
    return clause;
  }

  #add(context: number, alternatives: Alternatives, candidates: readonly number[]): number {
    const clause = this.#alternatives.push(alternatives) - 1;
    this.#context.push(context);
    for (let place = 0; place < candidates.length; place++) this.#candidates.push(at(candidates, place));
    this.#candidates.endRow();
    return clause;
  }

  /** The last resort of a clause that nothing known satisfies, whatever other clauses ask for. */
  #assume(context: number, group: number, from: string, found: FoundNodes): void {
    const alternatives = this.#groups.group(group);
    const isStrict = this.#options.reading !== 'starlingx';
    const unknown = isStrict
      ? alternatives.find((_, place) => !this.#nodes.knows(context, this.#groups.name(group, place)))
      : alternatives[0];
    if (unknown === undefined) return;
    const isNative = unknown.archQualifier === 'native';
    const arch = isNative ? at(this.#contexts, context).buildArch : from;
    if (isStrict && !this.#assumptions.mayExist(unknown.package, alternatives, arch)) return;
    const key = `${String(context)} ${arch} ${unknown.package}`;
    const known =
      this.#assumed.get(key) ?? this.#nodes.addAssumed(context, this.#index.numberOf(unknown.package), arch);
    this.#assumed.set(key, known);
    found.add(known);
  }

  /** StarlingX's build tools read names alone, and want every alternative; only what is for cross builds is dropped. */
  #asStarlingx(context: number, group: number, clauses: number[]): void {
    const { arch } = at(this.#contexts, context);
    for (const relation of this.#groups.group(group))
      if (!isForCrossBuilds(relation)) clauses.push(this.#clause(context, this.#groups.bare(relation), arch));
  }
}

function isForCrossBuilds({ profiles }: Relation): boolean {
  return profiles.length > 0 && profiles.every((terms) => terms.length === 1 && terms[0] === 'cross');
}

const NO_PROFILES: readonly string[] = [];
