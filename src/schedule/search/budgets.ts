import { int32At } from '../../base/cells.ts';
import type { Random } from '../../base/random.ts';
import type { Project } from '../project.ts';

/** Steps of a repair before it is given up, for each task. */
const REPAIR_STEPS = 4;

/** Keeps account of what a vector of modes takes from the non-renewable budgets. */
export class Budgets {
  readonly #project: Project;
  readonly #width: number;
  readonly #used: Float64Array;

  constructor(project: Project) {
    this.#project = project;
    this.#width = project.budgets.length;
    this.#used = new Float64Array(this.#width);
  }

  /** Sums up a vector of modes. @returns by how much it overdraws the budgets, each as a part of its budget; 0 when it keeps them */
  count(modes: Int32Array): number {
    if (this.#width === 0) return 0;
    const { consumption } = this.#project;
    this.#used.fill(0);
    for (let task = 0; task < modes.length; task++) {
      const row = int32At(modes, task) * this.#width;
      for (let budget = 0; budget < this.#width; budget++)
        this.#used[budget] = (this.#used[budget] ?? 0) + int32At(consumption, row + budget);
    }
    return this.excess();
  }

  excess(): number {
    let excess = 0;
    for (let budget = 0; budget < this.#width; budget++) excess += this.#over(budget, 0);
    return excess;
  }

  /** The excess after one task would go from one mode to another. */
  excessAfter(from: number, to: number): number {
    const { consumption } = this.#project;
    let excess = 0;
    for (let budget = 0; budget < this.#width; budget++) {
      const more =
        int32At(consumption, to * this.#width + budget) - int32At(consumption, from * this.#width + budget);
      excess += this.#over(budget, more);
    }
    return excess;
  }

  /** Books a change of mode. */
  change(from: number, to: number): void {
    const { consumption } = this.#project;
    for (let budget = 0; budget < this.#width; budget++) {
      const more =
        int32At(consumption, to * this.#width + budget) - int32At(consumption, from * this.#width + budget);
      this.#used[budget] = (this.#used[budget] ?? 0) + more;
    }
  }

  /**
   * Changes modes at random, none for the worse, until the budgets are kept or a number of steps is over.
   * @returns the excess that is left
   */
  repair(modes: Int32Array, random: Random): number {
    let excess = this.count(modes);
    const { modeOffset } = this.#project;
    for (let step = 0; excess > 0 && step < REPAIR_STEPS * modes.length; step++) {
      const task = Math.floor(random() * modes.length);
      const first = int32At(modeOffset, task);
      const from = int32At(modes, task);
      const to = first + Math.floor(random() * (int32At(modeOffset, task + 1) - first));
      const after = this.excessAfter(from, to);
      if (after >= excess) continue;
      this.change(from, to);
      modes[task] = to;
      excess = after;
    }
    return excess;
  }

  #over(budget: number, more: number): number {
    const total = int32At(this.#project.budgets, budget);
    return Math.max(0, (this.#used[budget] ?? 0) + more - total) / Math.max(1, total);
  }
}
