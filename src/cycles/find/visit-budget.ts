/** Work that a search may do, in edge visits: the same on every machine, as a clock would not be. */
export class VisitBudget {
  #left: number;

  constructor(visits: number) {
    this.#left = visits;
  }

  /** Visits left; 0: none. */
  get left(): number {
    return Math.max(0, this.#left);
  }

  spend(visits: number): void {
    this.#left -= visits;
  }
}
