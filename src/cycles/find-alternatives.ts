import { at } from '../base/column.ts';
import { row } from '../base/csr.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { Break } from './break.ts';
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
  return (own) => {
    const others = breaks.filter((other) => other !== own);
    return findAlternatives(graph, posed, others, own);
  };
}

function findAlternatives(
  graph: UnitGraph,
  posed: PosedBreaks,
  others: readonly Break[],
  own: Break,
): readonly Break[] {
  const isKept = new Uint8Array(posed.problem.owner.length).fill(1);
  for (const other of others) for (const item of itemsOf(posed, other)) isKept[item] = 0;
  // what is not on a cycle that the break opens can't open it
  const isConcerned = new Set(findComponents(posed.problem, isKept).flatMap((nodes) => [...nodes]));
  const taken = new Set(itemsOf(posed, own));
  const offers: { readonly items: number[]; readonly groups: number[]; readonly cost: number }[] = [];
  posed.problem.cost.forEach((cost, item) => {
    if (cost === Infinity || isKept[item] === 0 || taken.has(item)) return;
    if (!isConcerned.has(at(posed.problem.owner, item))) return;
    if (opens(posed, isKept, [item])) offers.push({ items: [item], groups: [], cost });
  });
  posed.groups.forEach(({ member, profile }, group) => {
    if (own.unit === at(posed.members, member) && own.profile === profile) return;
    if (!isConcerned.has(member)) return;
    const cost = at(posed.problem.groupCost, group);
    const freed = row(posed.problem.groups, group);
    if (opens(posed, isKept, freed)) offers.push({ items: [], groups: [group], cost });
  });
  const nothing = new Uint8Array(graph.needs.target.length);
  return offers
    .sort((a, b) => a.cost - b.cost)
    .flatMap(({ items, groups }) => {
      const solution = { items: Int32Array.from(items), groups: Int32Array.from(groups) };
      return describeBreaks(graph, posed, solution, nothing);
    });
}

/** The items that a break gives up. */
function itemsOf(posed: PosedBreaks, { strategy, unit, places, profile }: Break): readonly number[] {
  const { problem, members, relations } = posed;
  if (strategy === 'profile') {
    const group = posed.groups.findIndex(
      (other) => at(members, other.member) === unit && other.profile === profile,
    );
    return group === -1 ? [] : [...row(problem.groups, group)];
  }
  const kind = strategy === 'existing-binary' ? 'existing' : profile === undefined ? 'stood' : 'full-first';
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
