import { at } from '../../base/column.ts';
import { rowCount, type Csr } from '../../base/csr.ts';
import { allCycles } from './all-cycles.ts';
import { chooseCycles, type Candidate } from './choose-cycles.ts';
import { extractComponent } from './component-graph.ts';
import { CyclesOfLength } from './cycles-of-length.ts';
import { ShortestCycles } from './shortest-cycle-through.ts';
import { VisitBudget } from './visit-budget.ts';

export interface CycleLimits {
  /** How many cycles are listed at most, ≥ 1. */
  readonly cycles: number;
  /** Cycles of more units are listed only if all are longer, ≥ 2. */
  readonly length: number;
  /** Edges that may be visited, all searches together. What is found depends on it, but on no clock. */
  readonly visits: number;
}

/** What `debplan cycles` looks for unless told otherwise: about a second on a component of 800,000 edges. */
export const CYCLE_LIMITS: CycleLimits = { cycles: 10, length: 12, visits: 60_000_000 };

/** Elementary cycles of one strongly connected component. */
export interface CycleList {
  /** Units of each cycle: each waits for the next one, the last for the first, which is the lowest. */
  readonly cycles: readonly (readonly number[])[];
  /** How many cycles there are, those of any length counted. */
  readonly count: number;
  /** Whether `count` is exact; else there are at least so many. */
  readonly isCountExact: boolean;
  /** How many there are of each length, exactly, by ascending length; of longer ones only `count` tells. */
  readonly countOfLength: readonly { readonly length: number; readonly count: number }[];
  /** Units of the component that are on none of `cycles`. */
  readonly unitsLeftOut: number;
}

/** All cycles of any length are looked for where there are no more than these. */
const MOST_CYCLES = 1_000;
/** How many cycles are kept to choose from, the first ones found. */
const MOST_CANDIDATES = 50_000;
/** Of the work: for all cycles, then for those of one length after the other, then for those through single units. */
const SHARES = { all: 1 / 12, ofLength: 2 / 3, through: 1 / 4 } as const;

/**
 * The short elementary cycles that explain a strongly connected component, bounded in number, length and work.
 * They come shortest first; of one length those before whose units are on more of the cycles that were counted, then by
 * their units. If not all can be listed, those that share no unit with one before are, in this order; then those with a
 * unit that none so far shows; then those with such an edge; then the rest. The very first one is always among them.
 *
 * All cycles are found where there are no more than 1,000 and the work suffices. Else all of two units are, of three, and
 * so on, as long as the work suffices and 50,000 are not reached; and for each unit that is on none of them a shortest one
 * through it.
 * @param needs without loops; no edge twice; rows ascend
 * @param members of the component, two or more, ascending
 * @param isKept 0 hides an edge; one cell an edge of `needs`
 */
export function enumerateCycles(
  needs: Csr,
  members: Int32Array,
  isKept: Uint8Array,
  limits: CycleLimits = CYCLE_LIMITS,
): CycleList {
  const component = extractComponent(needs, members, isKept);
  const found = findCandidates(component.needs, limits);
  const short = found.candidates.filter(({ edges }) => edges.length <= limits.length);
  const chosen = chooseCycles(component.needs, short.length > 0 ? short : found.candidates, limits.cycles);
  const cycles = chosen.map((nodes) => nodes.map((node) => at(members, node)));
  const { count, isCountExact, countOfLength } = found;
  const unitsLeftOut = members.length - new Set(cycles.flat()).size;
  return { cycles, count, isCountExact, countOfLength, unitsLeftOut };
}

interface Found extends Pick<CycleList, 'count' | 'isCountExact' | 'countOfLength'> {
  readonly candidates: readonly Candidate[];
}

function findCandidates(needs: Csr, limits: CycleLimits): Found {
  // each edge beyond those of a spanning tree is on a cycle of its own of a basis of the cycles
  const atLeast = needs.target.length - rowCount(needs) + 1;
  const budget = new VisitBudget(limits.visits * SHARES.all);
  const all = atLeast > MOST_CYCLES ? undefined : allCycles(needs, MOST_CYCLES, budget);
  return all === undefined ? findShortest(needs, limits, atLeast) : weighAll(needs, all);
}

