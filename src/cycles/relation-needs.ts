import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { builtBy, standInFor, type UnitGraph } from '../graph/unit-graph.ts';
import { clauseWalker, type InstallSetWalker } from '../resolve/install-set-walker.ts';
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
  /**
   * Row of the members of which the same holds, but for a first build of theirs, in `hardRow`, that stands in until they
   * are built.
   */
  readonly stoodRow: Int32Array;
  /** Row of the other members that it leads to; later layers never count. */
  readonly softRow: Int32Array;
  /** 1: what it names is itself built by a member; else only run-time dependencies behind it are. */
  readonly isDirect: Uint8Array;
  /** Row of the members of `softRow` in whose place another version exists than the plan builds. */
  readonly staleRow: Int32Array;
  /** Indices into `members`, ascending; no two rows are the same; row 0 is empty. A row may hold the unit itself. */
  readonly rows: Csr;
}

/**
 * Splits the edges between the members by relation. All relations of a unit together lead to exactly the members that it
 * needs in `graph.needs` without those that only a later layer gives, and their hard rows to those with a `HARD` edge.
 * @param members units, each once. O(distinct clauses × install set): a clause is walked once for all units that have it
 * @param walker of the graph's universe, to be shared by its components: it holds columns of all clauses and nodes
 */
export function relationNeeds(
  graph: UnitGraph,
  members: Int32Array,
  walker: InstallSetWalker = clauseWalkerOf(graph),
): RelationNeeds {
  const { unitClauses, unitContext } = graph.universe;
  const rows = new ClauseRows(graph, members, walker);
  const cells: Record<keyof Omit<RelationNeeds, 'rows'>, number[]> = {
    unit: [],
    place: [],
    clause: [],
    hardRow: [],
    stoodRow: [],
    softRow: [],
    isDirect: [],
    staleRow: [],
  };
  const add = (unit: number, place: number, clause: number, found: RowsOf): void => {
    const { hard, stood, soft } = found;
    if (![hard, stood, soft].some((row) => rows.leadsOn(row, unit))) return;
    cells.unit.push(unit);
    cells.place.push(place);
    cells.clause.push(clause);
    cells.hardRow.push(hard);
    cells.stoodRow.push(stood);
    cells.softRow.push(soft);
    cells.isDirect.push(Number(found.isDirect));
    cells.staleRow.push(found.stale);
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
    stoodRow: Int32Array.from(cells.stoodRow),
    softRow: Int32Array.from(cells.softRow),
    isDirect: Uint8Array.from(cells.isDirect),
    staleRow: Int32Array.from(cells.staleRow),
    rows: rows.store.toCsr(),
  };
}

/** What walks single relations of a graph. */
export function clauseWalkerOf({ universe, installability, chosen }: UnitGraph): InstallSetWalker {
  return clauseWalker(universe, installability, chosen);
}

interface RowsOf {
  readonly hard: number;
  readonly stood: number;
  readonly soft: number;
  readonly isDirect: boolean;
  readonly stale: number;
}

/** The rows of each clause and of what every chroot of a context holds, each walked when it is first asked for. */
class ClauseRows {
  readonly store = new RowStore();
  readonly #graph: UnitGraph;
  readonly #walker: InstallSetWalker;
  readonly #ofClause = new Map<number, RowsOf>();
  readonly #ofContext = new Map<number, RowsOf>();
  /** 1 + the index of each unit among the members; 0: it is none. */
  readonly #member: Int32Array;
  /** Last round in which a member was met. */
  readonly #met: Int32Array;
  #round = 0;
  /** The members met since this was cleared that build something that doesn't exist in that version. */
  readonly #stale: number[] = [];

  constructor(graph: UnitGraph, members: Int32Array, walker: InstallSetWalker) {
    this.#graph = graph;
    this.#walker = walker;
    this.#member = new Int32Array(graph.universe.units.length);
    members.forEach((unit, index) => {
      this.#member[unit] = index + 1;
    });
    this.#met = new Int32Array(members.length);
  }

  ofClause(clause: number): RowsOf {
    const known = this.#ofClause.get(clause);
    if (known !== undefined) return known;
    this.#round++;
    const isDirect = this.#graph.depth === 'direct';
    const count = this.#walker.walkUnit(clause, true);
    const hard = this.#collect(count, isDirect, true);
    const stood = this.#collect(count, isDirect);
    this.#stale.length = 0;
    const soft = this.#collect(this.#walker.walkUnit(clause), isDirect);
    const rows = { hard, stood, soft, isDirect: this.#isBuilt(clause), stale: this.#internStale() };
    this.#ofClause.set(clause, rows);
    return rows;
  }

  ofContext(context: number): RowsOf {
    const known = this.#ofContext.get(context);
    if (known !== undefined) return known;
    this.#round++;
    const hardCount = this.#walker.walkImplicit(context, true);
    const hard = this.#collect(hardCount, false, true);
    const stood = this.#collect(hardCount, false);
    const count = this.#graph.waitsForImplicit ? this.#walker.walkImplicit(context) : 0;
    this.#stale.length = 0;
    const soft = this.#collect(count, this.#graph.depth === 'direct');
    const rows = { hard, stood, soft, isDirect: false, stale: this.#internStale() };
    this.#ofContext.set(context, rows);
    return rows;
  }

  /** Whether a row holds another member than the one given. */
  leadsOn(row: number, unit: number): boolean {
    const length = this.store.length(row);
    return length > 1 || (length === 1 && this.store.first(row) !== unit);
  }

  /**
   * The row of the members that build what the last walk chose and that this round has not met.
   * @param isHard take what stands in for a unit in its place; else beside it
   */
  #collect(count: number, isDirect: boolean, isHard = false): number {
    const { universe, installability } = this.#graph;
    const found: number[] = [];
    for (let index = 0; index < count; index++) {
      const clause = at(this.#walker.clauses, index);
      if (isDirect && this.#walker.parent[clause] !== -1) break;
      const node = at(this.#walker.chosen, clause);
      if (node < 0 || universe.nodes.later[node] === 1) continue;
      const unit = builtBy(universe, installability, node);
      if (unit < 0) continue;
      const standIn = standInFor(universe, installability, node);
      if (standIn !== -1) this.#meet(standIn, found);
      if ((standIn === -1 || !isHard) && this.#meet(unit, found)) {
        if (universe.nodes.exists[node] === 0) this.#stale.push(at(this.#member, unit) - 1);
      }
    }
    return this.store.intern(Int32Array.from(found).sort());
  }

  #internStale(): number {
    return this.store.intern(Int32Array.from(this.#stale).sort());
  }

  /** @returns whether the unit is a member that this round had not met */
  #meet(unit: number, found: number[]): boolean {
    const member = at(this.#member, unit) - 1;
    if (member < 0 || this.#met[member] === this.#round) return false;
    this.#met[member] = this.#round;
    found.push(member);
    return true;
  }

  /** Whether what the clause itself takes is built by a member. */
  #isBuilt(clause: number): boolean {
    const { universe, installability, chosen } = this.#graph;
    const node = at(chosen, clause);
    const unit = node < 0 ? -1 : builtBy(universe, installability, node);
    return unit >= 0 && this.#member[unit] !== 0;
  }
}
