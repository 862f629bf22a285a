import { at } from '../base/column.ts';
import { reduceAlternatives } from '../debian/reduce.ts';
import { formatRelation, type Alternatives, type Relation, type RelationField } from '../debian/relation.ts';
import { NumberRows } from './number-rows.ts';
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
  /** Row `group`: the names of its relations, in their order. */
  readonly #names = new NumberRows();
  /** By group: whether some relation has restrictions. */
  readonly #isRestricted: boolean[] = [];
  readonly #fieldNumbers = new Map<readonly Alternatives[], number>();
  /** Row `field`: its groups. */
  readonly fields = new NumberRows();
  /** By architecture and profiles, by group: 2 more than what is left of it; 0: not known yet. */
  readonly #reduced = new Map<string, NumberTable>();
  #last:
    | { readonly arch: string; readonly profiles: readonly string[]; readonly reduced: NumberTable }
    | undefined;
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
    for (let place = 0; place < group.length; place++)
      this.#names.push(this.#numberOfName(at(group, place).package));
    this.#names.endRow();
    this.#isRestricted.push(
      group.some(({ architectures, profiles }) => architectures.length > 0 || profiles.length > 0),
    );
    return number;
  }

  /** The row of a field in `fields`. O(1) for a field that was asked for before, and for one that has the same groups. */
  fieldOf({ groups }: RelationField): number {
    const known = this.#fieldNumbers.get(groups);
    if (known !== undefined) return known;
    for (let place = 0; place < groups.length; place++) this.fields.push(this.numberOf(at(groups, place)));
    const number = this.fields.endRow();
    this.#fieldNumbers.set(groups, number);
    return number;
  }

  group(number: number): Alternatives {
    return at(this.#groups, number);
  }

  /** The number of the name of one of its relations. */
  name(number: number, place: number): number {
    return this.#names.at(this.#names.from(number) + place);
  }

  /** The group without the alternatives whose restrictions don't hold; `NOTHING_LEFT` where none does. */
  reduce(number: number, arch: string, profiles: readonly string[]): number {
    if (this.#isRestricted[number] !== true) return number;
    const cache = this.#reducedFor(arch, profiles);
    const known = cache.get(number);
    if (known !== 0) return known - 2;
    const left = reduceAlternatives(this.group(number), { arch, profiles: new Set(profiles) });
    const reduced = left === undefined ? NOTHING_LEFT : this.numberOf(left);
    cache.set(number, reduced + 2);
    return reduced;
  }

  /** What is left of groups; who asks twice in a row with the same profiles needs no key. */
  #reducedFor(arch: string, profiles: readonly string[]): NumberTable {
    if (this.#last?.arch === arch && this.#last.profiles === profiles) return this.#last.reduced;
    const key = profiles.length === 0 ? arch : `${arch} ${profiles.join(' ')}`;
    const reduced = this.#reduced.get(key) ?? new NumberTable();
    this.#reduced.set(key, reduced);
    this.#last = { arch, profiles, reduced };
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
