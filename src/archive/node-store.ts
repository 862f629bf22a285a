import { at } from '../base/column.ts';
import type { BinaryPackage, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { Relation, RelationField } from '../debian/relation.ts';
import type { ArchiveIndex } from './archive-index.ts';
import {
  keepsOutReal,
  keepsOutVirtual,
  satisfiedByReal,
  satisfiedByVirtual,
  type Offer,
  type Reader,
} from './match.ts';
import { NumberTable } from './number-table.ts';
import type { NodeTable } from './universe.ts';
import type { Unit } from './unit.ts';
import { isStandIn } from './variants.ts';

/** A binary as it is put into the store. */
export interface NodeDraft {
  /** The number of its name in the archive's index. */
  readonly name: number;
  readonly version: string | undefined;
  /** The unit that builds it, or -1. */
  readonly producer: number;
  readonly exists: boolean;
  readonly later: boolean;
  readonly context: number;
  /** The architecture that it is installed for; of `Architecture: all`, the one that the builds run on. */
  readonly arch: string;
  readonly multiArch: MultiArch;
  readonly essential: boolean;
  readonly record: BinaryPackage | ProducedBinary | undefined;
  /** The existing binary whose relations stand in for those that the record does not tell. */
  readonly model: BinaryPackage | undefined;
}

/** A name of a node's Provides; a link of the list of those who provide that name. */
interface Virtual {
  readonly node: number;
  readonly version: string | undefined;
  readonly archQualifier: string | undefined;
}

/** The nodes of one context by name: lists of links, whose ends are stored plus one; 0 ends a list. */
class ContextNames {
  readonly firstReal = new NumberTable();
  readonly lastReal = new NumberTable();
  readonly firstVirtual = new NumberTable();
  readonly lastVirtual = new NumberTable();
}

/** The nodes of a universe while it is built, indexed by context and name. */
export class NodeStore {
  readonly #index: ArchiveIndex;
  readonly #contexts: readonly ContextNames[];
  readonly #nameNumber: number[] = [];
  readonly #name: string[] = [];
  readonly #version: (string | undefined)[] = [];
  readonly #producer: number[] = [];
  readonly #exists: number[] = [];
  readonly #later: number[] = [];
  readonly #context: number[] = [];
  readonly #arch: string[] = [];
  readonly #multiArch: MultiArch[] = [];
  readonly #essential: boolean[] = [];
  readonly #record: (BinaryPackage | ProducedBinary | undefined)[] = [];
  readonly #model: (BinaryPackage | undefined)[] = [];
  readonly #nextReal = new NumberTable();
  readonly #virtual: Virtual[] = [];
  readonly #nextVirtual = new NumberTable();

  constructor(index: ArchiveIndex, contextCount: number) {
    this.#index = index;
    this.#contexts = Array.from({ length: contextCount }, () => new ContextNames());
  }

  get count(): number {
    return this.#name.length;
  }

  producer(node: number): number {
    return at(this.#producer, node);
  }

  context(node: number): number {
    return at(this.#context, node);
  }

  arch(node: number): string {
    return at(this.#arch, node);
  }

  name(node: number): string {
    return at(this.#name, node);
  }

  record(node: number): BinaryPackage | ProducedBinary | undefined {
    return this.#record[node];
  }

  model(node: number): BinaryPackage | undefined {
    return this.#model[node];
  }

  offer(node: number): Offer {
    return {
      version: this.#version[node],
      arch: at(this.#arch, node),
      multiArch: at(this.#multiArch, node),
    };
  }

  /** Conflicts and Breaks: those of its control; where that has none, those of the existing binary stand in. */
  conflicts(node: number): readonly RelationField[] {
    const record = this.#record[node];
    const model = this.#model[node];
    return [record?.conflicts ?? model?.conflicts, record?.breaks ?? model?.breaks].filter(
      (field) => field !== undefined,
    );
  }

  /** Adds a node; candidates of one name are preferred in the order in which they are added. */
  add(draft: NodeDraft): number {
    const node = this.#push(draft, this.#index.name(draft.name));
    const names = at(this.#contexts, draft.context);
    const last = names.lastReal.get(draft.name);
    if (last === 0) names.firstReal.set(draft.name, node + 1);
    else this.#nextReal.set(last - 1, node + 1);
    names.lastReal.set(draft.name, node + 1);
    const { record, model } = draft;
    if (record?.provides !== undefined) this.#provide(node, draft.name, record.provides, names);
    if (model?.provides !== undefined) this.#provide(node, draft.name, model.provides, names);
    return node;
  }

  /** Adds a binary of which nothing but the name is known; relations don't find it. */
  addAssumed(context: number, name: string, arch: string): number {
    const draft: NodeDraft = {
      name: this.#index.numberOf(name),
      version: undefined,
      producer: -1,
      exists: true,
      later: false,
      context,
      arch,
      multiArch: 'allowed',
      essential: false,
      record: undefined,
      model: undefined,
    };
    return this.#push(draft, name);
  }

  /** Whether a package of the context has the name, or provides it. */
  knows(context: number, name: number): boolean {
    const names = at(this.#contexts, context);
    return names.firstReal.get(name) !== 0 || names.firstVirtual.get(name) !== 0;
  }

  /**
   * Appends the nodes that satisfy a relation to `found`, real packages before virtual ones, none twice.
   * @param name the number of the relation's name
   * @param from the architecture of the package that has the relation; for a source, the one that is built for
   */
  collect(relation: Relation, name: number, from: string, reader: Reader, found: number[]): void {
    const names = at(this.#contexts, reader.context.index);
    for (let link = names.firstReal.get(name); link !== 0; link = this.#nextReal.get(link - 1)) {
      const node = link - 1;
      if (!satisfiedByReal(relation, this.offer(node), from, reader)) continue;
      if (!found.includes(node)) found.push(node);
    }
    if (reader.reading === 'starlingx') return;
    for (let link = names.firstVirtual.get(name); link !== 0; link = this.#nextVirtual.get(link - 1)) {
      const provided = at(this.#virtual, link - 1);
      const { node } = provided;
      if (!satisfiedByVirtual(relation, provided, this.offer(node), from, reader)) continue;
      if (!found.includes(node)) found.push(node);
    }
  }

  /** The versions of a name that are marked Essential, for either architecture: as dose3 has it. */
  essentials(context: number, name: number): readonly number[] {
    return this.#real(context, name).filter((node) => this.#essential[node]);
  }

  /** The nodes that a relation of Conflicts, Breaks or Build-Conflicts keeps out. */
  collectConflicts(relation: Relation, name: number, reader: Reader): readonly number[] {
    const names = at(this.#contexts, reader.context.index);
    const found: number[] = [];
    for (let link = names.firstReal.get(name); link !== 0; link = this.#nextReal.get(link - 1)) {
      if (keepsOutReal(relation, this.offer(link - 1), reader)) found.push(link - 1);
    }
    for (let link = names.firstVirtual.get(name); link !== 0; link = this.#nextVirtual.get(link - 1)) {
      const provided = at(this.#virtual, link - 1);
      if (keepsOutVirtual(relation, provided, this.offer(provided.node), reader)) found.push(provided.node);
    }
    return found;
  }

  /** The nodes of a node's name; itself, unless it is assumed, and others. */
  namesakes(node: number): readonly number[] {
    return this.#real(this.context(node), at(this.#nameNumber, node));
  }

  /** @param units whose stages may build a node before its producer does */
  finish(units: readonly Unit[]): NodeTable {
    return {
      standIn: standIns(this.#producer, this.#name, units),
      name: this.#name,
      version: this.#version,
      producer: new Int32Array(this.#producer),
      exists: new Uint8Array(this.#exists),
      later: new Uint8Array(this.#later),
      context: new Int32Array(this.#context),
      arch: this.#arch,
      multiArch: this.#multiArch,
      record: this.#record,
      model: this.#model,
    };
  }

  #push(draft: NodeDraft, name: string): number {
    this.#nameNumber.push(draft.name);
    this.#version.push(draft.version);
    this.#producer.push(draft.producer);
    this.#exists.push(Number(draft.exists));
    this.#later.push(Number(draft.later));
    this.#context.push(draft.context);
    this.#arch.push(draft.arch);
    this.#multiArch.push(draft.multiArch);
    this.#essential.push(draft.essential);
    this.#record.push(draft.record);
    this.#model.push(draft.model);
    return this.#name.push(name) - 1;
  }

  #provide(node: number, own: number, field: RelationField, names: ContextNames): void {
    const { groups } = this.#index;
    const numbers = groups.numbersOf(field);
    for (let place = 0; place < numbers.length; place++) {
      const group = at(numbers, place);
      const name = at(groups.names(group), 0);
      const { version: constraint, archQualifier } = at(groups.group(group), 0);
      const version = constraint?.version;
      if (version === undefined && name === own) continue;
      const link = this.#virtual.push({ node, version, archQualifier });
      const last = names.lastVirtual.get(name);
      if (last === 0) names.firstVirtual.set(name, link);
      else this.#nextVirtual.set(last - 1, link);
      names.lastVirtual.set(name, link);
    }
  }

  #real(context: number, name: number): number[] {
    const found: number[] = [];
    if (name < 0) return found;
    const { firstReal } = at(this.#contexts, context);
    for (let link = firstReal.get(name); link !== 0; link = this.#nextReal.get(link - 1))
      found.push(link - 1);
    return found;
  }
}

/** The unit that stands in for the producer of each node, or -1. */
function standIns(
  producers: readonly number[],
  names: readonly string[],
  units: readonly Unit[],
): Int32Array {
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
