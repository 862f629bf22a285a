import type { Csr } from '../base/csr.ts';

/**
 * What ties the members of a component together, and what giving it up costs: a minimum feedback arc set problem in which
 * arcs are given up in bundles. Nodes are 0 .. size - 1.
 */
export interface BreakProblem {
  readonly size: number;
  /** One cell an item: the node that waits. An item is, as a rule, one build dependency. */
  readonly owner: Int32Array;
  /** One cell an item: the row of `targets` with all nodes that it waits for; its owner may be among them and does not count. */
  readonly row: Int32Array;
  /** Rows of nodes, ascending. Items share them: most build dependencies are those of many sources. */
  readonly targets: Csr;
  /** One cell an item: what giving it up costs, > 0; 0: nothing; Infinity: it can't be given up alone. */
  readonly cost: Float64Array;
  /** Row `group`: items of one owner that can be given up together, such as all that a build profile drops; ascending. */
  readonly groups: Csr;
  /** One cell a group. */
  readonly groupCost: Float64Array;
}

/** What to give up so that the rest has no cycle. */
export interface BreakSolution {
  /** Items given up alone, ascending. */
  readonly items: Int32Array;
  /** Groups given up, ascending. */
  readonly groups: Int32Array;
  /** A permutation: the place of each node; every item that is not given up has its targets before its owner. */
  readonly place: Int32Array;
  /** The sum of the costs of `items` and `groups`. */
  readonly cost: number;
  /** No solution costs less. */
  readonly lowerBound: number;
  /** What was found of the large pieces. */
  readonly cycles: PricedCycles;
}

/** Cycles of a problem, and what hitting each is worth: no element hits more than it costs. */
export interface PricedCycles {
  /** The items of each cycle, each leading to the owner of the one before, the first to that of the last. */
  readonly items: readonly (readonly number[])[];
  /** One cell a cycle. */
  readonly price: readonly number[];
  /** One cell a cycle: what was given up in the piece that it lies in cost, as a multiple of the piece's lower bound. */
  readonly gap: readonly number[];
}

/**
 * What a solution of a problem much like this one tells of it, in the numbers of this one. Nothing of it need hold: it says
 * where to begin.
 */
export interface Hints {
  readonly items: Int32Array;
  readonly groups: Int32Array;
  readonly cycles: PricedCycles;
}
