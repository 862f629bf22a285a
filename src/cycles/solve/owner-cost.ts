import { at } from '../../base/column.ts';
import { row } from '../../base/csr.ts';
import type { Piece } from './piece.ts';

/** No more groups of one node are tried in all their combinations than that. */
export const MOST_GROUPS = 10;

/** The cheapest elements of one node that give up some of its items. */
export interface OwnerChoice {
  /** Infinity: nothing gives them all up. */
  readonly cost: number;
  readonly elements: readonly number[];
}

/** The elements of one node, and what each costs. */
export class OwnerCosts {
  readonly #piece: Piece;
  /** For each node its groups. */
  readonly #groups: readonly (readonly number[])[];
  /** For each item the element that is it alone; -1: it has none. */
  readonly #alone: Int32Array;

  constructor(piece: Piece) {
    this.#piece = piece;
    this.#alone = new Int32Array(piece.owner.length).fill(-1);
    const groups = Array.from({ length: piece.size }, (): number[] => []);
    piece.origin.forEach((origin, element) => {
      const first = at(piece.elementItems.target, at(piece.elementItems.offset, element));
      if (origin >= 0) this.#alone[first] = element;
      else at(groups, at(piece.owner, first)).push(element);
    });
    this.#groups = groups;
  }

  /** The largest number of groups of one node. */
  mostGroups(): number {
    return Math.max(0, ...this.#groups.map((groups) => groups.length));
  }

  /** One cell a node; 1: it has groups. */
  hasGroups(): Uint8Array {
    return Uint8Array.from(this.#groups, (groups) => Math.min(1, groups.length));
  }

  /** One cell an item: what giving it up alone costs; Infinity: it can't be. */
  itemCost(): Float64Array {
    return Float64Array.from(this.#alone, (element) =>
      element === -1 ? Infinity : at(this.#piece.cost, element),
    );
  }

  /** Tries all combinations of the groups. @param items of one node, to be given up */
  choose(node: number, items: readonly number[]): OwnerChoice {
    const groups = at(this.#groups, node);
    let best: OwnerChoice = { cost: Infinity, elements: [] };
    for (let choice = 0; choice < 1 << groups.length; choice++) {
      const taken = groups.filter((_, index) => (choice & (1 << index)) !== 0);
      const tried = this.#complete(taken, items, best.cost);
      if (tried.cost < best.cost) best = tried;
    }
    return best;
  }

  /** Gives up one by one what the groups leave. */
  #complete(groups: readonly number[], items: readonly number[], below: number): OwnerChoice {
    let cost = groups.reduce((sum, group) => sum + at(this.#piece.cost, group), 0);
    const elements = [...groups];
    for (const item of items) {
      if (cost >= below) break;
      if (groups.some((group) => row(this.#piece.elementItems, group).includes(item))) continue;
      const alone = at(this.#alone, item);
      if (alone === -1) return { cost: Infinity, elements: [] };
      cost += at(this.#piece.cost, alone);
      elements.push(alone);
    }
    return { cost, elements };
  }
}
