import { float64At, int32At, uint8At } from '../../base/cells.ts';
import { at } from '../../base/column.ts';
import { Heap } from '../../base/heap.ts';
import type { Random } from '../../base/random.ts';
import { RowStore } from '../row-store.ts';

/** Of more chosen elements than that only a sample is compared. */
const MOST_COMPARED = 400;
const SAMPLE = 100;

/** Is told what is given up and what no longer is. */
export interface ChoiceListener {
  giveUp(element: number): void;
  putBack(element: number): void;
}

/**
 * A choice of elements that should hit every known cycle, under change. Each cycle has a weight; an element's score is the
 * weight of the open cycles that it would hit, or, of a chosen one, minus the weight of those that it alone hits.
 */
export class Cover {
  readonly cost: Float64Array;
  /** The known cycles, each a row of elements; row 0 is none. */
  readonly cycles = new RowStore();
  /** The chosen elements, in no order. */
  readonly chosen: number[] = [];
  /** The cycles that no chosen element hits, in no order. */
  readonly open: number[] = [];
  /** The sum of the costs of the chosen elements. */
  chosenCost = 0;
  readonly #listener: ChoiceListener;
  readonly #isChosen: Uint8Array;
  readonly #score: Float64Array;
  readonly #perCost: Float64Array;
  /** When each element was chosen or dropped last. */
  readonly #changed: Float64Array;
  #clock = 0;
  /** Place of each element in `chosen`. */
  readonly #place: Int32Array;
  readonly #cyclesOf: readonly number[][];
  /** One cell a cycle, as the next two, and more to grow into. */
  #weight = new Int32Array(1024);
  /** How many chosen elements hit it. */
  #hits = new Int32Array(1024);
  /** Place in `open`. */
  #openPlace = new Int32Array(1024);
  /** How many cycles there are, with that which is none. */
  #count = 1;

  constructor(cost: Float64Array, listener: ChoiceListener) {
    this.cost = cost;
    this.#listener = listener;
    this.#isChosen = new Uint8Array(cost.length);
    this.#score = new Float64Array(cost.length);
    this.#perCost = cost.map((each) => 1 / each);
    this.#changed = new Float64Array(cost.length);
    this.#place = new Int32Array(cost.length);
    this.#cyclesOf = Array.from(cost, () => []);
  }

