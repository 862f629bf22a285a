import { at } from '../../base/column.ts';
import type { Random } from '../../base/random.ts';
import { Cover } from './cover.ts';
import { CycleFinder } from './cycle-finder.ts';
import { findPairs } from './find-pairs.ts';
import type { PieceHints } from './piece-hints.ts';
import { MOST_NODES_IN_A_MASK, type Piece } from './piece.ts';

/** No more cycles of two nodes are listed beforehand than that. */
const MOST_PAIRS = 200_000;

/** A better set has to be better by this part of its cost, but only for so many steps: it spares looking for cycles. */
const STRIDE = 0.003;
const STRIDE_PATIENCE = 1000;
/** What is better by less is a rounding error. */
const LESS = 1 - 1e-9;

/**
 * Looks for a cheap set of elements whose giving up leaves no cycle, as an implicit hitting set: cycles are only found where
 * a set that hits all known ones still leaves some.
 * @see Gao, Weise & Li 2014, An efficient local search heuristic with row weighting for the unicost set covering problem;
 * Baharev, Schichl, Neumaier & Achterberg 2021, An exact method for the minimum feedback arc set problem
 */
export class CoverSearch {
  readonly cover: Cover;
  /** One cell a cycle of `cover.cycles`: its nodes as bits; 0 where the piece is too large for that. */
  readonly nodeMasks: number[] = [0];
  /** The items of each cycle of `cover.cycles`, in the order in which they lead to each other. */
  readonly cycleItems: (readonly number[])[] = [[]];
  /** What hints say that each cycle is worth; 0: nothing. */
  readonly prices: number[] = [0];
  /** The cheapest set found that leaves no cycle, ascending. */
  best: Int32Array = new Int32Array();
  bestCost = Infinity;
  readonly #piece: Piece;
  readonly #finder: CycleFinder;
  readonly #random: Random;
  /** Sets that cost as much are not looked at. */
  #goal = Infinity;
  /** Chosen last; not dropped at once. */
  #latest = -1;

  /** Finds a first set: known cycles are closed greedily until no other is left. */
  constructor(piece: Piece, random: Random, hints?: PieceHints) {
    this.#piece = piece;
    this.#finder = new CycleFinder(piece);
    this.cover = new Cover(piece.cost, this.#finder);
    this.#random = random;
    if (hints === undefined) {
      findPairs(piece, MOST_PAIRS, (item, back) => {
        const items = [item, back];
        this.#add(this.#finder.elementsOf(items), items);
      });
      this.cover.closeGreedily();
      this.cover.dropNeedless();
    } else {
      hints.cycles.forEach((items, cycle) => {
        this.#add(this.#finder.elementsOf(items), items, hints.price[cycle]);
      });
      // what no known cycle needs may be needed all the same
      for (const element of hints.elements) this.cover.choose(element);
      this.cover.closeGreedily();
    }
    while (this.#findCycles()) {
      this.cover.closeGreedily();
      this.cover.dropNeedless();
    }
    this.#keep();
  }

  /** Improves the best set until so many steps in a row found no better one. */
  improve(patience: number): void {
    let left = patience;
    this.#goal = this.bestCost * LESS;
    while (this.best.length > 0 && left > 0) {
      if (patience - --left > STRIDE_PATIENCE) this.#goal = this.bestCost * LESS;
      if (this.cover.open.length > 0) this.#swap();
      else if (this.cover.chosenCost >= this.#goal) this.cover.drop(this.cover.leastNeeded(-1, this.#random));
      else if (!this.#findCycles()) {
        this.#keep();
        this.#goal = this.bestCost * (1 - STRIDE);
        left = patience;
      }
    }
  }

  /** Drops one element and closes open cycles for as long as that stays below the best cost. */
  #swap(): void {
    const { cover } = this;
    const dropped = cover.leastNeeded(this.#latest, this.#random);
    if (dropped !== -1) cover.drop(dropped);
    while (cover.open.length > 0) {
      const cycle = at(cover.open, Math.floor(this.#random() * cover.open.length));
      const element = cover.mostUseful(cycle, dropped);
      if (cover.chosenCost + at(cover.cost, element) >= this.#goal) break;
      cover.choose(element);
      this.#latest = element;
    }
    cover.raiseOpen();
  }

  #findCycles(): boolean {
    const isCyclic = this.#finder.findCycles(this.#random, (elements, items) => {
      this.#add(elements, items);
    });
    if (isCyclic && this.cover.open.length === 0) throw new Error('BUG: a cycle was not found');
    return isCyclic;
  }

  #add(elements: Int32Array, items: readonly number[], price = 0): void {
    if (!this.cover.addCycle(elements)) return;
    this.cycleItems.push(items);
    this.prices.push(price);
    let mask = 0;
    if (this.#piece.size <= MOST_NODES_IN_A_MASK)
      for (const item of items) mask |= 1 << at(this.#piece.owner, item);
    this.nodeMasks.push(mask);
  }

  #keep(): void {
    this.best = Int32Array.from(this.cover.chosen).sort();
    this.bestCost = this.best.reduce((sum, element) => sum + at(this.cover.cost, element), 0);
    this.cover.chosenCost = this.bestCost;
  }
}
