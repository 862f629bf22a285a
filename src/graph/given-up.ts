import type { NotForArch } from '../archive/unit.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo, type Csr } from '../base/csr.ts';
import { LATER, type UnitGraph } from './unit-graph.ts';

/** The graph of a run and what becomes of it in the plan: an `Analysis`, as far as this stage may know it. */
export interface SettledGraph {
  /** Every unit that has what it needs, cycles included. */
  readonly graph: UnitGraph;
  /** The same without what is left out; where that takes an alternative away, others are waited for instead. */
  readonly planned: UnitGraph;
  /** 0: the edge is not honoured; one cell an edge of `planned.needs`. */
  readonly cut: { readonly isKept: Uint8Array };
  /** Sources that have nothing to build on an architecture. */
  readonly notForArch: readonly NotForArch[];
}

/**
 * Why the plan doesn't honour an edge. `cycle`: it is cut to break a cycle; `later-layer`: layers are built in their order;
 * `left-out`, `need-left-out`: the unit that waits, or the one waited for, is not in the plan; `other-alternative`: the
 * plan meets the relation with another alternative.
 */
export type GivenUp = 'cycle' | 'later-layer' | 'left-out' | 'need-left-out' | 'other-alternative';

/**
 * What the plan makes of an edge of `graph` or `planned`.
 * @returns undefined when it is honoured. O(log needs of `from`)
 */
export function whyGivenUp(
  { planned, cut }: Pick<SettledGraph, 'planned' | 'cut'>,
  from: number,
  to: number,
): GivenUp | undefined {
  const { unitBuilt } = planned.installability;
  if (unitBuilt[from] === 0) return 'left-out';
  if (unitBuilt[to] === 0) return 'need-left-out';
  const edge = findEdge(planned.needs, from, to);
  if (edge === -1) return 'other-alternative';
  if (cut.isKept[edge] === 1) return undefined;
  return (at(planned.edgeFlags, edge) & LATER) === 0 ? 'cycle' : 'later-layer';
}

/** The edge between two nodes of a graph whose rows ascend; -1: there is none. */
function findEdge(needs: Csr, from: number, to: number): number {
  let low = edgesFrom(needs, from);
  let high = edgesTo(needs, from);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(needs.target, middle) < to) low = middle + 1;
    else high = middle;
  }
  return low < edgesTo(needs, from) && needs.target[low] === to ? low : -1;
}
