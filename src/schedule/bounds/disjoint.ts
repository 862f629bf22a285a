import { at } from '../../base/column.ts';
import { float64At, int32At } from '../../base/cells.ts';
import { edgesFrom, edgesTo } from '../../base/csr.ts';
import type { BoundInput, BoundValue, KnownBounds } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { headTailEnergy } from './head-tail.ts';

/** Larger inputs have too many pairs, and bounds by energy are close there. */
export const MOST_TASKS = 300;
/** Needs may lead through tasks that don't count. */
const MOST_NODES = 1000;
/** Cliques that are looked at: those that last longest. */
const MOST_CLIQUES = 12;

/** Pairs of tasks that can't overlap. Square, by position: `why[a * count + b]` is 0 for may, `NEEDS` or `FULL`. */
export interface DisjointPairs {
  readonly count: number;
  readonly why: Uint8Array;
}

/** One waits for the other, directly or not. */
export const NEEDS = 1;
/** Both together ask for more than there is. */
export const FULL = 2;

/** One-machine bounds of tasks no two of which can overlap, because of needs or of what they take. Only up to `MOST_TASKS`. */
export function disjointBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  const pairs = disjointPairs(input);
  return pairs === undefined
    ? undefined
    : headTailEnergy(input, disjointResources(input, pairs), known.lowerMs);
}

/** @returns undefined for an input that is too large. O(tasks² × resources + nodes × edges / 32) */
export function disjointPairs(input: BoundInput): DisjointPairs | undefined {
  const { tasks, resources } = input;
  const count = tasks.length;
  if (count > MOST_TASKS || input.headMs.length > MOST_NODES) return undefined;
  const why = new Uint8Array(count * count);
  for (const { rate, capacity, isElastic } of resources) {
    if (isElastic) continue;
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++)
        if (a !== b && float64At(rate, a) + float64At(rate, b) > capacity * (1 + 1e-12))
          why[a * count + b] = FULL;
  }
  markNeeds(input, why);
  return { count, why };
}

/** A walk over all that waits for each task. */
function markNeeds({ tasks, dag: { dependents }, isStarted }: BoundInput, why: Uint8Array): void {
  const count = tasks.length;
  const positionOf = new Int32Array(isStarted.length).fill(-1);
  tasks.forEach((task, position) => (positionOf[task] = position));
  const seenBy = new Int32Array(isStarted.length).fill(-1);
  const stack: number[] = [];
  for (let position = 0; position < count; position++) {
    stack.push(int32At(tasks, position));
    for (let task = stack.pop(); task !== undefined; task = stack.pop()) {
      for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
        const dependent = int32At(dependents.target, edge);
        if (seenBy[dependent] === position || isStarted[dependent] === 1) continue;
        seenBy[dependent] = position;
        stack.push(dependent);
        const other = int32At(positionOf, dependent);
        if (other < 0) continue;
        why[position * count + other] = NEEDS;
        why[other * count + position] = NEEDS;
      }
    }
  }
}

/** Cliques grown from each pair-rich task, those first that are hard to place: longest in all. One resource of capacity 1 each. */
export function disjointResources(input: BoundInput, pairs: DisjointPairs): readonly BoundResource[] {
  const { count, why } = pairs;
  if (!why.includes(FULL)) return [];
  const length = Float64Array.from(input.tasks, (task) => float64At(input.durationMs, task));
  const byLength = Array.from(length.keys()).sort((a, b) => at(length, b) - at(length, a) || a - b);
  const found = new Map<string, { readonly members: readonly number[]; readonly totalMs: number }>();
  for (const seed of byLength) {
    const members = [seed];
    for (const other of byLength)
      if (other !== seed && members.every((member) => why[member * count + other] !== 0)) members.push(other);
    members.sort((a, b) => a - b);
    const totalMs = members.reduce((sum, member) => sum + at(length, member), 0);
    if (members.length > 2) found.set(members.join(), { members, totalMs });
  }
  const cliques = [...found.values()].sort((a, b) => b.totalMs - a.totalMs).slice(0, MOST_CLIQUES);
  return cliques.map(({ members }) => {
    const rate = new Float64Array(count);
    for (const member of members) rate[member] = 1;
    return { kinds: ['disjoint'], capacity: 1, rate, isElastic: false };
  });
}
