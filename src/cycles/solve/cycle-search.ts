import { int32At } from '../../base/cells.ts';
import { rowCount, transpose, type Csr } from '../../base/csr.ts';
import type { Piece } from './piece.ts';
import { ownItems } from './wait-graph.ts';

/** The nodes met from one side, in the order met. */
interface Side {
  /** The round in which each node was met last. */
  readonly seen: Int32Array;
  /** The round in which each row was followed last, by items that can be given up; and by those that can't. */
  readonly seenRow: readonly [Int32Array, Int32Array];
  /** For each node met: the item that leads from it or to it, and where to or from. */
  readonly via: Int32Array;
  readonly next: Int32Array;
  readonly queue: Int32Array;
  /** The last level begins here in `queue`, and ends there. */
  head: number;
  tail: number;
}

/** Breadth-first searches for cycles of the items that are kept, from both sides of a node at once. */
export class CycleSearch {
  /** How many cells all searches have looked at. */
  scanned = 0;
  readonly #piece: Piece;
  readonly #isKept: Uint8Array;
  readonly #isForced: Uint8Array;
  readonly #hasForced: boolean;
  /** Row `node`, or `size` + row: the rows that it is a part of. */
  readonly #holders: Csr;
  /** Row `row`: the items that wait for it. */
  readonly #itemsOf: Csr;
  /** What is waited for, and what waits. */
  readonly #ahead: Side;
  readonly #behind: Side;
  /** Rows to be entered. */
  readonly #rowStack: Int32Array;
  #round = 0;
  /** Where the sides met: an item, its owner, and the node that it waits for; -1: nowhere. */
  #item = -1;
  #owner = -1;
  #target = -1;

  /**
   * @param isKept one cell an item; 0: it is given up; may change between searches
   * @param isForced 1: the item can't be given up; it does not count as part of a cycle's length
   */
  constructor(piece: Piece, isKept: Uint8Array, isForced: Uint8Array) {
    const { size, row, parts } = piece;
    const count = rowCount(parts);
    this.#piece = piece;
    this.#isKept = isKept;
    this.#isForced = isForced;
    this.#hasForced = isForced.includes(1);
    this.#holders = transpose(parts, size + count);
    this.#itemsOf = ownItems(count, row);
    this.#ahead = makeSide(size, count);
    this.#behind = makeSide(size, count);
    this.#rowStack = new Int32Array(count);
  }