  /** Adds a cycle. @param elements ascending. @returns whether it is new */
  addCycle(elements: Int32Array): boolean {
    const cycle = this.cycles.intern(elements);
    if (cycle < this.#count) return false;
    this.#count = cycle + 1;
    if (cycle === this.#weight.length) this.#grow();
    this.#weight[cycle] = 1;
    let hits = 0;
    for (let place = 0; place < elements.length; place++) {
      const element = int32At(elements, place);
      this.#cyclesOf[element]?.push(cycle);
      hits += uint8At(this.#isChosen, element);
    }
    this.#hits[cycle] = hits;
    if (hits === 0) this.#reopen(cycle, -1);
    else if (hits === 1) this.#addToHit(cycle, -1, -1);
    return true;
  }

  choose(element: number): void {
    this.#turn(element, 1);
    this.#place[element] = this.chosen.push(element) - 1;
    this.chosenCost += float64At(this.cost, element);
    this.#listener.giveUp(element);
    for (const cycle of at(this.#cyclesOf, element)) {
      const hits = int32At(this.#hits, cycle);
      this.#hits[cycle] = hits + 1;
      if (hits === 0) this.#close(cycle, element);
      else if (hits === 1) this.#addToHit(cycle, element, int32At(this.#weight, cycle));
    }
  }

  drop(element: number): void {
    this.#turn(element, 0);
    const last = this.chosen.pop();
    if (last === undefined) throw new Error('BUG: nothing is chosen');
    if (last !== element) {
      const place = int32At(this.#place, element);
      this.chosen[place] = last;
      this.#place[last] = place;
    }
    this.chosenCost -= float64At(this.cost, element);
    this.#listener.putBack(element);
    for (const cycle of at(this.#cyclesOf, element)) {
      const hits = int32At(this.#hits, cycle) - 1;
      this.#hits[cycle] = hits;
      if (hits === 0) this.#reopen(cycle, element);
      else if (hits === 1) this.#addToHit(cycle, element, -int32At(this.#weight, cycle));
    }
  }

  /**
   * The chosen element whose dropping opens least weight for its cost; ties: unchanged for longest. Among many chosen ones,
   * the best of a sample. -1: none is chosen.
   * @see Cai 2015, Balance between complexity and quality: local search for minimum vertex cover in massive graphs
   */
  leastNeeded(except: number, random: Random): number {
    const { length } = this.chosen;
    const isSampled = length > MOST_COMPARED;
    let best = -1;
    for (let index = 0; index < (isSampled ? SAMPLE : length); index++) {
      const place = isSampled ? Math.floor(random() * length) : index;
      const element = this.chosen[place] ?? -1;
      if (element !== except && (best === -1 || this.#isBetter(element, best))) best = element;
    }
    return best;
  }

  /** The element of a cycle that hits most open weight for its cost; ties: unchanged for longest. @param except if there is another */
  mostUseful(cycle: number, except: number): number {
    const cells = this.cycles.cells();
    const to = this.cycles.to(cycle);
    let best = -1;
    for (let place = this.cycles.from(cycle); place < to; place++) {
      const element = int32At(cells, place);
      if (element !== except && (best === -1 || this.#isBetter(element, best))) best = element;
    }
    return best === -1 ? except : best;
  }

  /** Chooses elements until no known cycle is open, each time one that hits most for its cost. */
  closeGreedily(): void {
    const heap = new Heap<{ readonly element: number; readonly gain: number }>(
      (a, b) => b.gain - a.gain || a.element - b.element,
    );
    const seen = new Set<number>();
    for (const cycle of this.open) {
      const elements = this.cycles.cells().subarray(this.cycles.from(cycle), this.cycles.to(cycle));
      for (const element of elements) seen.add(element);
    }
    for (const element of seen) heap.push({ element, gain: this.#gain(element) });
    while (this.open.length > 0) {
      const top = heap.pop();
      if (top === undefined) throw new Error('BUG: nothing hits an open cycle');
      const gain = this.#gain(top.element);
      if (gain === top.gain) this.choose(top.element);
      else if (gain > 0) heap.push({ element: top.element, gain });
    }
  }

  /** Drops chosen elements that no known cycle needs, the dearest first, then those chosen last. */
  dropNeedless(): void {
    const byCost = [...this.chosen].sort(
      (a, b) =>
        float64At(this.cost, b) - float64At(this.cost, a) ||
        float64At(this.#changed, b) - float64At(this.#changed, a),
    );
    for (const element of byCost) if (this.#score[element] === 0) this.drop(element);
  }

  /** Makes what stays open weigh more. */
  raiseOpen(): void {
    for (const cycle of this.open) {
      this.#weight[cycle] = int32At(this.#weight, cycle) + 1;
      this.#addToAll(cycle, -1, 1);
    }
  }

  #grow(): void {
    const [weight, hits, openPlace] = [this.#weight, this.#hits, this.#openPlace];
    this.#weight = new Int32Array(2 * weight.length);
    this.#weight.set(weight);
    this.#hits = new Int32Array(2 * hits.length);
    this.#hits.set(hits);
    this.#openPlace = new Int32Array(2 * openPlace.length);
    this.#openPlace.set(openPlace);
  }

  #gain(element: number): number {
    return float64At(this.#score, element) * float64At(this.#perCost, element);
  }

  #isBetter(element: number, than: number): boolean {
    const difference = this.#gain(element) - this.#gain(than);
    if (difference !== 0) return difference > 0;
    return float64At(this.#changed, element) < float64At(this.#changed, than);
  }

  #turn(element: number, to: 0 | 1): void {
    this.#isChosen[element] = to;
    // never -0
    this.#score[element] = 0 - float64At(this.#score, element);
    this.#changed[element] = ++this.#clock;
  }

  /** An open cycle is hit by one element. */
  #close(cycle: number, element: number): void {
    const place = int32At(this.#openPlace, cycle);
    const last = this.open.pop();
    if (last === undefined) throw new Error('BUG: no cycle is open');
    if (last !== cycle) {
      this.open[place] = last;
      this.#openPlace[last] = place;
    }
    this.#addToAll(cycle, element, -int32At(this.#weight, cycle));
  }

  /** A cycle is hit by none any more; the score of the element that was the last is right already. */
  #reopen(cycle: number, element: number): void {
    this.#openPlace[cycle] = this.open.push(cycle) - 1;
    this.#addToAll(cycle, element, int32At(this.#weight, cycle));
  }

  #addToAll(cycle: number, except: number, weight: number): void {
    const cells = this.cycles.cells();
    const to = this.cycles.to(cycle);
    for (let place = this.cycles.from(cycle); place < to; place++) {
      const element = int32At(cells, place);
      if (element !== except) this.#score[element] = float64At(this.#score, element) + weight;
    }
  }

  /** Adds to the score of the only chosen element of a cycle but `except`. */
  #addToHit(cycle: number, except: number, weight: number): void {
    const cells = this.cycles.cells();
    for (let place = this.cycles.from(cycle); ; place++) {
      const element = int32At(cells, place);
      if (element === except || this.#isChosen[element] === 0) continue;
      this.#score[element] = float64At(this.#score, element) + weight;
      return;
    }
  }
}
