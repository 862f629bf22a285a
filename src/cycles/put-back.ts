import { int32At } from '../base/cells.ts';

/** Beyond this the relation between the nodes of a component, as bits, takes too much memory (n² / 8 bytes). */
const MOST_NODES = 30_000;

/** Edges between the nodes of a component, those of one node together; one cell an edge. */
export interface InnerEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 0: cut; what is kept has no cycle. */
  readonly isKept: Uint8Array;
}

/**
 * Puts back the cut edges of a component that make no cycle, in order, until none is left that could be: those to nodes
 * that don't lead to where the edge starts. A component of more than 30,000 nodes stays as it is.
 * @param edges `isKept` is changed
 * @param place of each node in an order that the kept edges obey: what they lead to comes before where they start.
 * O(nodes² / 32) for each node with a cut edge, but only nodes between the ends of its cut edges count
 */
export function putBack({ from, to, isKept }: InnerEdges, place: Int32Array): void {
  const size = place.length;
  if (size > MOST_NODES) return;
  const waiting = new BitMatrix(place);
  for (let edge = 0; edge < isKept.length; edge++)
    if (isKept[edge] === 1) waiting.set(int32At(to, edge), int32At(from, edge));
  for (let first = 0, end = 0; first < isKept.length; first = end) {
    const owner = int32At(from, first);
    for (end = first; end < isKept.length && from[end] === owner; end++)
      if (isKept[end] === 0) waiting.want(int32At(to, end));
    waiting.reachFrom(owner);
    let isSame = true;
    for (let edge = first; edge < end; edge++) {
      // edges from the owner don't change what leads to it
      if (isKept[edge] === 1 || waiting.isReached(int32At(to, edge))) continue;
      isKept[edge] = 1;
      waiting.set(int32At(to, edge), owner);
      isSame = false;
    }
    if (!isSame) waiting.moveReached(owner);
  }
}

/** A relation between nodes: row by row, a bit for each node; and an order in which it leads only to later ones. */
class BitMatrix {
  readonly #words: number;
  readonly #bits: Uint32Array;
  readonly #place: Int32Array;
  readonly #order: Int32Array;
  /** What the next search is made for, and the last place of it. */
  readonly #wanted: Uint32Array;
  #wantedCount = 0;
  #last = -1;
  /** What the last search met. */
  readonly #reached: Uint32Array;
  readonly #queue: Int32Array;

  constructor(place: Int32Array) {
    this.#words = (place.length + 31) >> 5;
    this.#bits = new Uint32Array(place.length * this.#words);
    this.#place = place.slice();
    this.#order = new Int32Array(place.length);
    for (let node = 0; node < place.length; node++) this.#order[int32At(place, node)] = node;
    this.#wanted = new Uint32Array(this.#words);
    this.#reached = new Uint32Array(this.#words);
    this.#queue = new Int32Array(place.length);
  }

  set(row: number, node: number): void {
    const cell = row * this.#words + (node >> 5);
    this.#bits[cell] = (this.#bits[cell] ?? 0) | (1 << (node & 31));
  }

  isReached(node: number): boolean {
    return (((this.#reached[node >> 5] ?? 0) >>> (node & 31)) & 1) === 1;
  }

  /** Makes the next search one for this node too. */
  want(node: number): void {
    if (this.#wantedCount === 0) this.#last = -1;
    this.#last = Math.max(this.#last, int32At(this.#place, node));
    const bit = 1 << (node & 31);
    const known = this.#wanted[node >> 5] ?? 0;
    if ((known & bit) !== 0) return;
    this.#wanted[node >> 5] = known | bit;
    this.#wantedCount++;
  }

  /** Meets the node and what a chain of rows leads to, until all that is wanted is met or nothing else can be. */
  reachFrom(start: number): void {
    const reached = this.#reached.fill(0);
    reached[start >> 5] = 1 << (start & 31);
    const queue = this.#queue;
    queue[0] = start;
    let end = 1;
    for (let next = 0; next < end && this.#wantedCount > 0; next++) {
      const node = int32At(queue, next);
      if (int32At(this.#place, node) >= this.#last) continue;
      const row = node * this.#words;
      for (let word = 0; word < this.#words; word++) {
        let fresh = (this.#bits[row + word] ?? 0) & ~(reached[word] ?? 0);
        if (fresh === 0) continue;
        reached[word] = (reached[word] ?? 0) | fresh;
        for (let hit = fresh & (this.#wanted[word] ?? 0); hit !== 0; hit &= hit - 1) this.#wantedCount--;
        for (; fresh !== 0; fresh &= fresh - 1) queue[end++] = (word << 5) + 31 - Math.clz32(fresh & -fresh);
      }
    }
    this.#wanted.fill(0);
    this.#wantedCount = 0;
  }

  /** Moves what the last search met behind all that was wanted; it had not met all of that. */
  moveReached(start: number): void {
    const order = this.#order;
    let next = int32At(this.#place, start);
    let moved = 0;
    for (let place = next; place <= this.#last; place++) {
      const node = int32At(order, place);
      if (this.isReached(node)) this.#queue[moved++] = node;
      else order[next++] = node;
    }
    order.set(this.#queue.subarray(0, moved), next);
    for (let place = int32At(this.#place, start); place <= this.#last; place++)
      this.#place[int32At(order, place)] = place;
  }
}
