import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, rowCount, type Csr } from '../base/csr.ts';

/**
 * Puts back the cut edges that make no cycle, in the order given, until none is left that could be.
 * @param needs row `u`: what `u` waits for
 * @param isKept 0: cut; raised here. What is kept has no cycle
 * @param place a permutation in which everything kept stands after what it waits for; kept up to date
 * @see Pearce & Kelly 2006, A dynamic topological sort algorithm for directed acyclic graphs: only what stands between the
 * two ends of an edge is searched
 */
export function putBack(needs: Csr, isKept: Uint8Array, place: Int32Array, edges: Iterable<number>): void {
  const order = new DynamicOrder(needs, isKept, place);
  for (const edge of edges) order.tryEdge(edge);
}

class DynamicOrder {
  readonly #needs: Csr;
  readonly #isKept: Uint8Array;
  readonly #place: Int32Array;
  /** The node that each edge starts from. */
  readonly #from: Int32Array;
  /** Edges by the node that they lead to. */
  readonly #into: Csr;
  readonly #met: Int32Array;
  #round = 0;

  constructor(needs: Csr, isKept: Uint8Array, place: Int32Array) {
    this.#needs = needs;
    this.#isKept = isKept;
    this.#place = place;
    this.#from = new Int32Array(needs.target.length);
    for (let node = 0; node < rowCount(needs); node++)
      this.#from.fill(node, edgesFrom(needs, node), edgesTo(needs, node));
    this.#into = edgesByTarget(needs);
    this.#met = new Int32Array(rowCount(needs));
  }

  /** Keeps an edge if that makes no cycle. */
  tryEdge(edge: number): void {
    const from = at(this.#from, edge);
    const need = at(this.#needs.target, edge);
    const first = at(this.#place, from);
    const last = at(this.#place, need);
    if (last > first) {
      const before = this.#search(
        need,
        (node) => this.#neededBy(node),
        (place) => place >= first,
      );
      if (before.includes(from)) return;
      const after = this.#search(
        from,
        (node) => this.#needing(node),
        (place) => place <= last,
      );
      this.#reorder(before, after);
    }
    this.#isKept[edge] = 1;
  }

  /** What is reached from a node along kept edges without leaving a stretch of places, the node itself included. */
  #search(
    start: number,
    next: (node: number) => Iterable<number>,
    isInside: (place: number) => boolean,
  ): readonly number[] {
    const round = ++this.#round;
    const found = [start];
    this.#met[start] = round;
    for (const node of found) {
      for (const other of next(node)) {
        if (this.#met[other] === round || !isInside(at(this.#place, other))) continue;
        this.#met[other] = round;
        found.push(other);
      }
    }
    return found;
  }

  *#neededBy(node: number): Iterable<number> {
    for (let edge = edgesFrom(this.#needs, node); edge < edgesTo(this.#needs, node); edge++)
      if (this.#isKept[edge] === 1) yield at(this.#needs.target, edge);
  }

  *#needing(node: number): Iterable<number> {
    for (let cell = edgesFrom(this.#into, node); cell < edgesTo(this.#into, node); cell++) {
      const edge = at(this.#into.target, cell);
      if (this.#isKept[edge] === 1) yield at(this.#from, edge);
    }
  }

  /** Puts `before`, then `after`, into the places that they hold together; each keeps its own order. */
  #reorder(before: readonly number[], after: readonly number[]): void {
    const byPlace = (a: number, b: number): number => at(this.#place, a) - at(this.#place, b);
    const nodes = [...[...before].sort(byPlace), ...[...after].sort(byPlace)];
    const places = nodes.map((node) => at(this.#place, node)).sort((a, b) => a - b);
    nodes.forEach((node, index) => {
      this.#place[node] = at(places, index);
    });
  }
}

function edgesByTarget(needs: Csr): Csr {
  const nodeCount = rowCount(needs);
  const offset = new Int32Array(nodeCount + 1);
  for (const target of needs.target) offset[target + 1] = at(offset, target + 1) + 1;
  for (let node = 0; node < nodeCount; node++) offset[node + 1] = at(offset, node + 1) + at(offset, node);
  const cursor = offset.slice();
  const edges = new Int32Array(needs.target.length);
  needs.target.forEach((target, edge) => {
    edges[cursor[target] ?? 0] = edge;
    cursor[target] = at(cursor, target) + 1;
  });
  return { offset, target: edges };
}
