import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { edgesFrom, edgesTo, groupCells, type Csr } from '../base/csr.ts';
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
  readonly #sourceNumbers = new Map<SourcePackage, number>();
  readonly #names: string[];
  /** The numbers of names as they were met. */
  readonly #met = new Map<string, number>();
  /** The final numbers of those of packages; the others keep theirs. */
  readonly #rank: Int32Array;
  readonly #packageCount: number;
  /** Row `name`: the places of its existing binaries. */
  readonly #existing: Csr;
  /** Row `source`: the names of its binaries, in their order. Each cell is a promise: one binary that the source says it builds. */
  readonly produced: Csr;
  /** Row `name`, of packages: the promises of it, in the order of the sources. */
  readonly promises: Csr;
  readonly #promised: readonly ProducedBinary[];
  /** Of each promise the source. */
  readonly #promisedBy: Int32Array;
  /** By architecture, by name; undefined: not looked up yet. */
  readonly #versions = new Map<string, (readonly BinaryPackage[] | undefined)[]>();
  /** Names of which some binary is marked Essential on some architecture. */
  #essential: ReadonlySet<string> | undefined;
  readonly groups = new GroupTable((name) => this.#intern(name));
  readonly provides: ProvidesIndex;

  constructor(sources: Iterable<SourcePackage>, binaries: readonly BinaryPackage[]) {
    this.#binaries = binaries;
    this.#sources = [...new Set(sources)];
    const offset = new Int32Array(this.#sources.length + 1);
    for (let source = 0; source < this.#sources.length; source++) {
      this.#sourceNumbers.set(at(this.#sources, source), source);
      offset[source + 1] = int32At(offset, source) + at(this.#sources, source).binaries.length;
    }
    const promised: ProducedBinary[] = [];
    for (const source of this.#sources) for (const binary of source.binaries) promised.push(binary);
    const metAs = this.#meetAll(binaries);
    const metAsPromised = this.#meetAll(promised);
    this.#names = [...this.#met.keys()].sort(compareText);
    this.#packageCount = this.#names.length;
    this.#rank = new Int32Array(this.#packageCount);
    for (let name = 0; name < this.#packageCount; name++)
      this.#rank[this.#met.get(at(this.#names, name)) ?? -1] = name;
    const names = this.#ranked(metAs);
    this.#existing = groupCells(names, this.#packageCount);
    this.produced = { offset, target: this.#ranked(metAsPromised) };
    this.promises = groupCells(this.produced.target, this.#packageCount);
    this.#promised = promised;
    this.#promisedBy = new Int32Array(promised.length);
    for (let source = 0; source < this.#sources.length; source++)
      this.#promisedBy.fill(source, int32At(offset, source), int32At(offset, source + 1));
    this.provides = new ProvidesIndex(
      [
        { records: promised, names: this.produced.target },
        { records: binaries, names },
      ],
      this.groups,
      this.#packageCount,
    );
  }

  /** Names of packages have the numbers below it, in code-unit order; names that are only asked for those from it on. */
  get packageCount(): number {
    return this.#packageCount;
  }

  /** What exists, on whatever architecture. */
  get binaries(): readonly BinaryPackage[] {
    return this.#binaries;
  }

  get sourceCount(): number {
    return this.#sources.length;
  }

  /** Whether it is the number of a name that some package has. */
  isPackage(name: number): boolean {
    return name >= 0 && name < this.#packageCount;
  }

  name(number: number): string {
    return at(this.#names, number);
  }

  /** -1: nothing has or asks for the name. */
  numberOf(name: string): number {
    const met = this.#met.get(name);
    return met === undefined ? -1 : (this.#rank[met] ?? met);
  }

  /** @throws a 'BUG: …' error for one that is not of the archive */
  sourceNumber(source: SourcePackage): number {
    const number = this.#sourceNumbers.get(source);
    if (number === undefined) throw new Error(`BUG: the source ${source.name} is not in the index`);
    return number;
  }

  source(number: number): SourcePackage {
    return at(this.#sources, number);
  }

  /** The source that makes a promise. */
  promiser(promise: number): number {
    return int32At(this.#promisedBy, promise);
  }

  promised(promise: number): ProducedBinary {
    return at(this.#promised, promise);
  }

  /**
   * What exists of a name on one architecture because its indexes list it, newest first; a double (same name and version) counts
   * once.
   */
  versions(arch: string, name: number): readonly BinaryPackage[] {
    if (!this.isPackage(name)) return NONE;
    let known = this.#versions.get(arch);
    if (known === undefined) {
      known = new Array<readonly BinaryPackage[] | undefined>(this.#packageCount).fill(undefined);
      this.#versions.set(arch, known);
    }
    return (known[name] ??= this.#findVersions(arch, name));
  }

  /** Names of which some version is marked Essential on an architecture, sorted. */
  essentialOn(arch: string): readonly string[] {
    this.#essential ??= new Set(this.#binaries.filter((own) => own.essential).map(({ name }) => name));
    return [...this.#essential]
      .filter((name) => this.versions(arch, this.numberOf(name)).some(({ essential }) => essential))
      .sort(compareText);
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
    const known = this.numberOf(name);
    if (known >= 0) return known;
    const number = this.#names.push(name) - 1;
    this.#met.set(name, number);
    return number;
  }

  /** One cell a binary: the number of its name, as they are met. */
  #meetAll(binaries: readonly { readonly name: string }[]): Int32Array {
    const found = new Int32Array(binaries.length);
    for (let place = 0; place < binaries.length; place++) {
      const { name } = at(binaries, place);
      let number = this.#met.get(name);
      if (number === undefined) this.#met.set(name, (number = this.#met.size));
      found[place] = number;
    }
    return found;
  }

  #ranked(met: Int32Array): Int32Array {
    const names = new Int32Array(met.length);
    for (let place = 0; place < met.length; place++) names[place] = int32At(this.#rank, int32At(met, place));
    return names;
  }
}

const NONE: readonly never[] = [];

function isOn({ indexArchitectures, architecture }: BinaryPackage, arch: string): boolean {
  return (
    (architecture === 'all' || architecture === arch) &&
    (indexArchitectures.includes(arch) || indexArchitectures.includes('all'))
  );
}
