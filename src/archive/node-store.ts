import { at } from '../base/column.ts';
import type { BinaryPackage, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { Relation, RelationField } from '../debian/relation.ts';
import {
  keepsOutReal,
  keepsOutVirtual,
  satisfiedByReal,
  satisfiedByVirtual,
  type Provided,
  type Reader,
} from './match.ts';
import type { NodeTable } from './universe.ts';
import type { Unit } from './unit.ts';
import { isStandIn } from './variants.ts';

/** A binary as it is put into the store. */
export interface NodeDraft {
  readonly name: string;
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
  readonly provides: readonly RelationField[];
  /** Conflicts and Breaks. */
  readonly conflicts: readonly RelationField[];
}

interface Name {
  readonly real: number[];
  readonly virtual: { readonly node: number; readonly provided: Provided }[];
}

/** The nodes of a universe while it is built, indexed by context and name. */
export class NodeStore {
  readonly #drafts: NodeDraft[] = [];
  readonly #names: Map<string, Name>[] = [];

  get count(): number {
    return this.#drafts.length;
  }

  draft(node: number): NodeDraft {
    return at(this.#drafts, node);
  }

  /** Adds a node; candidates of one name are preferred in the order in which they are added. */
  add(draft: NodeDraft): number {
    const node = this.#drafts.push(draft) - 1;
    this.#name(draft.context, draft.name).real.push(node);
    for (const field of draft.provides) {
      for (const [relation] of field.groups) {
        if (relation === undefined) continue;
        const { package: name, archQualifier } = relation;
        const version = relation.version?.version;
        if (version === undefined && name === draft.name) continue;
        this.#name(draft.context, name).virtual.push({ node, provided: { version, archQualifier } });
      }
    }
    return node;
  }

  /** Adds a binary of which nothing but the name is known; relations don't find it. */
  addAssumed(context: number, name: string, arch: string): number {
    const draft: NodeDraft = {
      name,
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
      provides: [],
      conflicts: [],
    };
    return this.#drafts.push(draft) - 1;
  }

  knows(context: number, name: string): boolean {
    return this.#names[context]?.has(name) === true;
  }

  /**
   * Appends the nodes that satisfy a relation to `found`, real packages before virtual ones, none twice.
   * @param from the architecture of the package that has the relation; for a source, the one that is built for
   */
  collect(relation: Relation, from: string, reader: Reader, found: number[]): void {
    const name = this.#names[reader.context.index]?.get(relation.package);
    if (name === undefined) return;
    for (const node of name.real) {
      if (!satisfiedByReal(relation, this.draft(node), from, reader)) continue;
      if (!found.includes(node)) found.push(node);
    }
    if (reader.reading === 'starlingx') return;
    for (const { node, provided } of name.virtual) {
      if (!satisfiedByVirtual(relation, provided, this.draft(node), from, reader)) continue;
      if (!found.includes(node)) found.push(node);
    }
  }

  /** The versions of a name that are marked Essential, for either architecture: as dose3 has it. */
  essentials(context: number, name: string): readonly number[] {
    const nodes = this.#names[context]?.get(name)?.real ?? [];
    return nodes.filter((node) => this.draft(node).essential);
  }

  /** The nodes that a relation of Conflicts, Breaks or Build-Conflicts keeps out. */
  collectConflicts(relation: Relation, reader: Reader): readonly number[] {
    const name = this.#names[reader.context.index]?.get(relation.package);
    if (name === undefined) return [];
    const real = name.real.filter((node) => keepsOutReal(relation, this.draft(node), reader));
    const virtual = name.virtual.filter(({ node, provided }) =>
      keepsOutVirtual(relation, provided, this.draft(node), reader),
    );
    return [...real, ...virtual.map(({ node }) => node)];
  }

  /** The other nodes of a name. */
  namesakes(node: number): readonly number[] {
    const { context, name } = this.draft(node);
    return this.#names[context]?.get(name)?.real.filter((other) => other !== node) ?? [];
  }

  /** @param units whose stages may build a node before its producer does */
  finish(units: readonly Unit[]): NodeTable {
    const drafts = this.#drafts;
    return {
      standIn: standIns(drafts, units),
      name: drafts.map((draft) => draft.name),
      version: drafts.map((draft) => draft.version),
      producer: Int32Array.from(drafts, (draft) => draft.producer),
      exists: Uint8Array.from(drafts, (draft) => Number(draft.exists)),
      later: Uint8Array.from(drafts, (draft) => Number(draft.later)),
      context: Int32Array.from(drafts, (draft) => draft.context),
      arch: drafts.map((draft) => draft.arch),
      multiArch: drafts.map((draft) => draft.multiArch),
      record: drafts.map((draft) => draft.record),
      model: drafts.map((draft) => draft.model),
    };
  }

  #name(context: number, name: string): Name {
    let names = this.#names[context];
    if (names === undefined) {
      names = new Map();
      this.#names[context] = names;
    }
    let known = names.get(name);
    if (known === undefined) {
      known = { real: [], virtual: [] };
      names.set(name, known);
    }
    return known;
  }
}

/** The unit that stands in for the producer of each node, or -1. */
function standIns(drafts: readonly NodeDraft[], units: readonly Unit[]): Int32Array {
  const byProducer = new Map<number, Unit>();
  for (const unit of units) if (isStandIn(unit.stage)) byProducer.set(unit.full, unit);
  return Int32Array.from(drafts, ({ producer, name }) => {
    const unit = byProducer.get(producer);
    return unit?.binaries.some((binary) => binary.name === name) === true ? unit.id : -1;
  });
}
