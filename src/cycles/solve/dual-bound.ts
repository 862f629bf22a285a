import { float64At, int32At } from '../../base/cells.ts';
import { rowCount, type Csr } from '../../base/csr.ts';

/** Cells that the steps may read together. */
const WORK = 8_000_000;
/** At least so many steps are made, and at most. */
const LEAST_STEPS = 100;
const MOST_STEPS = 2500;
/** Steps without a better bound after which shorter ones are tried. */
const PATIENCE = 20;
const FIRST_SCALE = 0.25;
const LEAST_SCALE = 0.002;
/** Which part of the last step's way goes into the next one: subgradients alone swing to and fro. */
const MOMENTUM = 0.8;
/** In between, steps read only the cycles that had a price or were not hit: a third of them, as a rule. */
const STEPS_BETWEEN_ALL = 10;

/** What every set that hits the cycles costs at least. */
export interface DualBound {
  readonly bound: number;
  /**
   * One cell a cycle: what hitting it is worth, so that no element hits more than it costs. The sum over the cycles inside
   * any part of the nodes bounds what this part costs.
   */
  readonly price: Float64Array;
}

/**
 * Bounds the cost of a hitting set from below, by subgradient steps on the Lagrangian dual.
 * @param cycles rows of elements; row 0 is none
 * @param upper the cost of the best set known
 * @param enough a bound beyond which none is needed
 * @param first one cell a cycle: prices to begin with
 * @returns a bound near that of the linear relaxation
 * @see Beasley 1990, A Lagrangian heuristic for set-covering problems; Camerini, Fratta & Maffioli 1975, On improving
 * relaxation methods by modified gradient techniques
 */
export function dualBound(
  cost: Float64Array,
  cycles: Csr,
  upper: number,
  enough: number,
  first?: Float64Array,
): DualBound {
  return new DualSearch(cost, cycles, first).run(upper, enough);
}

class DualSearch {
  readonly #cost: Float64Array;
  readonly #cycles: Csr;
  /** One cell a cycle. */
  readonly #price: Float64Array;
  /** One cell an element: its cost less the prices of the cycles that it hits. */
  readonly #slack: Float64Array;
  /** One cell a cycle: the way of its last step. */
  readonly #way: Float64Array;
  /** The cycles that steps read; the others have no price. */
  readonly #active: Int32Array;
  #activeCount = 0;
  /** Cells read. */
  #work = 0;

  constructor(cost: Float64Array, cycles: Csr, first: Float64Array = new Float64Array(rowCount(cycles))) {
    this.#cost = cost;
    this.#cycles = cycles;
    this.#price = first.slice();
    this.#slack = cost.slice();
    this.#way = new Float64Array(rowCount(cycles));
    this.#active = new Int32Array(rowCount(cycles));
  }

  run(upper: number, enough: number): DualBound {
    this.#reprice();
    this.#change(false);
    this.#change(true);
    let best = sum(this.#price);
    const bestPrice = this.#price.slice();
    let scale = FIRST_SCALE;
    let stale = 0;
    for (let step = 0; step < MOST_STEPS && scale > LEAST_SCALE && best <= enough; step++) {
      if (step >= LEAST_STEPS && this.#work > WORK) break;
      if (step % STEPS_BETWEEN_ALL === 0) this.#activate();
      const value = this.#value();
      if (value > best + 1e-9 * upper) {
        best = value;
        bestPrice.set(this.#price);
        stale = 0;
      } else if (++stale === PATIENCE) {
        stale = 0;
        scale /= 2;
        this.#price.set(bestPrice);
        this.#reprice();
      }
      this.#step(scale * (1.05 * upper - value));
    }
    this.#price.set(bestPrice);
    this.#reprice();
    this.#change(false);
    this.#change(true);
    return { bound: Math.max(best, sum(this.#price)), price: this.#price };
  }

  /** The bound that the present prices give. */
  #value(): number {
    let value = sum(this.#price);
    for (let element = 0; element < this.#slack.length; element++)
      value += Math.min(0, float64At(this.#slack, element));
    return value;
  }

  /** Lists the cycles that have a price or that no element of negative slack hits. */
  #activate(): void {
    this.#activeCount = 0;
    for (let cycle = 1; cycle < this.#price.length; cycle++) {
      if (this.#price[cycle] === 0 && this.#isHit(cycle)) this.#way[cycle] = 0;
      else this.#active[this.#activeCount++] = cycle;
    }
  }

  /** Whether an element of negative slack hits a cycle. */
  #isHit(cycle: number): boolean {
    const { offset, target } = this.#cycles;
    const from = int32At(offset, cycle);
    const to = int32At(offset, cycle + 1);
    let place = from;
    while (place < to && float64At(this.#slack, int32At(target, place)) >= 0) place++;
    this.#work += place - from;
    return place < to;
  }

  /** 1 less the elements of negative slack that hit a cycle: the subgradient. */
  #open(cycle: number): number {
    const { offset, target } = this.#cycles;
    const to = int32At(offset, cycle + 1);
    this.#work += to - int32At(offset, cycle);
    let open = 1;
    for (let place = int32At(offset, cycle); place < to; place++)
      if (float64At(this.#slack, int32At(target, place)) < 0) open--;
    return open;
  }

  /** Moves prices along the subgradient and their last way: up where a cycle is not hit, down where it is more than once. */
  #step(length: number): void {
    let norm = 0;
    for (let index = 0; index < this.#activeCount; index++) {
      const cycle = int32At(this.#active, index);
      const open = this.#open(cycle);
      const isIdle = open < 0 && this.#price[cycle] === 0;
      const way = isIdle ? 0 : Math.max(-100, open) + MOMENTUM * float64At(this.#way, cycle);
      this.#way[cycle] = way;
      norm += way * way;
    }
    const size = norm === 0 ? 0 : length / norm;
    for (let index = 0; index < this.#activeCount; index++) {
      const cycle = int32At(this.#active, index);
      const way = float64At(this.#way, cycle);
      if (way !== 0) this.#price[cycle] = Math.max(0, float64At(this.#price, cycle) + size * way);
    }
    this.#reprice();
  }

  #reprice(): void {
    this.#slack.set(this.#cost);
    for (let cycle = 1; cycle < this.#price.length; cycle++) {
      const price = float64At(this.#price, cycle);
      if (price !== 0) this.#take(cycle, price);
    }
  }

  /** Raises each price as far as the slack of its elements lets it; or lowers prices until no slack is negative. */
  #change(isUp: boolean): void {
    const { offset, target } = this.#cycles;
    for (let cycle = 1; cycle < this.#price.length; cycle++) {
      let least = Infinity;
      for (let place = int32At(offset, cycle); place < int32At(offset, cycle + 1); place++)
        least = Math.min(least, float64At(this.#slack, int32At(target, place)));
      const price = float64At(this.#price, cycle);
      const added = isUp ? Math.max(0, least) : Math.max(-price, Math.min(0, least));
      if (added === 0) continue;
      this.#price[cycle] = price + added;
      this.#take(cycle, added);
    }
  }

  #take(cycle: number, price: number): void {
    const { offset, target } = this.#cycles;
    const to = int32At(offset, cycle + 1);
    for (let place = int32At(offset, cycle); place < to; place++) {
      const element = int32At(target, place);
      this.#slack[element] = float64At(this.#slack, element) - price;
    }
  }
}

function sum(cells: Float64Array): number {
  let total = 0;
  for (let index = 0; index < cells.length; index++) total += float64At(cells, index);
  return total;
}
