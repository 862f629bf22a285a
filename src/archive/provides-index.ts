import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { buildCsr, edgesFrom, edgesTo, EdgeList, groupCells, rowCount, type Csr } from '../base/csr.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import type { GroupTable } from './group-table.ts';
import type { Provided } from './match.ts';

/** A name of a binary's Provides. */
export interface Provision extends Provided {
  /** The number of the name of who provides it. */
  readonly by: number;
  /** What says so: a binary that exists, or one that a source builds. */
  readonly record: BinaryPackage | ProducedBinary;
}

/** Binaries and the numbers of their names. */
interface NamedRecords {
  readonly records: readonly (BinaryPackage | ProducedBinary)[];
  readonly names: Int32Array;
}

/** Who provides which name in an archive, on whatever architecture. Read when it is first asked. */
export class ProvidesIndex {
  readonly #lists: readonly NamedRecords[];
  readonly #groups: GroupTable;
  readonly #packageCount: number;
  readonly #provisions: Provision[] = [];
  /** Row `name`: the places of its provisions. */
  #byName: Csr | undefined;

  /** @param packageCount the names of those who provide others have numbers below it */
  constructor(lists: readonly NamedRecords[], groups: GroupTable, packageCount: number) {
    this.#lists = lists;
    this.#groups = groups;
    this.#packageCount = packageCount;
  }

  /** By the number of the name of who provides it, then as the binaries are listed and their fields written. */
  of(name: number): readonly Provision[] {
    this.#byName ??= this.#findAll();
    if (name < 0 || name >= rowCount(this.#byName)) return NONE;
    const end = edgesTo(this.#byName, name);
    if (edgesFrom(this.#byName, name) === end) return NONE;
    const found: Provision[] = [];
    for (let edge = edgesFrom(this.#byName, name); edge < end; edge++)
      found.push(at(this.#provisions, int32At(this.#byName.target, edge)));
    return found;
  }

  #findAll(): Csr {
    const provided: number[] = [];
    for (const { records, names } of this.#lists) {
      for (let place = 0; place < records.length; place++) {
        const record = at(records, place);
        if (record.provides === undefined) continue;
        const by = int32At(names, place);
        const { fields } = this.#groups;
        const field = this.#groups.fieldOf(record.provides);
        for (let cell = fields.from(field); cell < fields.to(field); cell++) {
          const group = fields.at(cell);
          const name = this.#groups.name(group, 0);
          const { version: constraint, archQualifier } = at(this.#groups.group(group), 0);
          const version = constraint?.version;
          // everything provides itself
          if (version === undefined && name === by) continue;
          this.#provisions.push({ by, record, version, archQualifier });
          provided.push(name);
        }
      }
    }
    const byOwner = groupCells(
      Int32Array.from(this.#provisions, ({ by }) => by),
      this.#packageCount,
    );
    const edges = new EdgeList();
    for (const place of byOwner.target) edges.push(at(provided, place), place);
    return buildCsr(
      provided.reduce((most, name) => Math.max(most, name + 1), 0),
      edges,
    );
  }
}

const NONE: readonly never[] = [];
