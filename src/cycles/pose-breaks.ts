import { findStandIn, type Unit } from '../archive/unit.ts';
import { isStandIn } from '../archive/variants.ts';
import { at } from '../base/column.ts';
import { row, type Csr } from '../base/csr.ts';
import { droppingProfiles } from '../graph/dropping-profiles.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { strategyOfStage } from './break.ts';
import { existingCost, strategyCost, type BreakCosts } from './break-costs.ts';
import type { BreakProblem } from './break-problem.ts';
import type { InstallSetWalker } from '../resolve/install-set-walker.ts';
import { isHarmless } from './harmless-profiles.ts';
import { relationNeeds, type RelationNeeds } from './relation-needs.ts';

export interface BreakRules {
  readonly costs: BreakCosts;
  /** Whether build profiles may be set for single units. */
  readonly mayUseProfiles: boolean;
  /** Whether halves that stand as two units may be one build. */
  readonly mayMerge: boolean;
  /** Multiplies the cost of building a unit without waiting for another: what the user would rather have. */
  readonly reluctance?: (unit: Unit, need: Unit) => number;
}

/**
 * What an item of the problem stands for. `hard`: can't be given up alone; `existing`: existing binaries meet the relation;
 * `stood`: first builds do, and the owner is built again after the full ones; `full-first`: the owner is no unit, it holds
 * the users of a first build back until the full one is done.
 */
export type ItemKind = 'hard' | 'existing' | 'stood' | 'full-first';

/** A component's problem, and what its numbers mean. */
export interface PosedBreaks {
  readonly problem: BreakProblem;
  /** Units; node `i` of the problem is `members[i]`; further nodes are no units. */
  readonly members: Int32Array;
  readonly relations: RelationNeeds;
  /** One cell an item. */
  readonly itemKind: readonly ItemKind[];
  /** One cell an item: the relation, or the member that is built in full later; -1: nothing. */
  readonly itemOf: Int32Array;
  /** One cell a group. */
  readonly groups: readonly PosedGroup[];
}

/** A build profile set for a member; or a member's halves built apart. */
export interface PosedGroup {
  readonly strategy: 'profile' | 'arch-all-apart';
  readonly member: number;
  readonly profile?: string;
}

/**
 * Poses what may be given up inside a component as a feedback problem. Each relation of a member becomes an item for its
 * hard needs and one for the soft ones. A first build (`standIn`) always stands before its users; they wait for the full
 * one too, unless the price of building twice is paid.
 * @see relationNeeds for the cost and for the walker
 */
export function poseBreaks(
  graph: UnitGraph,
  members: Int32Array,
  rules: BreakRules,
  walker?: InstallSetWalker,
): PosedBreaks {
  const relations = relationNeeds(graph, members, walker);
  const poser = new Poser(graph, members, relations, rules);
  for (let relation = 0; relation < relations.unit.length; relation++) poser.addRelation(relation);
  if (rules.mayMerge) poser.addHalves();
  return poser.finish();
}

class Poser {
  readonly #graph: UnitGraph;
  readonly #members: Int32Array;
  readonly #relations: RelationNeeds;
  readonly #rules: BreakRules;
  readonly #owner: number[] = [];
  readonly #row: number[] = [];
  readonly #cost: number[] = [];
  readonly #kind: ItemKind[] = [];
  readonly #of: number[] = [];
  readonly #groups: { readonly group: PosedGroup; readonly items: number[]; readonly cost: number }[] = [];
  readonly #groupOf = new Map<string, number[]>();
  /** Rows beyond those of the relations. */
  readonly #rows: Int32Array[] = [];
  /** Nodes that are no units, by the member that is built in full. */
  readonly #fullFirst = new Map<number, number>();

  constructor(graph: UnitGraph, members: Int32Array, relations: RelationNeeds, rules: BreakRules) {
    this.#graph = graph;
    this.#members = members;
    this.#relations = relations;
    this.#rules = rules;
  }

