import { int32At } from '../../base/cells.ts';
import { rowCount, transpose } from '../../base/csr.ts';
import type { Components, Scope } from '../../graph/strongly-connected.ts';
import type { Piece } from './piece.ts';

/**
 * An order of the nodes of a piece in which every item that is kept has what it waits for before its owner, but for some
 * that were put back since: only through those a cycle can go.
 */
export class KeptOrder {
  readonly #piece: Piece;
  /** One cell an item; 0: it is given up. */
  readonly #isKept: Uint8Array;
  readonly #order: Int32Array;
  /** Place of each node in `#order`. */
  readonly #place: Int32Array;
  /** The items that may break the order, each once. */
  #suspects: number[] = [];
  /** One cell a row: the last place of its nodes, and the version of the order of which it was that. */
  readonly #last: Int32Array;
  readonly #lastKnown: Int32Array;
  #version = 1;
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
    this.#last = new Int32Array(rowCount(rows));
    this.#lastKnown = new Int32Array(rowCount(rows));
    this.#isSuspect = new Uint8Array(owner.length);
    for (let item = 0; item < owner.length; item++) this.suspect(item);
  }

  /** Is told that an item is kept again. */
  suspect(item: number): void {
    if (this.#isSuspect[item] === 1) return;
    this.#isSuspect[item] = 1;
    this.#suspects.push(item);
  }

  /**
   * Where a cycle may be: between an owner of an item that breaks the order and what it waits for.
   * @param nodeCount of the graph that the scope is one of; nodes that are none of the piece are everywhere
   * @returns undefined: all that is kept obeys the order, so there is no cycle
   */
  findScope(nodeCount: number): Scope | undefined {
    const breaking = this.#findBreaking();
    if (breaking.length === 0) return undefined;
    const { size } = this.#piece;
    // by place, how far what breaks the order there leads
    const last = new Int32Array(size);
    for (const item of breaking) {
      const place = int32At(this.#place, int32At(this.#piece.owner, item));
      last[place] = Math.max(int32At(last, place), this.#lastPlace(item));
    }
    const isHidden = new Uint8Array(nodeCount);
    const roots: number[] = [];
    for (let place = 0, end = -1; place < size; place++) {
      const node = int32At(this.#order, place);
      if (last[place] !== 0) roots.push(node);
      end = Math.max(end, int32At(last, place));
      if (place > end) isHidden[node] = 1;
    }
    return { roots: Int32Array.from(roots), isHidden };
  }

  /** The owners of the items that break the order, ascending: each cycle goes through one of them. */
  findBreaks(): Int32Array {
    const { owner } = this.#piece;
    return Int32Array.from(new Set(this.#findBreaking().map((item) => int32At(owner, item)))).sort();
  }

  /**
   * Sorts a scope anew: what its roots lead to by component, those of one component as they stood, before what they don't.
   * @param of the component of each node, so numbered that none of a lower one waits for one of a higher
   */
  sort(of: Components, { isHidden }: Scope): void {
    this.#version++;
    const { size } = this.#piece;
    const next = new Int32Array(of.count + 1);
    for (let place = 0; place < size;) {
      const from = place;
      while (place < size && isHidden[int32At(this.#order, place)] === 0) place++;
      if (place > from) this.#sortPlaces(from, place, of.of, next);
      else place++;
    }
  }

  /** @param next room: one cell a component, and one; cleared here */
  #sortPlaces(from: number, to: number, of: Int32Array, next: Int32Array): void {
    next.fill(0);
    const before = this.#order.slice(from, to);
    for (const node of before)
      if (of[node] !== -1) {
        const after = int32At(of, node) + 1;
        next[after] = int32At(next, after) + 1;
      }
    next[0] = from;
    for (let component = 1; component < next.length; component++)
      next[component] = int32At(next, component) + int32At(next, component - 1);
    let rest = int32At(next, next.length - 1);
    for (const node of before) {
      const component = int32At(of, node);
      const place = component === -1 ? rest++ : int32At(next, component);
      if (component !== -1) next[component] = place + 1;
      this.#order[place] = node;
      this.#place[node] = place;
    }
  }

  /** The suspects that break the order; others are suspects no more. */
  #findBreaking(): readonly number[] {
    const breaking = this.#suspects.filter((item) => this.#isBroken(item));
    for (const item of this.#suspects) this.#isSuspect[item] = 0;
    for (const item of breaking) this.#isSuspect[item] = 1;
    this.#suspects = breaking;
    return breaking;
  }

  /** Whether an item is kept and waits for a node after its owner. */
  #isBroken(item: number): boolean {
    if (this.#isKept[item] === 0) return false;
    return this.#lastPlace(item) > int32At(this.#place, int32At(this.#piece.owner, item));
  }

  /** The last place of what an item waits for. */
  #lastPlace(item: number): number {
    const { row, rows } = this.#piece;
    const index = int32At(row, item);
    if (this.#lastKnown[index] === this.#version) return int32At(this.#last, index);
    const to = int32At(rows.offset, index + 1);
    let last = -1;
    for (let cell = int32At(rows.offset, index); cell < to; cell++) {
      const place = int32At(this.#place, int32At(rows.target, cell));
      if (place > last) last = place;
    }
    this.#lastKnown[index] = this.#version;
    this.#last[index] = last;
    return last;
  }
}
