import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { Relation, RelationField } from '../debian/relation.ts';
import { assumedPackage, type ContextPackage, type ContextPackages } from './context-packages.ts';
import {
  keepsOutReal,
  keepsOutVirtual,
  satisfiedByReal,
  satisfiedByVirtual,
  type Provided,
  type Reader,
} from './match.ts';
import { NumberTable } from './number-table.ts';
import type { Provision } from './provides-index.ts';
import type { Context } from './context.ts';
import type { NodeTable } from './universe.ts';
import type { Unit } from './unit.ts';
import { isStandIn } from './variants.ts';

/** A node and one name of its Provides. */
interface Virtual extends Provided {
  readonly node: number;
}

/** The nodes of one context, by name: they follow each other, those for the builder of a cross build first. */
class ContextNodes {
  /** One more than the first of them; 0: nobody asked for the name. */
  readonly start = new NumberTable();
  /** One more than the first of those for the host. */
  readonly host = new NumberTable();
  /** One more than the node behind them. */
  readonly end = new NumberTable();
  /** Who provides a name. */
  readonly virtual = new Map<number, readonly Virtual[]>();
}

/** Nodes in the order in which they were found, none twice. */
export class FoundNodes {
  readonly nodes: number[] = [];
  /** In which search a node was found last. */
  readonly #foundIn = new NumberTable();
  #search = 1;

  /** Begins a new search. */
  clear(): void {
    this.nodes.length = 0;
    this.#search++;
  }

  add(node: number): void {
    if (this.#foundIn.get(node) === this.#search) return;
    this.#foundIn.set(node, this.#search);
    this.nodes.push(node);
  }
}

/**
 * The nodes of a universe while it is built. They are made as their names are asked for: of all that a distribution has, builds
 * reach a part. In the end they are numbered by context, by name and by preference.
 */
export class NodeStore {
  readonly #packages: ContextPackages;
  readonly #contexts: readonly Context[];
  readonly #nodesOf: readonly ContextNodes[];
  readonly #nodes: ContextPackage[] = [];
  /** Nodes of which nothing but the name is known, ascending. */
  readonly #assumed: number[] = [];

  constructor(packages: ContextPackages, contexts: readonly Context[]) {
    this.#packages = packages;
    this.#contexts = contexts;
    this.#nodesOf = contexts.map(() => new ContextNodes());
  }

  get count(): number {
    return this.#nodes.length;
  }

