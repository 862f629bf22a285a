import { at } from '../../base/column.ts';
import { row } from '../../base/csr.ts';
import { cyclicComponents, stronglyConnected } from '../../graph/strongly-connected.ts';
import type { CyclePlatform } from './platform.ts';

/** The sets of a component that can be left over together when only some of a platform's sources are built. */
export interface ConnectedSets {
  /** The component: places of names, ascending. */
  readonly members: Int32Array;
  /** Sets of places, each ascending; the smaller before the larger, then by places. The component itself is the last. */
  readonly sets: readonly (readonly number[])[];
  /** All sets of up to so many members are there, and the component; the size of the component: all there are. */
  readonly completeSize: number;
}

export interface ConnectedSetLimits {
  /** Most sets of one component. */
  readonly sets: number;
  /** Most sets of one component that are looked at: those that turn out not to be connected count as well. */
  readonly tried: number;
}

/**
 * Every set of a platform's sources that is strongly connected by the waits inside it, single sources that need
 * themselves among them. These are exactly the entries that a cycle-order file has to have: if only such a set is built,
 * nothing but an entry with that very set gets StarlingX's build on; and whatever is built, what is left over has a
 * part that waits for nothing else, which is such a set. With `limits`, the smaller sets go first.
 * @returns one for each component that has a cycle. O(2 ** members × members²) up to the limits
 */
export function connectedSets(platform: CyclePlatform, limits: ConnectedSetLimits): readonly ConnectedSets[] {
  const { needs } = platform;
  return cyclicComponents(needs, stronglyConnected(needs)).map((members) =>
    setsOf(platform, members, limits),
  );
}

function setsOf(platform: CyclePlatform, members: Int32Array, limits: ConnectedSetLimits): ConnectedSets {
  const size = members.length;
  const inner = innerNeeds(platform, members);
  const sets: (readonly number[])[] = [];
  let tried = 0;
  let completeSize = 0;
  for (let count = 1; count <= size; count++) {
    const found: (readonly number[])[] = [];
    let isDone = true;
    for (const chosen of combinations(size, count)) {
      if (++tried > limits.tried || sets.length + found.length > limits.sets) {
        isDone = false;
        break;
      }
      if (isConnected(inner, chosen)) found.push(chosen.map((member) => at(members, member)));
    }
    if (!isDone) break;
    sets.push(...found);
    completeSize = count;
  }
  if (completeSize < size) sets.push([...members]);
  return { members, sets, completeSize };
}

/** For each member, the members that it needs, both numbered from 0. */
function innerNeeds({ needs }: CyclePlatform, members: Int32Array): readonly ReadonlySet<number>[] {
  const local = new Map([...members].map((name, member) => [name, member]));
  return [...members].map((name) => {
    const targets = [...row(needs, name)].map((need) => local.get(need));
    return new Set(targets.filter((need) => need !== undefined));
  });
}

/** All ways to take `count` of 0 .. size - 1, each ascending, in lexicographic order. One array is reused. */
function* combinations(size: number, count: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: count }, (_, index) => index);
  for (;;) {
    yield chosen;
    let last = count - 1;
    while (last >= 0 && chosen[last] === size - count + last) last--;
    if (last < 0) return;
    let next = at(chosen, last);
    for (let index = last; index < count; index++) chosen[index] = ++next;
  }
}

function isConnected(needs: readonly ReadonlySet<number>[], chosen: readonly number[]): boolean {
  const [first = 0] = chosen;
  if (chosen.length === 1) return at(needs, first).has(first);
  return (
    reachesAll(chosen, first, (from, to) => at(needs, from).has(to)) &&
    reachesAll(chosen, first, (from, to) => at(needs, to).has(from))
  );
}

function reachesAll(
  chosen: readonly number[],
  start: number,
  leads: (from: number, to: number) => boolean,
): boolean {
  const seen = new Set([start]);
  for (const from of seen) for (const to of chosen) if (leads(from, to)) seen.add(to);
  return seen.size === chosen.length;
}
