import fc from 'fast-check';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { BreakProblem } from '../../src/cycles/break-problem.ts';
import { splitProblem, type Piece } from '../../src/cycles/solve/piece.ts';
import { csrOf } from './needs-graphs.ts';

export interface ProblemShape {
  readonly nodes: { readonly min: number; readonly max: number };
  /** Items a node, on average. */
  readonly density: number;
  /** What an item may cost. */
  readonly costs: readonly number[];
  /** Most groups. */
  readonly groups: number;
}

/** Any problem of a shape; a group holds items of one owner. */
export function breakProblem({ nodes, density, costs, groups }: ProblemShape): fc.Arbitrary<BreakProblem> {
  return fc.noBias(
    fc.integer(nodes).chain((size) => {
      const node = fc.nat(size - 1);
      const rowCount = Math.max(2, size);
      return fc
        .record({
          rows: fc.array(fc.uniqueArray(node, { minLength: 1, maxLength: 3 }), {
            minLength: rowCount,
            maxLength: rowCount,
          }),
          items: fc.array(
            fc.record({ owner: node, row: fc.nat(rowCount - 1), cost: fc.constantFrom(...costs) }),
            { minLength: size, maxLength: Math.ceil(size * density * 1.5), size: 'max' },
          ),
          groups: fc.array(
            fc.record({
              owner: node,
              holds: fc.infiniteStream(fc.boolean()),
              cost: fc.constantFrom(0, 1, 2, 3, 5, 8, Infinity),
            }),
            { maxLength: groups, size: 'max' },
          ),
        })
        .map((drawn) => problemOf(size, drawn));
    }),
  );
}

interface Drawn {
  readonly rows: readonly (readonly number[])[];
  readonly items: readonly { readonly owner: number; readonly row: number; readonly cost: number }[];
  readonly groups: readonly {
    readonly owner: number;
    readonly holds: Iterator<boolean>;
    readonly cost: number;
  }[];
}

function problemOf(size: number, { rows, items, groups }: Drawn): BreakProblem {
  const members = groups.map(({ owner, holds }) =>
    items.map((_, item) => item).filter((item) => at(items, item).owner === owner && holds.next().value),
  );
  const filled = groups.flatMap(({ cost }, group) => {
    const held = at(members, group);
    return held.length === 0 ? [] : [{ held, cost }];
  });
  return {
    size,
    owner: Int32Array.from(items, ({ owner }) => owner),
    row: Int32Array.from(items, (item) => item.row),
    targets: rowsOf(rows),
    cost: Float64Array.from(items, ({ cost }) => cost),
    groups: rowsOf(filled.map(({ held }) => held)),
    groupCost: Float64Array.from(filled, ({ cost }) => cost),
  };
}

/** Rows, each ascending. */
function rowsOf(rows: readonly (readonly number[])[]): BreakProblem['targets'] {
  return csrOf(
    rows.length,
    rows.flatMap((cells, from) => [...cells].sort((a, b) => a - b).map((to) => ({ from, to }))),
  );
}

/** What each item waits for, its owner left out. */
export function waitsOf(problem: BreakProblem, item: number): readonly number[] {
  const owner = at(problem.owner, item);
  return [...row(problem.targets, at(problem.row, item))].filter((node) => node !== owner);
}

/** Whether the items that are kept make a cycle. */
export function isCyclic(problem: BreakProblem, isKept: (item: number) => boolean): boolean {
  const needs = Array.from({ length: problem.size }, () => new Set<number>());
  problem.owner.forEach((owner, item) => {
    if (isKept(item)) for (const node of waitsOf(problem, item)) at(needs, owner).add(node);
  });
  for (const left = new Set(needs.keys()); left.size > 0;) {
    const free = [...left].filter((node) => ![...at(needs, node)].some((need) => left.has(need)));
    if (free.length === 0) return true;
    for (const node of free) left.delete(node);
  }
  return false;
}

/** The items that are given up with these. */
export function givenUp(
  problem: BreakProblem,
  items: Iterable<number>,
  groups: Iterable<number>,
): ReadonlySet<number> {
  const given = new Set(items);
  for (const group of groups) for (const item of row(problem.groups, group)) given.add(item);
  return given;
}

/** The pieces of a problem in which nothing is free. */
export function piecesOf(problem: BreakProblem): readonly Piece[] {
  const groupCost = problem.groupCost.map((cost) => Math.max(1, cost));
  return splitProblem({ ...problem, groupCost }, new Uint8Array(problem.owner.length).fill(1));
}

/** A piece as a problem that holds nothing else. */
export function asProblem(piece: Piece): BreakProblem {
  const isGroup = [...piece.origin.keys()].filter((element) => at(piece.origin, element) < 0);
  const alone = new Map<number, number>();
  piece.origin.forEach((origin, element) => {
    if (origin >= 0) alone.set(at(row(piece.elementItems, element), 0), at(piece.cost, element));
  });
  const members = isGroup.map((element) => row(piece.elementItems, element));
  const offset = [0];
  for (const items of members) offset.push(at(offset, offset.length - 1) + items.length);
  return {
    size: piece.size,
    owner: piece.owner,
    row: piece.row,
    targets: piece.rows,
    cost: Float64Array.from(piece.owner, (_, item) => alone.get(item) ?? Infinity),
    groups: {
      offset: Int32Array.from(offset),
      target: Int32Array.from(members.flatMap((items) => [...items])),
    },
    groupCost: Float64Array.from(isGroup, (element) => at(piece.cost, element)),
  };
}

/** The least cost of a problem of few nodes, by trying every order; Infinity: each has a wait that can't be given up. */
export function leastCost(problem: BreakProblem): number {
  let best = Infinity;
  const extend = (placed: readonly number[], cost: number): void => {
    if (cost >= best) return;
    if (placed.length === problem.size) best = cost;
    for (let node = 0; node < problem.size; node++)
      if (!placed.includes(node)) extend([...placed, node], cost + ownerCost(problem, node, placed));
  };
  extend([], 0);
  return best;
}

/** What a node costs that stands right after these. */
function ownerCost(problem: BreakProblem, node: number, placed: readonly number[]): number {
  const broken: number[] = [];
  problem.owner.forEach((owner, item) => {
    if (owner === node && waitsOf(problem, item).some((need) => !placed.includes(need))) broken.push(item);
  });
  const groups = [...problem.groupCost.keys()].filter((group) =>
    row(problem.groups, group).some((item) => broken.includes(item)),
  );
  let best = Infinity;
  for (let choice = 0; choice < 1 << groups.length; choice++) {
    const taken = groups.filter((_, index) => (choice & (1 << index)) !== 0);
    const given = givenUp(problem, [], taken);
    const alone = broken.filter((item) => !given.has(item));
    best = Math.min(
      best,
      taken.reduce((sum, group) => sum + at(problem.groupCost, group), 0) +
        alone.reduce((sum, item) => sum + at(problem.cost, item), 0),
    );
  }
  return best;
}