  /**
   * A cycle through a node with as few items as can be that could be given up.
   * @param of the component of each node; the search stays in that of `start`, which holds another node
   * @returns its items, each leading to the owner of the one before
   */
  through(start: number, of: Int32Array): readonly number[] {
    this.#round++;
    for (const side of [this.#ahead, this.#behind]) {
      side.seen[start] = this.#round;
      side.queue[0] = start;
      side.head = 0;
      side.tail = 1;
    }
    if (this.#hasForced && (this.#expandAhead(1, start, of) || this.#expandBehind(1, of)))
      return this.#trace(start);
    for (;;) {
      const ahead = this.#ahead.tail - this.#ahead.head;
      const behind = this.#behind.tail - this.#behind.head;
      if (ahead === 0 || behind === 0) throw new Error('BUG: a node of a component lies on no cycle');
      const isMet = ahead <= behind ? this.#expandAhead(0, start, of) : this.#expandBehind(0, of);
      if (isMet) return this.#trace(start);
      if (!this.#hasForced) continue;
      if (ahead <= behind ? this.#expandAhead(1, start, of) : this.#expandBehind(1, of))
        return this.#trace(start);
    }
  }

  /**
   * Follows the kept items of the last level: those that can't be given up inside the level, the others to a new one.
   * @returns whether the sides met
   */
  #expandAhead(isForced: 0 | 1, start: number, of: Int32Array): boolean {
    const { ownItems: own, row: rowOf } = this.#piece;
    const { queue, head } = this.#ahead;
    const end = this.#ahead.tail;
    for (let place = head; place < (isForced === 1 ? this.#ahead.tail : end); place++) {
      const node = int32At(queue, place);
      // the start's own rows may lead back to it from elsewhere
      const mark = node === start ? -this.#round : this.#round;
      for (let item = int32At(own.offset, node); item < int32At(own.offset, node + 1); item++) {
        if (this.#isKept[item] === 0 || this.#isForced[item] !== isForced) continue;
        if (this.#enterRow(item, node, int32At(rowOf, item), mark, of)) return true;
      }
    }
    if (isForced === 0) this.#ahead.head = end;
    return false;
  }

  /** Goes where an item of a node leads. @param mark of the rows that are not entered again. @returns whether the sides met */
  #enterRow(item: number, node: number, first: number, mark: number, of: Int32Array): boolean {
    const { size, parts } = this.#piece;
    const { seen, seenRow, via, next, queue } = this.#ahead;
    const behind = this.#behind.seen;
    const round = this.#round;
    const part = of[node];
    const rows = this.#rowStack;
    if (seenRow[0][first] === mark || seenRow[0][first] === round) return false;
    seenRow[0][first] = mark;
    rows[0] = first;
    for (let open = 1; open > 0;) {
      const index = int32At(rows, --open);
      const to = int32At(parts.offset, index + 1);
      this.scanned += to - int32At(parts.offset, index);
      for (let cell = int32At(parts.offset, index); cell < to; cell++) {
        const target = int32At(parts.target, cell);
        if (target >= size) {
          const inner = target - size;
          if (seenRow[0][inner] === mark || seenRow[0][inner] === round) continue;
          seenRow[0][inner] = mark;
          rows[open++] = inner;
        } else {
          if (of[target] !== part || target === node) continue;
          if (behind[target] === round) return this.#meet(item, node, target);
          if (seen[target] === round) continue;
          seen[target] = round;
          via[target] = item;
          next[target] = node;
          queue[this.#ahead.tail++] = target;
        }
      }
    }
    return false;
  }

  /** The same for what waits. */
  #expandBehind(isForced: 0 | 1, of: Int32Array): boolean {
    const { queue, head } = this.#behind;
    const seenRow = this.#behind.seenRow[isForced];
    const end = this.#behind.tail;
    const holders = this.#holders;
    const rows = this.#rowStack;
    for (let place = head; place < (isForced === 1 ? this.#behind.tail : end); place++) {
      const node = int32At(queue, place);
      for (let holder = node, open = 0; ;) {
        const to = int32At(holders.offset, holder + 1);
        this.scanned += to - int32At(holders.offset, holder);
        for (let cell = int32At(holders.offset, holder); cell < to; cell++) {
          const index = int32At(holders.target, cell);
          // a row of its own means nothing for its owner, but others may lead there
          if (seenRow[index] === this.#round) continue;
          seenRow[index] = this.#round;
          if (this.#enterOwners(node, index, isForced, of)) return true;
          rows[open++] = index;
        }
        if (open === 0) break;
        holder = this.#piece.size + int32At(rows, --open);
      }
    }
    if (isForced === 0) this.#behind.head = end;
    return false;
  }

  /** Goes to the owners of the items of a row that holds a node. @returns whether the sides met */
  #enterOwners(node: number, index: number, isForced: 0 | 1, of: Int32Array): boolean {
    const { owner } = this.#piece;
    const { seen, via, next, queue } = this.#behind;
    const ahead = this.#ahead.seen;
    const round = this.#round;
    const part = of[node];
    const { offset, target } = this.#itemsOf;
    const to = int32At(offset, index + 1);
    this.scanned += to - int32At(offset, index);
    for (let place = int32At(offset, index); place < to; place++) {
      const item = int32At(target, place);
      const from = int32At(owner, item);
      if (of[from] !== part || from === node) continue;
      if (this.#isKept[item] === 0 || this.#isForced[item] !== isForced) continue;
      if (ahead[from] === round) return this.#meet(item, from, node);
      if (seen[from] === round) continue;
      seen[from] = round;
      via[from] = item;
      next[from] = node;
      queue[this.#behind.tail++] = from;
    }
    return false;
  }

  #meet(item: number, owner: number, target: number): boolean {
    this.#item = item;
    this.#owner = owner;
    this.#target = target;
    return true;
  }

  #trace(start: number): readonly number[] {
    const behind: number[] = [];
    for (let node = this.#target; node !== start; node = int32At(this.#behind.next, node))
      behind.push(int32At(this.#behind.via, node));
    const items = [...behind.reverse(), this.#item];
    for (let node = this.#owner; node !== start; node = int32At(this.#ahead.next, node))
      items.push(int32At(this.#ahead.via, node));
    return items;
  }
}

function makeSide(size: number, rows: number): Side {
  return {
    seen: new Int32Array(size),
    seenRow: [new Int32Array(rows), new Int32Array(rows)],
    via: new Int32Array(size),
    next: new Int32Array(size),
    queue: new Int32Array(size),
    head: 0,
    tail: 0,
  };
}
