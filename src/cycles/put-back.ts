import { at } from '../base/column.ts';

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
 * @param edges `isKept` is changed. O(nodes² / 32) for each node with a cut edge
 */
export function putBack(size: number, { from, to, isKept }: InnerEdges): void {
  if (size > MOST_NODES) return;
  const waiting = new BitMatrix(size);
  isKept.forEach((kept, edge) => {
    if (kept === 1) waiting.set(at(to, edge), at(from, edge));
  });
  let owner = -1;
  isKept.forEach((kept, edge) => {
    if (kept === 1) return;
    if (at(from, edge) !== owner) {
      owner = at(from, edge);
      waiting.reachFrom(owner);
    }
    // edges from the owner don't change what leads to it
    if (waiting.isReached(at(to, edge))) return;
    isKept[edge] = 1;
    waiting.set(at(to, edge), owner);
  });
}

/** A relation between nodes: row by row, a bit for each node. */
class BitMatrix {
  readonly #size: number;
  readonly #words: number;
  readonly #bits: Uint32Array;
  /** What the last search met, and what of that it has followed. */
  readonly #reached: Uint32Array;
  readonly #queue: Int32Array;

  constructor(size: number) {
    this.#size = size;
    this.#words = (size + 31) >> 5;
    this.#bits = new Uint32Array(size * this.#words);
    this.#reached = new Uint32Array(this.#words);
    this.#queue = new Int32Array(size);
  }

  set(row: number, node: number): void {
    const cell = row * this.#words + (node >> 5);
    this.#bits[cell] = (this.#bits[cell] ?? 0) | (1 << (node & 31));
  }

  isReached(node: number): boolean {
    return (((this.#reached[node >> 5] ?? 0) >>> (node & 31)) & 1) === 1;
  }

  /** Meets the node, and all that a chain of rows leads to. */
  reachFrom(start: number): void {
    const reached = this.#reached.fill(0);
    reached[start >> 5] = 1 << (start & 31);
    const queue = this.#queue;
    queue[0] = start;
    let end = 1;
    for (let next = 0; next < end && end < this.#size; next++) {
      const row = (queue[next] ?? 0) * this.#words;
      for (let word = 0; word < this.#words; word++) {
        let fresh = (this.#bits[row + word] ?? 0) & ~(reached[word] ?? 0);
        if (fresh === 0) continue;
        reached[word] = (reached[word] ?? 0) | fresh;
        for (; fresh !== 0; fresh &= fresh - 1) queue[end++] = (word << 5) + 31 - Math.clz32(fresh & -fresh);
      }
    }
  }
}
