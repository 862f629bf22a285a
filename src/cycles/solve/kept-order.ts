import { int32At } from '../../base/cells.ts';
import { transpose } from '../../base/csr.ts';
import type { Piece } from './piece.ts';

/**
 * An order of the nodes of a piece in which every item that is kept has what it waits for before its owner, but for some
 * that were put back since: only through those a cycle can go.
 */
export class KeptOrder {
  readonly #piece: Piece;
  /** One cell an item; 0: it is given up. */
  readonly #isKept: Uint8Array;
  #order: Int32Array;
  /** Place of each node in `#order`. */
  readonly #place: Int32Array;
  /** The items that may break the order, each once. */
  #suspects: number[] = [];
  /** One cell an item. */
  readonly #isSuspect: Uint8Array;

  /** Begins with an order in which what many items wait for stands before what few do. */
  constructor(piece: Piece, isKept: Uint8Array) {
    const { size, owner, rows } = piece;
    this.#piece = piece;
    this.#isKept = isKept;
    const { offset } = transpose(rows, size);
    const waitedFor = (node: number): number => int32At(offset, node + 1) - int32At(offset, node);
    this.#order = Int32Array.from({ length: size }, (_, node) => node);
    this.#order.sort((a, b) => waitedFor(b) - waitedFor(a) || a - b);
    this.#place = new Int32Array(size);
    this.#order.forEach((node, place) => {
      this.#place[node] = place;
    });
    this.#isSuspect = new Uint8Array(owner.length);
    for (let item = 0; item < owner.length; item++) this.suspect(item);
  }

  /** Is told that an item is kept again. */
  suspect(item: number): void {
    if (this.#isSuspect[item] === 1) return;
    this.#isSuspect[item] = 1;
    this.#suspects.push(item);
  }

  /** Whether all that is kept obeys the order, so that there is no cycle. */
  isObeyed(): boolean {
    return !this.#suspects.some((item) => this.#isBroken(item));
  }

  /** The owners of the items that break the order, ascending: each cycle goes through one of them. */
  findBreaks(): Int32Array {
    const { owner } = this.#piece;
    const breaking = this.#suspects.filter((item) => this.#isBroken(item));
    for (const item of this.#suspects) this.#isSuspect[item] = 0;
    for (const item of breaking) this.#isSuspect[item] = 1;
    this.#suspects = breaking;
    return Int32Array.from(new Set(breaking.map((item) => int32At(owner, item)))).sort();
  }

  /**
   * Sorts the nodes anew, those of one component as they stood.
   * @param of the component of each node, so numbered that none of a lower one waits for one of a higher
   */
  sort(of: Int32Array): void {
    const { size } = this.#piece;
    // by component, the next place of its nodes: rows have components too
    const next = new Int32Array(of.length + 1);
    for (let node = 0; node < size; node++) {
      const after = int32At(of, node) + 1;
      next[after] = int32At(next, after) + 1;
    }
    for (let component = 1; component < next.length; component++)
      next[component] = int32At(next, component) + int32At(next, component - 1);
    const order = new Int32Array(size);
    for (let index = 0; index < size; index++) {
      const node = int32At(this.#order, index);
      const place = int32At(next, int32At(of, node));
      next[int32At(of, node)] = place + 1;
      order[place] = node;
      this.#place[node] = place;
    }
    this.#order = order;
  }

  /** Whether an item is kept and waits for a node after its owner. */
  #isBroken(item: number): boolean {
    if (this.#isKept[item] === 0) return false;
    const { owner, row, rows } = this.#piece;
    const index = int32At(row, item);
    const own = int32At(this.#place, int32At(owner, item));
    const to = int32At(rows.offset, index + 1);
    for (let cell = int32At(rows.offset, index); cell < to; cell++)
      if (int32At(this.#place, int32At(rows.target, cell)) > own) return true;
    return false;
  }
}
