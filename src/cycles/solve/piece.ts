import { int32At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { buildCsr, EdgeList, row, transpose, type Csr } from '../../base/csr.ts';
import { stronglyConnected } from '../../graph/strongly-connected.ts';
import type { BreakProblem } from '../break-problem.ts';
import { RowStore } from '../row-store.ts';
import { rowParts } from './row-parts.ts';
import { makeWaitGraph, ownItems } from './wait-graph.ts';

/** Largest piece whose sets of nodes are kept as the bits of one number. */
export const MOST_NODES_IN_A_MASK = 30;

/**
 * A strongly connected part of a problem, on its own: a cycle of the problem lies in one piece. What can be given up, an item
 * or a group of items, is an *element*.
 */
export interface Piece {
  readonly size: number;
  /** One cell an item: its owner; ascending. */
  readonly owner: Int32Array;
  readonly row: Int32Array;
  /** Rows of nodes, each once. */
  readonly rows: Csr;
  /** The same rows by means of each other. @see rowParts */
  readonly parts: Csr;
  /** Row `node`: its items. */
  readonly ownItems: Csr;
  /** One cell an element; > 0, finite. */
  readonly cost: Float64Array;
  /** Row `element`: the items that are given up with it. */
  readonly elementItems: Csr;
  /** Row `item`: the elements that it is given up with; empty: it can't be. */
  readonly itemElements: Csr;
  /** One cell an element: the problem's item, or -1 - its group. */
  readonly origin: Int32Array;
  /** One cell an item: that of the problem. */
  readonly itemOrigin: Int32Array;
}

/** Which items hold whatever is given up. */
export function findForced(problem: BreakProblem): Uint8Array {
  const isForced = new Uint8Array(problem.cost.map((cost) => Number(cost === Infinity)));
  problem.groupCost.forEach((cost, group) => {
    if (cost < Infinity) for (const item of row(problem.groups, group)) isForced[item] = 0;
  });
  return isForced;
}

/** The nodes of each component with two or more that items which are kept tie together, ascending. */
export function findComponents(problem: BreakProblem, isKept: Uint8Array): readonly Int32Array[] {
  const { size, graph, itemOfEdge } = makeWaitGraph(
    problem.size,
    problem.owner,
    problem.row,
    problem.targets,
  );
  const isKeptEdge = new Uint8Array(graph.target.length).fill(1);
  itemOfEdge.forEach((item, edge) => {
    isKeptEdge[edge] = isKept[item] ?? 0;
  });
  const { of, count } = stronglyConnected(graph, isKeptEdge);
  const members = Array.from({ length: count }, (): number[] => []);
  for (let node = 0; node < size; node++) at(members, at(of, node)).push(node);
  return members.filter((nodes) => nodes.length > 1).map((nodes) => Int32Array.from(nodes));
}

/**
 * Splits a problem into pieces.
 * @param isKept 0: the item is given up from the start. O(items + rows × pieces that use them)
 */
export function splitProblem(problem: BreakProblem, isKept: Uint8Array): readonly Piece[] {
  const items = buildCsr(problem.size, itemList(problem, isKept));
  const groupsOf = transpose(problem.groups, problem.owner.length);
  const local = new Int32Array(problem.size).fill(-1);
  return findComponents(problem, isKept).map((nodes) => {
    nodes.forEach((node, index) => {
      local[node] = index;
    });
    const piece = makePiece(problem, nodes, items, groupsOf, local);
    for (const node of nodes) local[node] = -1;
    return piece;
  });
}

function itemList({ owner }: BreakProblem, isKept: Uint8Array): EdgeList {
  const list = new EdgeList();
  owner.forEach((node, item) => {
    if (isKept[item] === 1) list.push(node, item);
  });
  return list;
}

/** @param local the place of each node of the problem in `nodes`; -1: not there */
function makePiece(
  problem: BreakProblem,
  nodes: Int32Array,
  itemsOf: Csr,
  groupsOf: Csr,
  local: Int32Array,
): Piece {
  const rows = new RowStore();
  const known = new Map<number, number>();
  const localRow = (index: number): number => {
    let found = known.get(index);
    if (found === undefined) {
      found = rows.intern(placesIn(row(problem.targets, index), local));
      known.set(index, found);
    }
    return found;
  };
  const owner: number[] = [];
  const itemRow: number[] = [];
  const origin: number[] = [];
  nodes.forEach((node, index) => {
    for (const item of row(itemsOf, node)) {
      const found = localRow(at(problem.row, item));
      const length = rows.length(found);
      if (length === 0 || (length === 1 && rows.first(found) === index)) continue;
      owner.push(index);
      itemRow.push(found);
      origin.push(item);
    }
  });
  const owners = Int32Array.from(owner);
  const localRows = rows.toCsr();
  return {
    size: nodes.length,
    owner: owners,
    row: Int32Array.from(itemRow),
    rows: localRows,
    parts: rowParts(localRows, nodes.length),
    ownItems: ownItems(nodes.length, owners),
    ...makeElements(problem, origin, groupsOf),
    itemOrigin: Int32Array.from(origin),
  };
}

/** Where those of ascending nodes that are in a piece stand in it; ascending too. */
function placesIn(nodes: Int32Array, local: Int32Array): Int32Array {
  const places = new Int32Array(nodes.length);
  let count = 0;
  for (let index = 0; index < nodes.length; index++) {
    const place = int32At(local, int32At(nodes, index));
    if (place !== -1) places[count++] = place;
  }
  return places.subarray(0, count);
}

/** @param items the problem's item of each item of the piece */
function makeElements(
  problem: BreakProblem,
  items: readonly number[],
  groupsOf: Csr,
): Pick<Piece, 'cost' | 'elementItems' | 'itemElements' | 'origin'> {
  const cost: number[] = [];
  const origin: number[] = [];
  const list = new EdgeList();
  const elementOfGroup = new Map<number, number>();
  const alone = costsAlone(problem, items, groupsOf);
  items.forEach((item, index) => {
    if (at(problem.cost, item) < Infinity) {
      list.push(origin.push(item) - 1, index);
      cost.push(at(problem.cost, item));
    }
    for (const group of row(groupsOf, item)) {
      // its items one by one would do the same for less
      if (problem.groupCost[group] === Infinity || at(alone, group) < at(problem.groupCost, group)) continue;
      let element = elementOfGroup.get(group);
      if (element === undefined) {
        element = origin.push(-1 - group) - 1;
        cost.push(at(problem.groupCost, group));
        elementOfGroup.set(group, element);
      }
      list.push(element, index);
    }
  });
  const elementItems = buildCsr(cost.length, list);
  return {
    cost: Float64Array.from(cost),
    elementItems,
    itemElements: transpose(elementItems, items.length),
    origin: Int32Array.from(origin),
  };
}

/** What giving up the items of each group one by one costs; only the items that are listed count. */
function costsAlone(problem: BreakProblem, items: readonly number[], groupsOf: Csr): Float64Array {
  const alone = new Float64Array(problem.groupCost.length);
  for (const item of items)
    for (const group of row(groupsOf, item)) alone[group] = at(alone, group) + at(problem.cost, item);
  return alone;
}
