import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import type { UnitGraph } from '../graph/unit-graph.ts';
import type { BreakSolution, Hints } from './break-problem.ts';
import type { ItemKind, PosedBreaks, PosedGroup } from './pose-breaks.ts';

/** What opening the cycles of a graph found out, for a graph with much the same units. */
export interface CutMemory {
  /** Where each member of a component stands, by the unit's key. */
  readonly members: ReadonlyMap<string, { readonly component: number; readonly member: number }>;
  readonly components: readonly ComponentMemory[];
}

/** The solution of one component's problem, and what its numbers mean. */
export interface ComponentMemory {
  /** The keys of the units. */
  readonly members: readonly string[];
  /** Items by `itemKeys`. */
  readonly items: ReadonlyMap<number, number>;
  /** Groups by `groupKey`. */
  readonly groups: ReadonlyMap<string, number>;
  readonly solution: Pick<BreakSolution, 'items' | 'groups' | 'cycles'>;
}

/** Notes what a solution found of a component. */
export function rememberComponent(
  { universe }: UnitGraph,
  posed: PosedBreaks,
  { items, groups, cycles }: BreakSolution,
): ComponentMemory {
  const same = (member: number): number => member;
  const keys = itemKeys(posed, same);
  return {
    members: Array.from(posed.members, (unit) => at(universe.units, unit).key),
    items: new Map(keys.map((key, item) => [key, item])),
    groups: new Map(posed.groups.map((group, index) => [groupKey(group, group.member), index])),
    solution: { items, groups, cycles },
  };
}

export function cutMemory(components: readonly ComponentMemory[]): CutMemory {
  const members = new Map<string, { readonly component: number; readonly member: number }>();
  components.forEach((each, component) => {
    each.members.forEach((key, member) => members.set(key, { component, member }));
  });
  return { members, components };
}

/**
 * What is known of a component's problem: items and groups are the same where the unit, the place of the build dependency
 * and the kind are, or the build profile.
 * @returns undefined: nothing
 */
export function recallHints(
  memory: CutMemory,
  { universe }: UnitGraph,
  posed: PosedBreaks,
): Hints | undefined {
  const placeOf = Array.from(posed.members, (unit) => memory.members.get(at(universe.units, unit).key));
  const met = new Set(placeOf.flatMap((place) => (place === undefined ? [] : [place.component])));
  const all = [...met].map((component): Hints =>
    hintsFrom(at(memory.components, component), posed, (member) => {
      const place = placeOf[member];
      return place?.component === component ? place.member : -1;
    }),
  );
  return joinHints(all);
}

/** @param memberThen the member that a member was in the component remembered; -1: it was none */
function hintsFrom(
  { items, groups, solution }: ComponentMemory,
  posed: PosedBreaks,
  memberThen: (member: number) => number,
): Hints {
  const itemNow = new Int32Array(items.size).fill(-1);
  itemKeys(posed, memberThen).forEach((key, item) => {
    const then = items.get(key);
    if (then !== undefined) itemNow[then] = item;
  });
  const groupNow = new Map<number, number>();
  posed.groups.forEach((group, index) => {
    const then = groups.get(groupKey(group, memberThen(group.member)));
    if (then !== undefined) groupNow.set(then, index);
  });
  const price: number[] = [];
  const gap: number[] = [];
  const cycles = solution.cycles.items
    .map((cycle) => cycle.map((item) => int32At(itemNow, item)))
    .filter((cycle, index) => {
      if (cycle.includes(-1)) return false;
      price.push(at(solution.cycles.price, index));
      gap.push(at(solution.cycles.gap, index));
      return true;
    });
  return {
    items: solution.items.map((item) => int32At(itemNow, item)).filter((item) => item !== -1),
    groups: solution.groups.map((group) => groupNow.get(group) ?? -1).filter((group) => group !== -1),
    cycles: { items: cycles, price, gap },
  };
}

/** A component may be made of several. */
function joinHints(all: readonly Hints[]): Hints | undefined {
  if (all.length === 0) return undefined;
  return {
    items: Int32Array.from(all.flatMap(({ items }) => [...items])),
    groups: Int32Array.from(all.flatMap(({ groups }) => [...groups])),
    cycles: {
      items: all.flatMap(({ cycles }) => cycles.items),
      price: all.flatMap(({ cycles }) => cycles.price),
      gap: all.flatMap(({ cycles }) => cycles.gap),
    },
  };
}

const KINDS: Readonly<Record<ItemKind, number>> = { hard: 0, existing: 1, stood: 2, 'full-first': 3 };
/** The code of what holds a half for the sake of the other one. */
const TIED = 4;
const CODES = 5;
/** More than there are codes, several times: items may be alike. */
const ROOM = 16;
/** More than a unit has build dependencies. */
const PLACES = 1 << 16;

/**
 * A number for each item, each another one: of its owner, the place of its relation, and its kind.
 * @param memberAs the number to write for a member
 */
function itemKeys(posed: PosedBreaks, memberAs: (member: number) => number): readonly number[] {
  const { problem, members, relations, itemKind, itemOf } = posed;
  const seen = new Set<number>();
  return itemKind.map((kind, item) => {
    const owner = int32At(problem.owner, item);
    const isUnit = owner < members.length;
    const of = int32At(itemOf, item);
    const isTied = isUnit && int32At(relations.unit, of) !== owner;
    const place = isUnit ? int32At(relations.place, of) + 1 : 0;
    const member = memberAs(isUnit ? owner : of);
    if (member === -1) return -1;
    let key = (member * PLACES + place) * ROOM + (isTied ? TIED : KINDS[kind]);
    while (seen.has(key)) key += CODES;
    seen.add(key);
    return key;
  });
}

function groupKey({ strategy, profile }: PosedGroup, member: number): string {
  return `${strategy} ${String(member)} ${profile ?? ''}`;
}
