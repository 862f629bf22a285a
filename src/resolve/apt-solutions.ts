import type { Universe } from '../archive/universe.ts';
import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { row } from '../base/csr.ts';
import type { BinaryPackage, ProducedBinary } from '../debian/package.ts';
import type { Relation, RelationField } from '../debian/relation.ts';
import { satisfiesConstraint } from '../debian/version.ts';
import { LOST_WITH_UNIT, type Installability } from './installability.ts';

/**
 * What apt would install for a clause, the preferred one first: the newest version of each name alone, alternative by alternative,
 * and within one, the package of that very name, Essential ones, the higher priority, and then the name that the indexes
 * mention last (apt numbers packages as it meets them; here without Recommends, Suggests, Replaces and Enhances).
 * Cached by clause; the order of mention is found when a tie first asks for it. O(all relations), once.
 * @see apt 2.6, apt-pkg/depcache.cc: `getAllPossibleSolutions`, `CompareProviders`
 */
export class AptSolutions {
  readonly #universe: Universe;
  readonly #installability: Installability;
  readonly #solutions = new Map<number, readonly number[]>();
  #mentions: ReadonlyMap<string, number> | undefined;

  constructor(universe: Universe, installability: Installability) {
    this.#universe = universe;
    this.#installability = installability;
  }

  of(clause: number): readonly number[] {
    const known = this.#solutions.get(clause);
    if (known !== undefined) return known;
    const solutions = this.#find(clause);
    this.#solutions.set(clause, solutions);
    return solutions;
  }

  #find(clause: number): readonly number[] {
    const { clauses } = this.#universe;
    const nodes = [...row(clauses.candidates, clause)].filter((node) => this.#isCandidate(node));
    if (nodes.length < 2) return nodes;
    const alternatives = at(clauses.alternatives, clause);
    const place = new Map(nodes.map((node) => [node, this.#firstSatisfied(node, alternatives)]));
    const placeOf = (node: number): number => place.get(node) ?? alternatives.length;
    return nodes.sort((a, b) => placeOf(a) - placeOf(b) || this.#compare(a, b, alternatives[placeOf(a)]));
  }

  /** Is this the version of its name that apt would install: the first one, unless its unit can't be built? */
  #isCandidate(node: number): boolean {
    const { name, context } = this.#universe.nodes;
    for (let other = node - 1; other >= 0; other--) {
      if (name[other] !== name[node] || context[other] !== context[node]) return true;
      if (this.#installability.nodeLost[other] !== LOST_WITH_UNIT) return false;
    }
    return true;
  }

  #firstSatisfied(node: number, alternatives: readonly Relation[]): number {
    const { name, version, record } = this.#universe.nodes;
    return alternatives.findIndex(
      (relation) =>
        (name[node] === relation.package && fits(version[node], relation)) ||
        provides(record[node]?.provides, relation),
    );
  }

  /** Negative: apt prefers `a` for the relation. To apt, `foo:native` and `foo:any` are other names than `foo`. */
  #compare(a: number, b: number, relation: Relation | undefined): number {
    const { name, record } = this.#universe.nodes;
    const target = relation?.archQualifier === undefined ? relation?.package : undefined;
    const nameA = at(name, a);
    const nameB = at(name, b);
    return (
      Number(nameB === target) - Number(nameA === target) ||
      Number(record[b]?.essential ?? false) - Number(record[a]?.essential ?? false) ||
      priorityOf(record[a]) - priorityOf(record[b]) ||
      this.#mentionOf(nameB) - this.#mentionOf(nameA) ||
      a - b
    );
  }

  #mentionOf(name: string): number {
    this.#mentions ??= orderOfMention(this.#universe);
    return this.#mentions.get(name) ?? 0;
  }
}

/** Name → its place among all names, as the indexes mention them, in a stanza's own name or in its relations. */
function orderOfMention({ packages }: Universe): ReadonlyMap<string, number> {
  const records = Array.from(packages.all(), ({ record }) => record).filter((record) => record !== undefined);
  records.sort(
    (a, b) =>
      Number('indexArchitectures' in b) - Number('indexArchitectures' in a) ||
      compareText(a.location.file, b.location.file) ||
      a.location.line - b.location.line,
  );
  const mentions = new Map<string, number>();
  const mention = (name: string): void => {
    if (!mentions.has(name)) mentions.set(name, mentions.size);
  };
  for (const { name, preDepends, depends, conflicts, breaks, provides: provided } of records) {
    mention(name);
    for (const field of [preDepends, depends, conflicts, breaks, provided]) {
      for (const group of field?.groups ?? [])
        for (const relation of group) if (relation.archQualifier === undefined) mention(relation.package);
    }
  }
  return mentions;
}

function provides(field: RelationField | undefined, relation: Relation): boolean {
  return (
    field?.groups.some((group) =>
      group.some(
        (provided) =>
          provided.package === relation.package &&
          (relation.version === undefined ||
            (provided.version !== undefined && fits(provided.version.version, relation))),
      ),
    ) === true
  );
}

function fits(version: string | undefined, { version: constraint }: Relation): boolean {
  return constraint === undefined || version === undefined || satisfiesConstraint(version, constraint);
}

const PRIORITIES: readonly string[] = ['required', 'important', 'standard', 'optional', 'extra'];

/** The place of a priority; what is unknown comes last, as in apt. */
function priorityOf(record: BinaryPackage | ProducedBinary | undefined): number {
  const place = record !== undefined && 'priority' in record ? PRIORITIES.indexOf(record.priority) : -1;
  return place < 0 ? PRIORITIES.length : place;
}
