import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import { isFirstBuildUse, type Break } from './break.ts';
import type { ComponentCut } from './break-cycles.ts';
import { describeBreaks } from './describe-breaks.ts';
import { poseBreaks, type BreakRules, type PosedBreaks } from './pose-breaks.ts';
import { findComponents } from './solve/piece.ts';

/** Larger components are not asked: their breaks are too many to weigh one by one. */
const MOST_MEMBERS = 60;

/**
 * Tells what could be done in the place of one break of a component while all others stay: each alone opens what the break
 * opens. The cheapest first; nothing where the component is large. O(items × edges) of the component a break
 */
export function alternativesIn(
  graph: UnitGraph,
  { members, breaks }: ComponentCut,
  rules: BreakRules,
): (own: Break) => readonly Break[] {
  if (members.length > MOST_MEMBERS) return () => [];
  const posed = poseBreaks(graph, members, { ...rules, mayUseProfiles: true });
  const itemsOfBreak = new Map(breaks.map((own) => [own, itemsOf(posed, own)]));
  const givers = new Int32Array(posed.problem.owner.length);
  for (const items of itemsOfBreak.values()) for (const item of items) givers[item] = at(givers, item) + 1;
  return (own) => {
    const taken = new Set(itemsOfBreak.get(own));
    const isKept = Uint8Array.from(givers, (count, item) => Number(count === Number(taken.has(item))));
    return findAlternatives(graph, posed, { own, taken, isKept });
  };
}

interface Question {
  readonly own: Break;
  /** The items that it gives up. */
  readonly taken: ReadonlySet<number>;
  /** 0: another break gives the item up. */
  readonly isKept: Uint8Array;
}

function findAlternatives(
  graph: UnitGraph,
  posed: PosedBreaks,
  { own, taken, isKept }: Question,
): readonly Break[] {
  const { problem } = posed;
  // what is not on this cycle can't open it
  const next = cycleThrough(posed, isKept, posed.members.indexOf(own.unit));
  const isOnCycle = (item: number): boolean => {
    const after = next.get(at(problem.owner, item));
    if (after === undefined || isKept[item] === 0) return false;
    return row(problem.targets, at(problem.row, item)).includes(after);
  };
  const offers: { readonly items: number[]; readonly groups: number[]; readonly cost: number }[] = [];
  problem.cost.forEach((cost, item) => {
    if (cost === Infinity || taken.has(item) || !isOnCycle(item)) return;
    if (opens(posed, isKept, [item])) offers.push({ items: [item], groups: [], cost });
  });
  posed.groups.forEach(({ member, profile }, group) => {
    if (own.unit === at(posed.members, member) && own.profile === profile) return;
    const cost = at(problem.groupCost, group);
    const freed = row(problem.groups, group);
    if (freed.some(isOnCycle) && opens(posed, isKept, freed))
      offers.push({ items: [], groups: [group], cost });
  });
  const nothing = new Uint8Array(graph.needs.target.length);
  return offers
    .sort((a, b) => a.cost - b.cost)
    .flatMap(({ items, groups }) => {
      const solution = { items: Int32Array.from(items), groups: Int32Array.from(groups) };
      return describeBreaks(graph, posed, solution, nothing);
    });
}

/** A shortest cycle through a node along items that are kept: the node that follows each; empty: there is none. */
function cycleThrough(
  { problem }: PosedBreaks,
  isKept: Uint8Array,
  start: number,
): ReadonlyMap<number, number> {
  const itemsOfOwner = new Map<number, number[]>();
  problem.owner.forEach((owner, item) => {
    if (isKept[item] === 1) itemsOfOwner.set(owner, [...(itemsOfOwner.get(owner) ?? []), item]);
  });
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const item of itemsOfOwner.get(node) ?? []) {
      for (const target of row(problem.targets, at(problem.row, item))) {
        if (target === node || cameFrom.has(target)) continue;
        cameFrom.set(target, node);
        if (target === start) return following(cameFrom, start);
        queue.push(target);
      }
    }
  }
  return new Map();
}

function following(cameFrom: ReadonlyMap<number, number>, start: number): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  for (let node = start; !next.has(cameFrom.get(node) ?? node);) {
    const before = cameFrom.get(node) ?? node;
    next.set(before, node);
    node = before;
  }
  return next;
}

/** The items that a break gives up. */
function itemsOf(posed: PosedBreaks, own: Break): readonly number[] {
  const { strategy, unit, places, profile } = own;
  const { problem, members, relations } = posed;
  if (strategy === 'profile') {
    const group = posed.groups.findIndex(
      (other) => at(members, other.member) === unit && other.profile === profile,
    );
    return group === -1 ? [] : [...row(problem.groups, group)];
  }
  const kind = strategy === 'existing-binary' ? 'existing' : isFirstBuildUse(own) ? 'stood' : 'full-first';
  return [...problem.owner.keys()].filter((item) => {
    if (posed.itemKind[item] !== kind) return false;
    const of = at(posed.itemOf, item);
    if (kind === 'full-first') return at(members, of) === unit;
    return at(members, at(problem.owner, item)) === unit && places.includes(at(relations.place, of));
  });
}

/** Whether no cycle is left without these items too. */
function opens({ problem }: PosedBreaks, isKept: Uint8Array, items: Iterable<number>): boolean {
  const left = isKept.slice();
  for (const item of items) left[item] = 0;
  return findComponents(problem, left).length === 0;
}