  node(node: number): ContextPackage {
    return at(this.#nodes, node);
  }

  /** Adds a binary of which nothing but the name is known; relations don't find it. */
  addAssumed(context: number, name: number, arch: string): number {
    const node = this.#nodes.push(assumedPackage(context, name, arch)) - 1;
    this.#assumed.push(node);
    return node;
  }

  /** Whether a package of the context has the name, or provides it. */
  knows(context: number, name: number): boolean {
    const nodesOf = this.#made(context, name);
    return nodesOf.start.get(name) !== nodesOf.end.get(name) || this.#virtual(context, name).length > 0;
  }

  /**
   * Finds the nodes that satisfy a relation, real packages before virtual ones.
   * @param name the number of the relation's name
   * @param from the architecture of the package that has the relation; for a source, the one that is built for
   */
  collect(relation: Relation, name: number, from: string, reader: Reader, found: FoundNodes): void {
    const context = reader.context.index;
    const nodesOf = this.#made(context, name);
    const end = nodesOf.end.get(name) - 1;
    for (let node = nodesOf.start.get(name) - 1; node < end; node++)
      if (satisfiedByReal(relation, this.node(node), from, reader)) found.add(node);
    if (reader.reading === 'starlingx') return;
    for (const provided of this.#virtual(context, name)) {
      const { node } = provided;
      if (satisfiedByVirtual(relation, provided, this.node(node), from, reader)) found.add(node);
    }
  }

  /** The versions of a name that are marked Essential, for either architecture: as dose3 has it. */
  essentials(context: number, name: number): readonly number[] {
    this.#made(context, name);
    return this.named(context, name).filter((node) => this.node(node).essential);
  }

  /**
   * The nodes that a relation of Conflicts, Breaks or Build-Conflicts keeps out, of those that there are: what nobody asked for
   * keeps nothing out.
   */
  collectConflicts(relation: Relation, name: number, reader: Reader): readonly number[] {
    const context = reader.context.index;
    const found: number[] = [];
    for (const node of this.named(context, name))
      if (keepsOutReal(relation, this.node(node), reader)) found.push(node);
    for (const provided of this.#providing(context, this.#packages.index.provides.of(name))) {
      const { node } = provided;
      if (keepsOutVirtual(relation, provided, this.node(node), reader)) found.push(node);
    }
    return found;
  }

  /** The names of what the units of a unit's source build, for whatever architecture. */
  builtWith(unit: Unit): ReadonlySet<string> {
    return this.#packages.builtWith(unit);
  }

  /** Conflicts and Breaks: those of its control; where that has none, those of the existing binary stand in. */
  conflicts(node: number): readonly RelationField[] {
    const { record, model } = this.node(node);
    return [record?.conflicts ?? model?.conflicts, record?.breaks ?? model?.breaks].filter(
      (field) => field !== undefined,
    );
  }

  /** The nodes that there are of a name; ascending. */
  named(context: number, name: number): readonly number[] {
    const { start, end } = at(this.#nodesOf, context);
    const found: number[] = [];
    for (let node = start.get(name) - 1; node < end.get(name) - 1; node++) found.push(node);
    return found;
  }

  /** The nodes of a node's name; itself, unless it is assumed, and others. */
  namesakes(node: number): readonly number[] {
    const { context, name } = this.node(node);
    return this.named(context, name);
  }

  /** The final number of each node. O(contexts × names) */
  ranks(): Int32Array {
    const ranks = new Int32Array(this.count);
    const { packageCount } = this.#packages.index;
    let rank = 0;
    for (const { start, host, end } of this.#nodesOf) {
      for (const [from, to] of [
        [start, host],
        [host, end],
      ] as const) {
        for (let name = 0; name < packageCount; name++)
          for (let node = from.get(name) - 1; node < to.get(name) - 1; node++) ranks[node] = rank++;
      }
    }
    for (const node of this.#assumed) ranks[node] = rank++;
    return ranks;
  }

  /** @param units whose stages may build a node before its producer does */
  finish(units: readonly Unit[], ranks: Int32Array): NodeTable {
    const count = this.count;
    const table = {
      name: new Array<string>(count).fill(''),
      version: new Array<string | undefined>(count).fill(undefined),
      producer: new Int32Array(count),
      exists: new Uint8Array(count),
      later: new Uint8Array(count),
      context: new Int32Array(count),
      arch: new Array<string>(count).fill(''),
      multiArch: new Array<ContextPackage['multiArch']>(count).fill('no'),
      record: new Array<ContextPackage['record']>(count).fill(undefined),
      model: new Array<ContextPackage['model']>(count).fill(undefined),
    };
    for (let place = 0; place < count; place++) {
      const own = this.node(place);
      const node = int32At(ranks, place);
      table.name[node] = this.#packages.index.name(own.name);
      table.version[node] = own.version;
      table.producer[node] = own.producer;
      table.exists[node] = Number(own.exists);
      table.later[node] = Number(own.later);
      table.context[node] = own.context;
      table.arch[node] = own.arch;
      table.multiArch[node] = own.multiArch;
      table.record[node] = own.record;
      table.model[node] = own.model;
    }
    return { ...table, standIn: standIns(table.producer, table.name, units) };
  }

  /** Makes the nodes of a name, unless they are there. */
  #made(context: number, name: number): ContextNodes {
    const nodesOf = at(this.#nodesOf, context);
    if (nodesOf.start.get(name) !== 0) return nodesOf;
    const { arch, buildArch } = at(this.#contexts, context);
    nodesOf.start.set(name, this.count + 1);
    if (arch !== buildArch) this.#packages.forBuilder(context, name, this.#nodes);
    nodesOf.host.set(name, this.count + 1);
    this.#packages.forHost(context, name, this.#nodes);
    nodesOf.end.set(name, this.count + 1);
    return nodesOf;
  }

  /** Who provides a name, those for the builder of a cross build first. */
  #virtual(context: number, name: number): readonly Virtual[] {
    const { virtual } = at(this.#nodesOf, context);
    const known = virtual.get(name);
    if (known !== undefined) return known;
    const provisions = this.#packages.index.provides.of(name);
    if (provisions.length === 0) return NONE;
    for (const { by } of provisions) this.#made(context, by);
    const found = this.#providing(context, provisions);
    virtual.set(name, found);
    return found;
  }

  /** The nodes that there are that provide a name. */
  #providing(context: number, provisions: readonly Provision[]): readonly Virtual[] {
    const { start, host, end } = at(this.#nodesOf, context);
    const builders: Virtual[] = [];
    const hosts: Virtual[] = [];
    for (let first = 0, last = 0; first < provisions.length; first = last) {
      const { by } = at(provisions, first);
      while (provisions[last]?.by === by) last++;
      for (let node = start.get(by) - 1; node < end.get(by) - 1; node++) {
        const { record, model } = this.node(node);
        const found = node < host.get(by) - 1 ? builders : hosts;
        for (let place = first; place < last; place++) {
          const { record: own, version, archQualifier } = at(provisions, place);
          if (own === record || own === model) found.push({ node, version, archQualifier });
        }
      }
    }
    return builders.length === 0 ? hosts : [...builders, ...hosts];
  }
}

const NONE: readonly never[] = [];

/** The unit that stands in for the producer of each node, or -1. */
function standIns(producers: Int32Array, names: readonly string[], units: readonly Unit[]): Int32Array {
  const found = new Int32Array(producers.length).fill(-1);
  const byProducer = new Map<number, Unit>();
  for (const unit of units) if (isStandIn(unit.stage)) byProducer.set(unit.full, unit);
  if (byProducer.size === 0) return found;
  for (let node = 0; node < producers.length; node++) {
    const unit = byProducer.get(at(producers, node));
    if (unit?.binaries.some((binary) => binary.name === names[node]) === true) found[node] = unit.id;
  }
  return found;
}
