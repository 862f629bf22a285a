import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import type { BinaryPackage, SourcePackage } from '../debian/package.ts';
import { compareVersions } from '../debian/version.ts';
import { GroupTable } from './group-table.ts';

/** The binaries that can be installed on one architecture because its indexes list them. */
export interface Existing {
  /** By the number of the name, newest first; a double (same name and version) counts once. */
  readonly versions: readonly (readonly BinaryPackage[] | undefined)[];
  /** Names of which some version is marked Essential, sorted. */
  readonly essential: readonly string[];
}

/**
 * What all universes of an archive have in common: names and groups of alternatives by number, and what exists. A run that
 * settles in rounds makes it once.
 */
export class ArchiveIndex {
  readonly #binaries: readonly BinaryPackage[];
  readonly #names: string[];
  readonly #numbers: Map<string, number>;
  readonly #packageCount: number;
  readonly #existing = new Map<string, Existing>();
  readonly #produced = new Map<SourcePackage, Int32Array>();
  readonly groups = new GroupTable((name) => this.#intern(name));

  constructor(sources: Iterable<SourcePackage>, binaries: readonly BinaryPackage[]) {
    this.#binaries = binaries;
    const names = new Set<string>();
    for (const { name } of binaries) names.add(name);
    for (const source of sources) for (const { name } of source.binaries) names.add(name);
    this.#names = [...names].sort(compareText);
    this.#packageCount = this.#names.length;
    this.#numbers = new Map(this.#names.map((name, number) => [name, number]));
  }

  /** Names of packages have the numbers below it, in code-unit order; names that are only asked for those from it on. */
  get packageCount(): number {
    return this.#packageCount;
  }

  name(number: number): string {
    return at(this.#names, number);
  }

  /** -1: nothing has or asks for the name. */
  numberOf(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  existingOn(arch: string): Existing {
    const known = this.#existing.get(arch);
    if (known !== undefined) return known;
    const existing = this.#findExisting(arch);
    this.#existing.set(arch, existing);
    return existing;
  }

  /** The names of all binaries of a source, in their order. */
  producedBy(source: SourcePackage): Int32Array {
    const known = this.#produced.get(source);
    if (known !== undefined) return known;
    const names = Int32Array.from(source.binaries, ({ name }) => this.numberOf(name));
    if (names.includes(-1)) throw new Error(`BUG: the binaries of ${source.name} are not in the index`);
    this.#produced.set(source, names);
    return names;
  }

  #findExisting(arch: string): Existing {
    const versions = new Array<BinaryPackage[] | undefined>(this.#packageCount).fill(undefined);
    const several: BinaryPackage[][] = [];
    const essential = new Set<string>();
    for (const binary of this.#binaries) {
      const { indexArchitectures, architecture, name } = binary;
      if (!indexArchitectures.includes(arch) && !indexArchitectures.includes('all')) continue;
      if (architecture !== 'all' && architecture !== arch) continue;
      const number = this.numberOf(name);
      const known = versions[number];
      if (known === undefined) versions[number] = [binary];
      else if (known.some((other) => other.version === binary.version)) continue;
      else if (known.push(binary) === 2) several.push(known);
      if (binary.essential) essential.add(name);
    }
    for (const list of several)
      list.sort((a, b) => compareVersions(b.version, a.version) || compareText(a.version, b.version));
    return { versions, essential: [...essential].sort(compareText) };
  }

  #intern(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }
}
