import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, edgesTo, groupCells, row, type Csr } from '../base/csr.ts';
import type { BinaryPackage, ProducedBinary, SourcePackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import { GroupTable } from './group-table.ts';
import { ProvidesIndex } from './provides-index.ts';

/**
 * What all universes of an archive have in common: names and groups of alternatives by number, and what exists. A run that
 * settles in rounds makes it once.
 */
export class ArchiveIndex {
  readonly #binaries: readonly BinaryPackage[];
  readonly #sources: readonly SourcePackage[];
  readonly #sourceNumbers: ReadonlyMap<SourcePackage, number>;
  readonly #names: string[];
  readonly #numbers: Map<string, number>;
  readonly #packageCount: number;
  /** Row `name`: the places of its existing binaries. */
  readonly #existing: Csr;
  /** Row `source`: the names of its binaries, in their order. Each cell is the promise of one binary. */
  readonly #produced: Csr;
  /** Row `name`: the promises of it. */
  readonly #promises: Csr;
  /** Of each promise the source. */
  readonly #promisedBy: Int32Array;
  /** By architecture, by name; undefined: not looked up yet. */
  readonly #versions = new Map<string, (readonly BinaryPackage[] | undefined)[]>();
  readonly groups = new GroupTable((name) => this.#intern(name));
  readonly provides: ProvidesIndex;

  constructor(sources: Iterable<SourcePackage>, binaries: readonly BinaryPackage[]) {
    this.#binaries = binaries;
    this.#sources = [...new Set(sources)];
    this.#sourceNumbers = new Map(this.#sources.map((source, number) => [source, number]));
    const met = new Map<string, number>();
    const meet = (name: string): number => {
      const known = met.get(name);
      if (known !== undefined) return known;
      met.set(name, met.size);
      return met.size - 1;
    };
    const existing = Int32Array.from(binaries, ({ name }) => meet(name));
    const offset = new Int32Array(this.#sources.length + 1);
    this.#sources.forEach((source, number) => {
      offset[number + 1] = int32At(offset, number) + source.binaries.length;
    });
    const produced = new Int32Array(int32At(offset, this.#sources.length));
    let cell = 0;
    for (const source of this.#sources) for (const { name } of source.binaries) produced[cell++] = meet(name);
    this.#names = [...met.keys()].sort(compareText);
    this.#packageCount = this.#names.length;
    const numberOf = new Int32Array(this.#packageCount);
    this.#names.forEach((name, number) => {
      numberOf[met.get(name) ?? -1] = number;
      met.set(name, number);
    });
    this.#numbers = met;
    const renumber = (column: Int32Array): Int32Array => column.map((first) => int32At(numberOf, first));
    const nameOf = renumber(existing);
    this.#existing = groupCells(nameOf, this.#packageCount);
    this.#produced = { offset, target: renumber(produced) };
    this.provides = new ProvidesIndex(
      [
        { records: this.#sources.flatMap((source) => source.binaries), names: this.#produced.target },
        { records: binaries, names: nameOf },
      ],
      this.groups,
      this.#packageCount,
    );
    this.#promises = groupCells(this.#produced.target, this.#packageCount);
    this.#promisedBy = new Int32Array(produced.length);
    for (let source = 0; source < this.#sources.length; source++)
      this.#promisedBy.fill(source, int32At(offset, source), int32At(offset, source + 1));
  }

  /** Names of packages have the numbers below it, in code-unit order; names that are only asked for those from it on. */
  get packageCount(): number {
    return this.#packageCount;
  }

  get sourceCount(): number {
    return this.#sources.length;
  }

  name(number: number): string {
    return at(this.#names, number);
  }

  /** -1: nothing has or asks for the name. */
  numberOf(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  /** @throws a 'BUG: …' error for one that is not of the archive */
  sourceNumber(source: SourcePackage): number {
    const number = this.#sourceNumbers.get(source);
    if (number === undefined) throw new Error(`BUG: the source ${source.name} is not in the index`);
    return number;
  }

  /** The names of all binaries of a source, in their order. */
  producedBy(source: number): Int32Array {
    return row(this.#produced, source);
  }

  /** The promises of a name, in the order of the sources: each is one binary that a source says it builds. */
  promisesOf(name: number): Int32Array {
    return this.#isPackage(name) ? row(this.#promises, name) : NO_PROMISES;
  }

  /** The source that makes a promise. */
  promiser(promise: number): number {
    return int32At(this.#promisedBy, promise);
  }

  promised(promise: number): ProducedBinary {
    const source = this.promiser(promise);
    return at(at(this.#sources, source).binaries, promise - edgesFrom(this.#produced, source));
  }

  /**
   * What exists of a name on one architecture because its indexes list it, newest first; a double (same name and version) counts
   * once.
   */
  versions(arch: string, name: number): readonly BinaryPackage[] {
    if (!this.#isPackage(name)) return NONE;
    let known = this.#versions.get(arch);
    if (known === undefined) {
      known = new Array<readonly BinaryPackage[] | undefined>(this.#packageCount).fill(undefined);
      this.#versions.set(arch, known);
    }
    return (known[name] ??= this.#findVersions(arch, name));
  }

  /** Names of which some version is marked Essential on an architecture, sorted. */
  essentialOn(arch: string): readonly string[] {
    const marked = new Set(this.#binaries.filter(({ essential }) => essential).map(({ name }) => name));
    return [...marked]
      .filter((name) => this.versions(arch, this.numberOf(name)).some(({ essential }) => essential))
      .sort(compareText);
  }

  #isPackage(name: number): boolean {
    return name >= 0 && name < this.#packageCount;
  }

  #findVersions(arch: string, name: number): readonly BinaryPackage[] {
    let found: BinaryPackage[] | undefined;
    const end = edgesTo(this.#existing, name);
    for (let edge = edgesFrom(this.#existing, name); edge < end; edge++) {
      const binary = at(this.#binaries, int32At(this.#existing.target, edge));
      if (!isOn(binary, arch)) continue;
      if (found === undefined) found = [binary];
      else if (!found.some((other) => other.version === binary.version)) found.push(binary);
    }
    if (found === undefined) return NONE;
    return found.sort((a, b) => compareVersions(b.version, a.version) || compareText(a.version, b.version));
  }

  #intern(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }
}

const NONE: readonly never[] = [];
const NO_PROMISES = new Int32Array(0);

function isOn({ indexArchitectures, architecture }: BinaryPackage, arch: string): boolean {
  return (
    (architecture === 'all' || architecture === arch) &&
    (indexArchitectures.includes(arch) || indexArchitectures.includes('all'))
  );
}
