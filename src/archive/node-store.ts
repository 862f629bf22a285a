import { at } from '../base/column.ts';
import type { BinaryPackage, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { Relation, RelationField } from '../debian/relation.ts';
import { satisfiesConstraint } from '../debian/version.ts';
import type { NodeTable } from './universe.ts';

/** A binary as it is put into the store. */
export interface NodeDraft {
  readonly name: string;
  readonly version: string | undefined;
  /** The unit that builds it, or -1. */
  readonly producer: number;
  readonly exists: boolean;
  readonly later: boolean;
  readonly context: number;
  readonly multiArch: MultiArch;
  readonly record: BinaryPackage | ProducedBinary | undefined;
  /** The existing binary whose relations stand in for those that the record does not tell. */
  readonly model: BinaryPackage | undefined;
  readonly provides: readonly RelationField[];
}

interface Name {
  readonly real: number[];
  readonly virtual: {
    readonly node: number;
    readonly version: string | undefined;
  }[];
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
      for (const [provided] of field.groups) {
        if (provided === undefined || provided.package === draft.name) continue;
        const version = provided.version?.version;
        this.#name(draft.context, provided.package).virtual.push({
          node,
          version,
        });
      }
    }
    return node;
  }

  /** Adds a binary of which nothing but the name is known; relations don't find it. */
  addAssumed(context: number, name: string): number {
    const draft: NodeDraft = {
      name,
      version: undefined,
      producer: -1,
      exists: true,
      later: false,
      context,
      multiArch: 'allowed',
      record: undefined,
      model: undefined,
      provides: [],
    };
    return this.#drafts.push(draft) - 1;
  }

  knows(context: number, name: string): boolean {
    return this.#names[context]?.has(name) === true;
  }

  /** Appends the nodes that satisfy a relation to `found`, real packages before virtual ones, none twice. */
  collect(context: number, relation: Relation, arch: string, isVirtualSeen: boolean, found: number[]): void {
    const name = this.#names[context]?.get(relation.package);
    if (name === undefined) return;
    const qualifier = relation.archQualifier;
    if (qualifier !== undefined && qualifier !== 'any' && qualifier !== 'native' && qualifier !== arch)
      return;
    const constraint = relation.version;
    for (const node of name.real) {
      const draft = this.draft(node);
      if (qualifier === 'any' && draft.multiArch !== 'allowed') continue;
      const fits =
        constraint === undefined ||
        draft.version === undefined ||
        satisfiesConstraint(draft.version, constraint);
      if (fits && !found.includes(node)) found.push(node);
    }
    if (!isVirtualSeen) return;
    for (const { node, version } of name.virtual) {
      if (qualifier === 'any' && this.draft(node).multiArch !== 'allowed') continue;
      const fits =
        constraint === undefined || (version !== undefined && satisfiesConstraint(version, constraint));
      if (fits && !found.includes(node)) found.push(node);
    }
  }

  finish(): NodeTable {
    const drafts = this.#drafts;
    return {
      name: drafts.map((draft) => draft.name),
      version: drafts.map((draft) => draft.version),
      producer: Int32Array.from(drafts, (draft) => draft.producer),
      exists: Uint8Array.from(drafts, (draft) => Number(draft.exists)),
      later: Uint8Array.from(drafts, (draft) => Number(draft.later)),
      context: Int32Array.from(drafts, (draft) => draft.context),
      record: drafts.map((draft) => draft.record),
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
