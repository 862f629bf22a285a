import { at } from '../base/column.ts';
import type { BinaryPackage, MultiArch, ProducedBinary } from '../debian/package.ts';
import type { Relation, RelationField, VersionConstraint } from '../debian/relation.ts';
import { satisfiesConstraint } from '../debian/version.ts';
import type { Context, NodeTable, Reading } from './universe.ts';

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
        if (provided === undefined) continue;
        const version = provided.version?.version;
        if (version === undefined && provided.package === draft.name) continue;
        this.#name(draft.context, provided.package).virtual.push({
          node,
          version,
        });
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
  collect(context: Context, relation: Relation, from: string, reading: Reading, found: number[]): void {
    const name = this.#names[context.index]?.get(relation.package);
    if (name === undefined) return;
    const { version: constraint, archQualifier } = relation;
    const isLoose = reading === 'dose' && archQualifier === 'any';
    for (const node of name.real) {
      const draft = this.draft(node);
      const fits =
        isLoose ||
        (isOfArchitecture(draft, archQualifier, from, context, reading) &&
          (constraint === undefined ||
            draft.version === undefined ||
            satisfiesConstraint(draft.version, constraint)));
      if (fits && !found.includes(node)) found.push(node);
    }
    if (reading === 'starlingx') return;
    for (const { node, version } of name.virtual) {
      if (!isOfArchitecture(this.draft(node), archQualifier, from, context, reading)) continue;
      if (fitsVirtual(version, constraint) && !found.includes(node)) found.push(node);
    }
  }

  /** The versions of a name that are marked Essential, for either architecture. */
  essentials(context: number, name: string): readonly number[] {
    const nodes = this.#names[context]?.get(name)?.real ?? [];
    return nodes.filter((node) => this.draft(node).essential);
  }

  /**
   * The nodes that a relation of Conflicts, Breaks or Build-Conflicts keeps out: of every architecture, unless it names one.
   * What is built here and has no known version is never meant by a versioned one.
   */
  collectConflicts(context: Context, { package: name, version, archQualifier }: Relation): readonly number[] {
    const known = this.#names[context.index]?.get(name);
    if (known === undefined) return [];
    const isMeant = (node: number): boolean => {
      if (archQualifier === undefined || archQualifier === 'any') return true;
      return this.draft(node).arch === (archQualifier === 'native' ? context.buildArch : archQualifier);
    };
    const real = known.real.filter((node) => {
      const { version: own } = this.draft(node);
      return version === undefined || (own !== undefined && satisfiesConstraint(own, version));
    });
    const virtual = known.virtual.filter((provided) => fitsVirtual(provided.version, version));
    return [...real, ...virtual.map(({ node }) => node)].filter(isMeant);
  }

  /** The other nodes of a name. */
  namesakes(node: number): readonly number[] {
    const { context, name } = this.draft(node);
    return this.#names[context]?.get(name)?.real.filter((other) => other !== node) ?? [];
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
      arch: drafts.map((draft) => draft.arch),
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

/** @see the multiarch specification: https://wiki.ubuntu.com/MultiarchSpec; for `:native` dpkg's deb-src-control(5) */
function isOfArchitecture(
  draft: NodeDraft,
  qualifier: string | undefined,
  from: string,
  context: Context,
  reading: Reading,
): boolean {
  if (reading === 'dose' && qualifier !== 'any' && draft.multiArch === 'foreign') return true;
  switch (qualifier) {
    case undefined:
      return draft.arch === from || draft.multiArch === 'foreign';
    case 'any':
      return draft.multiArch === 'allowed';
    case 'native':
      return draft.arch === context.buildArch;
    default:
      return draft.arch === qualifier;
  }
}

/** A virtual package without a version fits only relations without one. */
function fitsVirtual(version: string | undefined, constraint: VersionConstraint | undefined): boolean {
  return constraint === undefined || (version !== undefined && satisfiesConstraint(version, constraint));
}
