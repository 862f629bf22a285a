import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { groupCells, row, rowCount, transpose, type Csr } from '../../base/csr.ts';
import { stronglyConnected } from '../../graph/strongly-connected.ts';
import type { BreakProblem } from '../break-problem.ts';
import { makeWaitGraph } from './wait-graph.ts';

/** Items and groups given up, each ascending. */
export interface GivenUp {
  readonly items: readonly number[];
  readonly groups: readonly number[];
}

/** Cells that looking for what need not be given up may read, some seconds; what is not looked at by then stays given up. */
const MOST_READ = 1_000_000_000;

/**
 * Takes back, the dearest first, what need not be given up, so that putting back any one of the rest makes a cycle; in problems
 * of hundreds of thousands of items only as far as that is quick.
 * @param given leaves no cycle
 * @returns the rest, and the place of each node in an order that it leaves: what an item waits for before its owner
 */
export function dropNeedless(
  problem: BreakProblem,
  given: GivenUp,
): GivenUp & { readonly place: Int32Array } {
  const kept = new KeptItems(problem, given);
  // groups as negative numbers
  const all = [...given.items, ...given.groups.map((group) => -1 - group)];
  const costOf = (each: number): number =>
    each >= 0 ? at(problem.cost, each) : at(problem.groupCost, -1 - each);
  const needed = all
    .sort((a, b) => costOf(b) - costOf(a) || Number(b >= 0) - Number(a >= 0) || Math.abs(a) - Math.abs(b))
    .filter((each) => !kept.putBack(each >= 0 ? [each] : [...row(problem.groups, -1 - each)]));
  return {
    items: needed.filter((each) => each >= 0).sort((a, b) => a - b),
    groups: needed
      .filter((each) => each < 0)
      .map((each) => -1 - each)
      .sort((a, b) => a - b),
    place: kept.place,
  };
}

class KeptItems {
  /** Place of each node in an order that the kept items leave. */
  place: Int32Array;
  readonly #problem: BreakProblem;
  readonly #graph: Csr;
  readonly #isKept: Uint8Array;
  readonly #edgeOf: Int32Array;
  /** How many given-up things hold each item. */
  readonly #takers: Int32Array;
  /** 1: an item that was given up, whose owner some node that it waits for waits for by an item that is kept. */
  readonly #isInPair: Uint8Array;
  readonly #seen: Int32Array;
  #round = 0;
  /** Cells read. */
  #read = 0;

  constructor(problem: BreakProblem, given: GivenUp) {
    const { graph, itemOfEdge } = makeWaitGraph(problem.size, problem.owner, problem.row, problem.targets);
    this.#problem = problem;
    this.#graph = graph;
    this.#edgeOf = new Int32Array(itemOfEdge.length);
    itemOfEdge.forEach((item, edge) => {
      this.#edgeOf[item] = edge;
    });
    this.#takers = new Int32Array(problem.owner.length);
    for (const item of given.items) this.#takers[item] = at(this.#takers, item) + 1;
    for (const group of given.groups)
      for (const item of row(problem.groups, group)) this.#takers[item] = at(this.#takers, item) + 1;
    this.#isKept = new Uint8Array(graph.target.length).fill(1);
    itemOfEdge.forEach((item, edge) => {
      if (this.#takers[item] !== 0) this.#isKept[edge] = 0;
    });
    this.#isInPair = new Uint8Array(problem.owner.length);
    this.#findPairs();
    this.#seen = new Int32Array(graph.offset.length - 1);
    this.place = this.#findOrder();
  }

  /** Puts back what holds these items of one owner, unless a cycle comes of it. @returns whether it did */
  putBack(items: readonly number[]): boolean {
    const freed = items.filter((item) => this.#takers[item] === 1);
    if (this.#closesCycle(freed)) return false;
    for (const item of items) this.#takers[item] = int32At(this.#takers, item) - 1;
    for (const item of freed) this.#isKept[at(this.#edgeOf, item)] = 1;
    if (freed.length > 0) this.place = this.#findOrder();
    return true;
  }

  /** Finds the cycles of two that single items would close. */
  #findPairs(): void {
    const { size, owner, row: rowOf, targets } = this.#problem;
    const itemsOfRow = groupCells(rowOf, rowCount(targets));
    const rowsOf = transpose(targets, size);
    const ownItems = groupCells(owner, size);
    const waits = new Int32Array(size).fill(-1);
    for (let node = 0; node < size; node++) {
      const given = row(ownItems, node).filter((item) => this.#takers[item] !== 0);
      if (given.length === 0) continue;
      for (const index of row(rowsOf, node))
        for (const item of row(itemsOfRow, index))
          if (this.#takers[item] === 0) waits[int32At(owner, item)] = node;
      waits[node] = -1;
      for (const item of given)
        this.#isInPair[item] = Number(
          row(targets, int32At(rowOf, item)).some((each) => waits[each] === node),
        );
    }
  }

  /** Whether a node that these items wait for waits for their owner; only nodes that stand after it can. */
  #closesCycle(items: readonly number[]): boolean {
    const { size, owner, row: rowOf, targets } = this.#problem;
    const [first] = items;
    if (first === undefined) return false;
    // what is kept stays kept, so this was found once for all
    if (this.#read > MOST_READ || items.some((item) => this.#isInPair[item] === 1)) return true;
    const goal = at(owner, first);
    const goalPlace = int32At(this.place, goal);
    this.#round++;
    // nearest first: where much waits for much, most cycles are short
    const queue: number[] = [];
    const meet = (node: number): void => {
      if (this.#seen[node] === this.#round) return;
      this.#seen[node] = this.#round;
      if (node >= size || int32At(this.place, node) > goalPlace) queue.push(node);
    };
    // the owner in a row of its own means nothing
    for (const item of items) for (const node of row(targets, at(rowOf, item))) if (node !== goal) meet(node);
    for (const node of queue) {
      for (
        let edge = int32At(this.#graph.offset, node);
        edge < int32At(this.#graph.offset, node + 1);
        edge++
      ) {
        this.#read++;
        if (this.#isKept[edge] === 0) continue;
        const next = int32At(this.#graph.target, edge);
        if (next === goal) return true;
        meet(next);
      }
    }
    return false;
  }

  /** The order in which the kept items let the nodes stand: by component, each of one node. */
  #findOrder(): Int32Array {
    const { size } = this.#problem;
    this.#read += this.#graph.target.length;
    const { of } = stronglyConnected(this.#graph, this.#isKept);
    const order = Int32Array.from({ length: size }, (_, node) => node);
    order.sort((a, b) => int32At(of, a) - int32At(of, b));
    const place = new Int32Array(size);
    for (let index = 0; index < size; index++) {
      const node = int32At(order, index);
      if (index > 0 && of[node] === of[int32At(order, index - 1)]) throw new Error('BUG: a cycle is left');
      place[node] = index;
    }
    return place;
  }
}