  addRelation(relation: number): void {
    const { unit, hardRow, stoodRow, softRow } = this.#relations;
    const owner = at(unit, relation);
    const items: number[] = [];
    if (this.#leadsOn(at(hardRow, relation), owner))
      items.push(this.#add(owner, at(hardRow, relation), Infinity, 'hard', relation));
    items.push(...this.#addStood(relation, row(this.#relations.rows, at(stoodRow, relation))));
    if (this.#leadsOn(at(softRow, relation), owner))
      items.push(this.#add(owner, at(softRow, relation), this.#existingCost(relation), 'existing', relation));
    if (this.#rules.mayUseProfiles && items.length > 0) this.#addProfiles(relation, items);
  }

  /** The halves of a source that are two units may be one build, unless the price of building them apart is paid. */
  addHalves(): void {
    const halves = new Map<string, { any?: number; all?: number }>();
    this.#members.forEach((_, member) => {
      const { source, target, stage } = this.#unit(member);
      if (stage !== '' || target.kind === 'binary') return;
      const key = `${source.layer ?? ''}/${source.buildType ?? ''}/${source.name}/${target.arch}`;
      const known = halves.get(key) ?? {};
      known[target.kind] = member;
      halves.set(key, known);
    });
    for (const { any, all } of halves.values()) {
      if (any === undefined || all === undefined) continue;
      this.#tie(any, all);
      this.#tie(all, any);
    }
  }

  finish(): PosedBreaks {
    const groups = this.#groups.filter(({ items, cost }) => items.length > 0 && cost < Infinity);
    return {
      problem: {
        size: this.#members.length + this.#fullFirst.size,
        owner: Int32Array.from(this.#owner),
        row: Int32Array.from(this.#row),
        targets: append(this.#relations.rows, this.#rows),
        cost: Float64Array.from(this.#cost),
        groups: append(
          { offset: new Int32Array(1), target: new Int32Array() },
          groups.map(({ items }) => items),
        ),
        groupCost: Float64Array.from(groups, ({ cost }) => cost),
      },
      members: this.#members,
      relations: this.#relations,
      itemKind: this.#kind,
      itemOf: Int32Array.from(this.#of),
      groups: groups.map(({ group }) => group),
    };
  }

  #add(owner: number, cells: number, cost: number, kind: ItemKind, of: number): number {
    this.#owner.push(owner);
    this.#row.push(cells);
    this.#cost.push(cost);
    this.#of.push(of);
    return this.#kind.push(kind) - 1;
  }

  #addRow(cells: readonly number[]): number {
    return this.#relations.rows.offset.length - 1 + this.#rows.push(Int32Array.from(cells)) - 1;
  }

  #addStood(relation: number, stood: Int32Array): readonly number[] {
    if (stood.length === 0) return [];
    const owner = at(this.#relations.unit, relation);
    const { id, stage, full } = this.#unit(owner);
    const others = [...stood].filter((member) => member !== owner);
    const own = others.filter((member) => isStandIn(stage) && at(this.#members, member) === full);
    const rest = others.filter((member) => !own.includes(member));
    const items: number[] = [];
    if (own.length > 0) items.push(this.#add(owner, this.#addRow(own), Infinity, 'hard', relation));
    if (rest.length === 0) return items;
    // what a first build was made with does not outlast it
    const again = isStandIn(stage) ? 0 : this.#rules.costs.usual.rebuild;
    const cost = again * this.#reluctance(id, rest);
    const fullFirst = rest.map((member) => this.#fullFirstOf(member));
    items.push(
      this.#add(owner, this.#addRow(rest), cost, 'stood', relation),
      this.#add(owner, this.#addRow(fullFirst), Infinity, 'hard', relation),
    );
    return items;
  }

  /** The node that stands between a unit that has a first build and those that this one can serve. */
  #fullFirstOf(member: number): number {
    const known = this.#fullFirst.get(member);
    if (known !== undefined) return known;
    const node = this.#members.length + this.#fullFirst.size;
    this.#fullFirst.set(member, node);
    const unit = this.#unit(member);
    const stage = findStandIn(this.#graph.universe.units, unit.id)?.stage ?? '';
    const cost = strategyCost(this.#rules.costs, strategyOfStage(stage), unit.source.name, stage);
    this.#add(node, this.#addRow([member]), cost, 'full-first', member);
    return node;
  }

  #addProfiles(relation: number, items: readonly number[]): void {
    const place = at(this.#relations.place, relation);
    if (place === -1) return;
    const member = at(this.#relations.unit, relation);
    const unit = this.#unit(member);
    for (const profile of droppingProfiles(this.#graph.universe, unit.id, place)) {
      if (!isHarmless(unit, profile)) continue;
      const cost = strategyCost(this.#rules.costs, 'profile', unit.source.name, profile);
      this.#groupFor({ strategy: 'profile', member, profile }, cost).push(...items);
    }
  }

  /** Makes a half wait for what the other one needs. */
  #tie(member: number, other: number): void {
    const { unit, hardRow } = this.#relations;
    const cost = strategyCost(this.#rules.costs, 'arch-all-apart', this.#unit(member).source.name);
    const items = this.#groupFor({ strategy: 'arch-all-apart', member }, cost);
    for (let relation = 0; relation < unit.length; relation++) {
      if (unit[relation] !== other || !this.#leadsOn(at(hardRow, relation), member)) continue;
      items.push(this.#add(member, at(hardRow, relation), Infinity, 'hard', relation));
    }
  }

  #groupFor(group: PosedGroup, cost: number): number[] {
    const key = `${group.strategy} ${String(group.member)} ${group.profile ?? ''}`;
    let items = this.#groupOf.get(key);
    if (items === undefined) {
      items = [];
      this.#groupOf.set(key, items);
      this.#groups.push({ group, items, cost });
    }
    return items;
  }

  #existingCost(relation: number): number {
    const { unit, clause, softRow, staleRow, rows, isDirect } = this.#relations;
    const owner = this.#unit(at(unit, relation));
    const { alternatives } = this.#graph.universe.clauses;
    const own = at(clause, relation);
    const packages = own === -1 ? [] : at(alternatives, own).map((other) => other.package);
    const facts = {
      isDirect: isDirect[relation] === 1,
      isStale: this.#leadsOn(at(staleRow, relation), at(unit, relation)),
    };
    const cost = existingCost(this.#rules.costs, owner.source.name, packages, facts);
    return cost * this.#reluctance(owner.id, row(rows, at(softRow, relation)));
  }

  #reluctance(unit: number, members: Iterable<number>): number {
    const { reluctance } = this.#rules;
    if (reluctance === undefined) return 1;
    const own = at(this.#graph.universe.units, unit);
    let most = 0;
    for (const member of members)
      if (at(this.#members, member) !== unit) most = Math.max(most, reluctance(own, this.#unit(member)));
    return most;
  }

  #unit(member: number): Unit {
    return at(this.#graph.universe.units, at(this.#members, member));
  }

  /** Whether a row holds another member than the one given. */
  #leadsOn(cells: number, member: number): boolean {
    const targets = row(this.#relations.rows, cells);
    return targets.length > 1 || (targets.length === 1 && targets[0] !== member);
  }
}

/** A `Csr` with further rows at its end. */
function append({ offset, target }: Csr, rows: readonly ArrayLike<number>[]): Csr {
  const longer = new Int32Array(target.length + rows.reduce((sum, cells) => sum + cells.length, 0));
  longer.set(target);
  const offsets = [...offset];
  let end = target.length;
  for (const cells of rows) {
    longer.set(cells, end);
    end += cells.length;
    offsets.push(end);
  }
  return { offset: Int32Array.from(offsets), target: longer };
}