function weighAll(needs: Csr, all: readonly (readonly number[])[]): Found {
  const counter = new Counter(needs);
  const countOf = new Map<number, number>();
  for (const edges of all) {
    counter.count(edges);
    countOf.set(edges.length, (countOf.get(edges.length) ?? 0) + 1);
  }
  const countOfLength = [...countOf].sort(([a], [b]) => a - b).map(([length, count]) => ({ length, count }));
  const candidates = all.map((edges) => counter.weigh(edges));
  return { candidates, count: all.length, isCountExact: true, countOfLength };
}

/** Cycles by ascending length, as far as half of the work goes, then shortest ones through what is left. */
function findShortest(needs: Csr, limits: CycleLimits, atLeast: number): Found {
  const nodeCount = rowCount(needs);
  const known: (readonly number[])[] = [];
  const counter = new Counter(needs);
  const countOfLength: { length: number; count: number }[] = [];
  const budget = new VisitBudget(limits.visits * SHARES.ofLength);
  const search = new CyclesOfLength(needs, budget);
  // one step more costs about so many times the work
  const degree = needs.target.length / nodeCount;
  let spent = 0;
  for (let length = 2; length <= Math.min(limits.length, nodeCount); length++) {
    const before = budget.left;
    if (known.length === MOST_CANDIDATES || before < spent * degree) break;
    let count = 0;
    const started: (readonly number[])[] = [];
    const ofLength = new Counter(needs);
    const isWhole = search.find(length, (edges) => {
      count++;
      ofLength.count(edges);
      if (known.length + started.length < MOST_CANDIDATES) started.push([...edges]);
    });
    if (!isWhole) break;
    known.push(...started);
    counter.add(ofLength);
    spent = before - budget.left;
    countOfLength.push({ length, count });
  }
  const isShown = new Uint8Array(nodeCount);
  const show = (edges: readonly number[]): void => {
    for (const edge of edges) isShown[at(needs.target, edge)] = 1;
  };
  known.forEach(show);
  const shortest = new ShortestCycles(needs, new VisitBudget(limits.visits * SHARES.through));
  for (let node = 0; node < nodeCount; node++) {
    const edges = isShown[node] === 1 ? undefined : shortest.through(node);
    if (edges === undefined) continue;
    known.push(edges);
    show(edges);
  }
  const candidates = known.map((edges) => counter.weigh(edges));
  const counted = countOfLength.reduce((sum, { count }) => sum + count, 0);
  const isCountExact = countOfLength.length === nodeCount - 1;
  const count = isCountExact ? counted : Math.max(counted, atLeast);
  const found = countOfLength.filter((own) => own.count > 0);
  return { candidates, count, isCountExact, countOfLength: found };
}

/** On how many of the cycles counted each node is. */
class Counter {
  readonly #needs: Csr;
  readonly #cycles: Float64Array;

  constructor(needs: Csr) {
    this.#needs = needs;
    this.#cycles = new Float64Array(rowCount(needs));
  }

  count(edges: ArrayLike<number>): void {
    for (let index = 0; index < edges.length; index++) {
      const node = at(this.#needs.target, at(edges, index));
      this.#cycles[node] = at(this.#cycles, node) + 1;
    }
  }

  add(other: Counter): void {
    other.#cycles.forEach((cycles, node) => {
      this.#cycles[node] = at(this.#cycles, node) + cycles;
    });
  }

  /** The cycle with its weight, turned so that its lowest node comes first. */
  weigh(edges: readonly number[]): Candidate {
    const { target } = this.#needs;
    let last = 0;
    let weight = 0;
    edges.forEach((edge, index) => {
      const node = at(target, edge);
      if (node < at(target, at(edges, last))) last = index;
      weight += at(this.#cycles, node);
    });
    return { edges: [...edges.slice(last + 1), ...edges.slice(0, last + 1)], weight };
  }
}
