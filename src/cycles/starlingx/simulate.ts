import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { row } from '../../base/csr.ts';
import type { CycleOrderText } from '../../parse/starlingx/cycle-orders.ts';
import type { CyclePlatform } from './platform.ts';

/** What StarlingX's build makes between two barriers: groups run one after the other. */
export type BuildGroup =
  | {
      /** Sources that wait for each other in no ring; built side by side, in an order that the dependencies allow. */
      readonly kind: 'simple';
      readonly names: readonly string[];
    }
  | {
      /** The sources of an entry, built one at a time in its order. */
      readonly kind: 'cycle';
      readonly names: readonly string[];
      /** Place among the entries. */
      readonly entry: number;
    };

export interface Simulation {
  readonly groups: readonly BuildGroup[];
  /** Sources left over when no entry matches, in code-unit order: there the build stops with an error. */
  readonly stuck: readonly string[];
}

/**
 * What StarlingX's build does with a cycle-order file when it builds these sources of a platform. In turns: every source
 * that needs nothing unbuilt is taken, again and again; then the first entry whose sources are all left, and whose needs
 * among what is left are together exactly its set, becomes a group. When neither takes anything, the build stops.
 * The sources that are not given count as existing. A slow, plain model: for small sets and for checks.
 * @param names which sources of the platform are built; left out: all
 * @see starlingx/root, build-tools/stx/dsc_depend.py (read in 2026): class Circular_break
 */
export function simulateCycleOrders(
  platform: CyclePlatform,
  entries: readonly CycleOrderText[],
  names: readonly string[] = platform.names,
): Simulation {
  const place = new Map(platform.names.map((name, index) => [name, index]));
  const left = new Set(names.filter((name) => place.has(name)));
  const needsLeft = (name: string): readonly string[] =>
    [...row(platform.needs, place.get(name) ?? -1)]
      .map((need) => at(platform.names, need))
      .filter((need) => left.has(need));
  const groups: BuildGroup[] = [];
  while (left.size > 0) {
    const before = left.size;
    const simple = takeSimple(left, needsLeft);
    if (simple.length > 0) groups.push({ kind: 'simple', names: simple });
    const entry = entries.findIndex(({ set }) => matches(set, left, needsLeft));
    if (entry !== -1) {
      const { set, order } = at(entries, entry);
      for (const name of set) left.delete(name);
      groups.push({ kind: 'cycle', names: order, entry });
    }
    if (left.size === before) break;
  }
  return { groups, stuck: [...left].sort(compareText) };
}

/** Takes the sources that need nothing left, names descending, as long as there are any; a self-need counts as a need. */
function takeSimple(left: Set<string>, needsLeft: (name: string) => readonly string[]): readonly string[] {
  const taken: string[] = [];
  for (let before = -1; before !== taken.length;) {
    before = taken.length;
    for (const name of [...left].sort(compareText).reverse()) {
      if (needsLeft(name).length > 0) continue;
      taken.push(name);
      left.delete(name);
    }
  }
  return taken;
}

function matches(
  set: readonly string[],
  left: ReadonlySet<string>,
  needsLeft: (name: string) => readonly string[],
): boolean {
  if (!set.every((name) => left.has(name))) return false;
  const needed = new Set(set.flatMap(needsLeft));
  return needed.size === set.length && set.every((name) => needed.has(name));
}
