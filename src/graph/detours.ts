import { int32At } from '../base/cells.ts';
import { buildCsr, EdgeList, edgesFrom, edgesTo, row, type Csr } from '../base/csr.ts';

/** Words of 32 bits a row of the table, so 4,096 columns at a time. */
const WORDS = 128;
const COLUMNS = WORDS * 32;

/**
 * The edges of an acyclic graph without those that a longer way makes needless.
 *
 * A table tells what each node leads to, so many columns at a time. Only what may be the end of a detour has a column, and only
 * nodes that others lead to have a row, which leaves a quarter of a quarter of the table.
 * @param needs no node twice in a row, what comes latest in the order first
 * @param order all nodes, needs first
 * @returns each row ascending. O(edges × columns / 32)
 */
export function edgesWithoutDetour(needs: Csr, order: Int32Array): Csr {
  const ends = endsOfDetours(needs, order);
  const finder = new DetourFinder(needs, order);
  // from the last nodes to the first: an edge that is known to be needless adds nothing to the tables that follow
  for (let last = ends.length; last > 0; last -= COLUMNS)
    finder.findAll(ends.subarray(Math.max(0, last - COLUMNS), last));
  const edges = new EdgeList();
  for (let node = 0; node < order.length; node++) {
    const kept = row(needs, node).filter(
      (_, index) => finder.isNeedless[edgesFrom(needs, node) + index] === 0,
    );
    for (const need of kept.sort()) edges.push(node, need);
  }
  return buildCsr(order.length, edges);
}

/** What others of a row may lead to: all but the first of the row. @returns in the order */
function endsOfDetours(needs: Csr, order: Int32Array): Int32Array {
  const isEnd = new Uint8Array(order.length);
  for (let node = 0; node < order.length; node++)
    for (let edge = edgesFrom(needs, node) + 1; edge < edgesTo(needs, node); edge++)
      isEnd[int32At(needs.target, edge)] = 1;
  return order.filter((node) => isEnd[node] === 1);
}

/** Looks for detours, a table at a time. */
class DetourFinder {
  readonly #needs: Csr;
  readonly #order: Int32Array;
  /** Of each node the first cell of its row; -1: none, nobody asks what it leads to. */
  readonly #cellOf: Int32Array;
  /** Which of the columns of a node's row are what it leads to. */
  readonly #table: Int32Array;
  /** Of each node its column in the present table, or -1. */
  readonly #columnOf: Int32Array;
  /** One cell an edge: 1 where a longer way to an end was found. */
  readonly isNeedless: Uint8Array;

  constructor(needs: Csr, order: Int32Array) {
    this.#needs = needs;
    this.#order = order;
    this.#cellOf = new Int32Array(order.length).fill(-1);
    for (const need of needs.target) this.#cellOf[need] = 0;
    let cells = 0;
    for (const node of order) {
      // a node of many needs gets a row, or each would be held against each
      if (this.#cellOf[node] === -1 && row(needs, node).length <= WORDS) continue;
      this.#cellOf[node] = cells;
      cells += WORDS;
    }
    this.#table = new Int32Array(cells);
    this.#columnOf = new Int32Array(order.length).fill(-1);
    this.isNeedless = new Uint8Array(needs.target.length);
  }

  /** @param ends at most `COLUMNS`, in the order */
  findAll(ends: Int32Array): void {
    this.#table.fill(0);
    for (const [column, node] of ends.entries()) this.#columnOf[node] = column;
    const start = this.#order.indexOf(int32At(ends, 0));
    for (let place = start; place < this.#order.length; place++) {
      const node = int32At(this.#order, place);
      const cell = int32At(this.#cellOf, node);
      if (cell >= 0) this.#gather(node, cell);
      this.#judge(node, cell);
      if (cell >= 0) this.#enter(node, cell);
    }
    for (const node of ends) this.#columnOf[node] = -1;
  }

  /** All that the needs of a node lead to. */
  #gather(node: number, cell: number): void {
    const table = this.#table;
    const { target } = this.#needs;
    const end = edgesTo(this.#needs, node);
    for (let edge = edgesFrom(this.#needs, node); edge < end; edge++) {
      if (this.isNeedless[edge] === 1) continue;
      const from = int32At(this.#cellOf, int32At(target, edge));
      for (let word = 0; word < WORDS; word++)
        table[cell + word] = int32At(table, cell + word) | int32At(table, from + word);
    }
  }

  #judge(node: number, cell: number): void {
    const end = edgesTo(this.#needs, node);
    for (let edge = edgesFrom(this.#needs, node); edge < end; edge++) {
      const column = int32At(this.#columnOf, int32At(this.#needs.target, edge));
      if (column >= 0 && (cell >= 0 ? this.#has(cell, column) : this.#isLedTo(node, column)))
        this.isNeedless[edge] = 1;
    }
  }

  /** The needs of the node themselves, only now: they are no detours. */
  #enter(node: number, cell: number): void {
    const end = edgesTo(this.#needs, node);
    for (let edge = edgesFrom(this.#needs, node); edge < end; edge++) {
      const column = int32At(this.#columnOf, int32At(this.#needs.target, edge));
      const word = cell + (column >>> 5);
      if (column >= 0) this.#table[word] = int32At(this.#table, word) | (1 << (column & 31));
    }
  }

  #isLedTo(node: number, column: number): boolean {
    const end = edgesTo(this.#needs, node);
    for (let edge = edgesFrom(this.#needs, node); edge < end; edge++)
      if (this.#has(int32At(this.#cellOf, int32At(this.#needs.target, edge)), column)) return true;
    return false;
  }

  #has(cell: number, column: number): boolean {
    return ((int32At(this.#table, cell + (column >>> 5)) >>> (column & 31)) & 1) === 1;
  }
}
