import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { builtBy, type UnitGraph } from '../graph/unit-graph.ts';
import { InstallSetWalker } from '../resolve/install-set-walker.ts';
import { RowStore } from './row-store.ts';

/**
 * Which build dependency of which member of a component leads to which other members: the edges between them, told apart
 * by the relation that makes them. One cell a relation, in the order of the members, then of their fields; relations that
 * lead to no other member are left out.
 */
export interface RelationNeeds {
  /** The unit that waits, as its index in `members`. */
  readonly unit: Int32Array;
  /** Place of the build dependency in the unit's row of `unitClauses`; -1: all that every chroot holds, the last of a unit. */
  readonly place: Int32Array;
  /** The clause of that place; -1: all that every chroot holds. */
  readonly clause: Int32Array;
  /** Row of the members that the relation leads to by a hard walk: no existing binary serves on the way. */
  readonly hardRow: Int32Array;
  /** Row of the other members that it leads to; later layers never count. */
  readonly softRow: Int32Array;
  /** Indices into `members`, ascending; no two rows are the same; row 0 is empty. A row may hold the unit itself. */
  readonly rows: Csr;
}

/**
 * Splits the edges between the members by relation. All relations of a unit together lead to exactly the members that it
 * needs in `graph.needs` without those that only a later layer gives, and their hard rows to those with a `HARD` edge.
 * @param members units, each once. O(distinct clauses × install set): a clause is walked once for all units that have it
 */
export function relationNeeds(graph: UnitGraph, members: Int32Array): RelationNeeds {
  const { unitClauses, unitContext } = graph.universe;
  const rows = new ClauseRows(graph, members);
  const cells: Record<'unit' | 'place' | 'clause' | 'hardRow' | 'softRow', number[]> = {
    unit: [],
    place: [],
    clause: [],
    hardRow: [],
    softRow: [],
  };
  const add = (unit: number, place: number, clause: number, { hard, soft }: RowPair): void => {
    if (!rows.leadsOn(hard, unit) && !rows.leadsOn(soft, unit)) return;
    cells.unit.push(unit);
    cells.place.push(place);
    cells.clause.push(clause);
    cells.hardRow.push(hard);
    cells.softRow.push(soft);
  };
  members.forEach((id, unit) => {
    const start = edgesFrom(unitClauses, id);
    for (let edge = start; edge < edgesTo(unitClauses, id); edge++) {
      const clause = at(unitClauses.target, edge);
      add(unit, edge - start, clause, rows.ofClause(clause));
    }
    add(unit, -1, -1, rows.ofContext(at(unitContext, id)));
  });
  return {
    unit: Int32Array.from(cells.unit),
    place: Int32Array.from(cells.place),
    clause: Int32Array.from(cells.clause),
    hardRow: Int32Array.from(cells.hardRow),
    softRow: Int32Array.from(cells.softRow),
    rows: rows.store.toCsr(),
  };
}

interface RowPair {
  readonly hard: number;
  readonly soft: number;
}

/** The rows of each clause and of what every chroot of a context holds, each walked when it is first asked for. */
class ClauseRows {
  readonly store = new RowStore();
  readonly #graph: UnitGraph;
  readonly #walker: InstallSetWalker;
  readonly #ofClause = new Map<number, RowPair>();
  readonly #ofContext = new Map<number, RowPair>();
  /** 1 + the index of each unit among the members; 0: it is none. */
  readonly #member: Int32Array;
  /** Last round in which a member was met. */
  readonly #met: Int32Array;
  #round = 0;

  constructor(graph: UnitGraph, members: Int32Array) {
    const { universe, installability, chosen } = graph;
    this.#graph = graph;
    // each clause is a row of its own, so that it is walked alone
    const count = universe.clauses.alternatives.length;
    const target = Int32Array.from({ length: count + 1 }, (_, clause) => clause);
    const unitClauses = { offset: target, target: target.subarray(0, count) };
    this.#walker = new InstallSetWalker({ ...universe, unitClauses }, installability, chosen);
    this.#member = new Int32Array(universe.units.length);
    members.forEach((unit, index) => {
      this.#member[unit] = index + 1;
    });
    this.#met = new Int32Array(members.length);
  }

  ofClause(clause: number): RowPair {
    const known = this.#ofClause.get(clause);
    if (known !== undefined) return known;
    this.#round++;
    const isDirect = this.#graph.depth === 'direct';
    const hard = this.#collect(this.#walker.walkUnit(clause, true), isDirect);
    const pair = { hard, soft: this.#collect(this.#walker.walkUnit(clause), isDirect) };
    this.#ofClause.set(clause, pair);
    return pair;
  }

  ofContext(context: number): RowPair {
    const known = this.#ofContext.get(context);
    if (known !== undefined) return known;
    this.#round++;
    const hard = this.#collect(this.#walker.walkImplicit(context, true), false);
    const count = this.#graph.waitsForImplicit ? this.#walker.walkImplicit(context) : 0;
    const pair = { hard, soft: this.#collect(count, this.#graph.depth === 'direct') };
    this.#ofContext.set(context, pair);
    return pair;
  }

  /** Whether a row holds another member than the one given. */
  leadsOn(row: number, unit: number): boolean {
    const length = this.store.length(row);
    return length > 1 || (length === 1 && this.store.first(row) !== unit);
  }

  /** The row of the members that build what the last walk chose and that this round has not met. */
  #collect(count: number, isDirect: boolean): number {
    const { universe, installability } = this.#graph;
    const found: number[] = [];
    for (let index = 0; index < count; index++) {
      const clause = at(this.#walker.clauses, index);
      if (isDirect && this.#walker.parent[clause] !== -1) break;
      const node = at(this.#walker.chosen, clause);
      if (node < 0 || universe.nodes.later[node] === 1) continue;
      const unit = builtBy(universe, installability, node);
      const member = unit < 0 ? -1 : at(this.#member, unit) - 1;
      if (member < 0 || this.#met[member] === this.#round) continue;
      this.#met[member] = this.#round;
      found.push(member);
    }
    return this.store.intern(Int32Array.from(found).sort());
  }
}
