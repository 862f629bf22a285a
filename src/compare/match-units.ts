import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import type { Pair, SideIndex } from './comparison-document.ts';
import type { Side, SideTask } from './side.ts';

/** Which tasks of two sides are the same unit. */
export interface Matching {
  /** Units of both sides, in order of their keys, then versions: the same order when the sides are exchanged. */
  readonly pairs: readonly Pair<SideTask>[];
  /** Tasks of one side alone, in the same order. */
  readonly lone: readonly { readonly entry: SideTask; readonly side: SideIndex }[];
  /**
   * The number in `pairs` of a task by its index, on each side, or -1; also of tasks of the same unit that the side doesn't have
   * itself.
   */
  readonly numberOf: Pair<Int32Array>;
}

/**
 * Matches by key. Where a side has several versions of a unit, equal ones are matched first, then the others from the
 * last on, in code-unit order. O(n log n)
 */
export function matchUnits(left: Side, right: Side): Matching {
  const groups: Pair<ReadonlyMap<string, readonly SideTask[]>> = [
    groupBy(left.tasks, ({ key }) => key),
    groupBy(right.tasks, ({ key }) => key),
  ];
  const keys = [...new Set([...groups[0].keys(), ...groups[1].keys()])].sort(compareText);
  const pairs: Pair<SideTask>[] = [];
  const lone: { entry: SideTask; side: SideIndex }[] = [];
  for (const key of keys) {
    const ours = groups[0].get(key) ?? [];
    const theirs = groups[1].get(key) ?? [];
    const [ourOnly] = ours;
    const [theirOnly] = theirs;
    if (ours.length === 1 && theirs.length === 1 && ourOnly !== undefined && theirOnly !== undefined) {
      pairs.push([ourOnly, theirOnly]);
      continue;
    }
    const matched = matchVersions(ours, theirs);
    pairs.push(...matched);
    const taken = new Set(matched.flat());
    for (const entry of byVersion(ours)) if (!taken.has(entry)) lone.push({ entry, side: 0 });
    for (const entry of byVersion(theirs)) if (!taken.has(entry)) lone.push({ entry, side: 1 });
  }
  return { pairs, lone, numberOf: [numbering(left, pairs, 0), numbering(right, pairs, 1)] };
}

function matchVersions(ours: readonly SideTask[], theirs: readonly SideTask[]): readonly Pair<SideTask>[] {
  if (ours.length === 0 || theirs.length === 0) return [];
  const theirsOf = new Map(theirs.map((entry) => [entry.task.version, entry]));
  const equal = byVersion(ours).flatMap((entry): readonly Pair<SideTask>[] => {
    const other = theirsOf.get(entry.task.version);
    return other === undefined ? [] : [[entry, other]];
  });
  const taken = new Set(equal.flat());
  const oursLeft = byVersion(ours).filter((entry) => !taken.has(entry));
  const theirsLeft = byVersion(theirs).filter((entry) => !taken.has(entry));
  const rest = Math.min(oursLeft.length, theirsLeft.length);
  const pairs = Array.from({ length: rest }, (_, index): Pair<SideTask> => [
    at(oursLeft, oursLeft.length - rest + index),
    at(theirsLeft, theirsLeft.length - rest + index),
  ]);
  return [...equal, ...pairs];
}

function byVersion(entries: readonly SideTask[]): readonly SideTask[] {
  return [...entries].sort((a, b) => compareText(a.task.version, b.task.version));
}

/** An architecture may wait for what another one builds of a unit: that counts as the unit, if both sides have it. */
function numbering({ byId, tasks }: Side, pairs: readonly Pair<SideTask>[], side: SideIndex): Int32Array {
  const numberOf = new Int32Array(byId.size).fill(-1);
  pairs.forEach((pair, number) => {
    numberOf[pair[side].index] = number;
  });
  if (tasks.length === byId.size) return numberOf;
  const byKey = new Map(pairs.map((pair, number) => [pair[side].key, number]));
  const isOwn = new Uint8Array(byId.size);
  for (const { index } of tasks) isOwn[index] = 1;
  for (const { index, key } of byId.values()) if (isOwn[index] === 0) numberOf[index] = byKey.get(key) ?? -1;
  return numberOf;
}
