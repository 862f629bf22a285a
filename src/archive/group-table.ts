import { at } from '../base/column.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import { formatRelation, type Alternatives, type Relation, type RelationField } from '../debian/relation.ts';
import { NumberTable } from './number-table.ts';

/** No alternative is left of a group. */
export const NOTHING_LEFT = -1;

/**
 * The groups of alternatives of an archive, numbered as they are asked for, with the numbers of the names in them. What is made
 * of them is made once, so equal groups stay one number, in whatever universe.
 */
export class GroupTable {
  readonly #numberOfName: (name: string) => number;
  readonly #numbers = new Map<Alternatives, number>();
  readonly #groups: Alternatives[] = [];
  /** By group: the names of its relations, in their order. */
  readonly #names: (readonly number[])[] = [];
  /** By group: whether some relation has restrictions. */
  readonly #isRestricted: boolean[] = [];
  readonly #fields = new Map<readonly Alternatives[], Int32Array>();
  /** By architecture and profiles, by group: 2 more than what is left of it; 0: not known yet. */
  readonly #reduced = new Map<string, NumberTable>();
  readonly #first = new Map<string, number>();
  readonly #bare = new Map<string, number>();
  readonly #stripped = new Map<number, number>();

  /** @param numberOfName gives every name a number, its own for each */
  constructor(numberOfName: (name: string) => number) {
    this.#numberOfName = numberOfName;
  }

  numberOf(group: Alternatives): number {
    const known = this.#numbers.get(group);
    if (known !== undefined) return known;
    const number = this.#groups.push(group) - 1;
    this.#numbers.set(group, number);
    this.#names.push(group.map((relation) => this.#numberOfName(relation.package)));
    this.#isRestricted.push(
      group.some(({ architectures, profiles }) => architectures.length > 0 || profiles.length > 0),
    );
    return number;
  }

  /** The groups of a field. O(1) for a field that was asked for before, and for one that has the same groups. */
  numbersOf(field: RelationField): Int32Array {
    const known = this.#fields.get(field.groups);
    if (known !== undefined) return known;
    const numbers = Int32Array.from(field.groups, (group) => this.numberOf(group));
    this.#fields.set(field.groups, numbers);
    return numbers;
  }

  group(number: number): Alternatives {
    return at(this.#groups, number);
  }

  names(number: number): readonly number[] {
    return at(this.#names, number);
  }

  /** The group without the alternatives whose restrictions don't hold; `NOTHING_LEFT` where none does. */
  reduce(number: number, arch: string, profiles: readonly string[]): number {
    if (this.#isRestricted[number] !== true) return number;
    const key = profiles.length === 0 ? arch : `${arch} ${profiles.join(' ')}`;
    let cache = this.#reduced.get(key);
    if (cache === undefined) {
      cache = new NumberTable();
      this.#reduced.set(key, cache);
    }
    const known = cache.get(number);
    if (known !== 0) return known - 2;
    const left = reduceAlternatives(this.group(number), { arch, profiles: new Set(profiles) });
    const reduced = left === undefined ? NOTHING_LEFT : this.numberOf(left);
    cache.set(number, reduced + 2);
    return reduced;
  }

  /** Build daemons keep the first alternative, and later ones only for the same package. */
  firstOf(number: number): number {
    const group = this.group(number);
    const same = group.filter((relation) => relation.package === group[0]?.package);
    if (same.length === group.length) return number;
    const key = same.map(formatRelation).join(' | ');
    const known = this.#first.get(key) ?? this.numberOf(same);
    this.#first.set(key, known);
    return known;
  }

  /** The relation's name alone, as a group of its own. */
  bare(relation: Relation): number {
    const known = this.#bare.get(relation.package);
    if (known !== undefined) return known;
    const number = this.numberOf([
      { ...relation, archQualifier: undefined, version: undefined, architectures: [], profiles: [] },
    ]);
    this.#bare.set(relation.package, number);
    return number;
  }

  withoutVersions(number: number): number {
    const known = this.#stripped.get(number);
    if (known !== undefined) return known;
    const stripped = this.numberOf(
      this.group(number).map((relation): Relation => ({ ...relation, version: undefined })),
    );
    this.#stripped.set(number, stripped);
    return stripped;
  }
}
