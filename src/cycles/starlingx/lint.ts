import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { row } from '../../base/csr.ts';
import type { CycleOrder } from '../../parse/starlingx/cycle-orders.ts';
import { brokenNeeds } from './broken-needs.ts';
import type { ConnectedSetLimits } from './connected-sets.ts';
import {
  brokenHardNeed,
  contradiction,
  deadEntry,
  duplicateEntry,
  unjudgedEntry,
  unknownSource,
} from './lint-diagnostics.ts';
import { findMissing } from './missing-sets.ts';
import { findContradictions } from './order-preferences.ts';
import type { CyclePlatform } from './platform.ts';
import { simulateCycleOrders } from './simulate.ts';

/** What is wrong with a cycle-order file; the codes are the kinds. */
export type LintFinding = Diagnostic;

/** How far subsets of a component are tried, unless told otherwise: all of one with 12 sources. */
export const LINT_LIMITS: ConnectedSetLimits = { sets: 4096, tried: 100_000 };

/**
 * Compares the entries of a cycle-order file with the platforms whose builds read it. Tells
 * - `cycle-unknown-source`: a name that no platform has;
 * - `cycle-entry-duplicate`: a set that stands further up already;
 * - `cycle-entry-dead`: an entry that no platform's build can ever use, whichever of its sources are built. It is enough to
 *   try the very set: where more is built, the entry has no less against it;
 * - `cycle-entry-unjudged`: the same, but of some source no input tells what it needs;
 * - `cycle-orders-contradict`: two sources that entries order in opposite ways, once for each pair of sources;
 * - `cycle-order-breaks-need`: an order that builds a source before something that it can't do without;
 * - `cycle-set-missing`: a build of all sources of a platform that stops, for want of this set;
 * - `cycle-subsets-missing`: builds of some sources that stop.
 *
 * By this rule 30 of the 61 entries of StarlingX's file are dead for trixie and bullseye as of August 2026, and of 2 more
 * nothing can be said. Looked at more coarsely, 10 sets stand in no layer together and 3 more hold no ring at all, which
 * with the duplicate makes 14.
 * @param platforms of all suites that the file serves, from graphs of `reading: 'starlingx'`
 * @returns in the order of the list above, then by line
 */
export function lintCycleOrders(
  entries: readonly CycleOrder[],
  platforms: readonly CyclePlatform[],
  limits: ConnectedSetLimits = LINT_LIMITS,
): readonly LintFinding[] {
  const live = entries.map((entry, index) =>
    platforms.filter((platform) => usedEntry(platform, entries, entry) === index),
  );
  return [
    ...findUnknown(entries, platforms),
    ...findDuplicates(entries),
    ...entries.flatMap((_, index) =>
      at(live, index).length > 0 ? [] : judgeUnused(entries, index, platforms),
    ),
    ...findContradictions(entries).map((pair) =>
      contradiction(
        pair,
        [...pair.forward, ...pair.backward].every((entry) => at(live, entries.indexOf(entry)).length > 0),
      ),
    ),
    ...entries.flatMap((entry, index) => judgeOrder(entry, at(live, index))),
    ...findMissing(entries, platforms, limits),
  ];
}

/** The entry that a build of just the entry's own set uses first; -1: none, or not all of its sources are there. */
function usedEntry(platform: CyclePlatform, entries: readonly CycleOrder[], { set }: CycleOrder): number {
  if (!set.every((name) => platform.names.includes(name))) return -1;
  const [first] = simulateCycleOrders(platform, entries, set).groups;
  return first?.kind === 'cycle' ? first.entry : -1;
}

function findUnknown(
  entries: readonly CycleOrder[],
  platforms: readonly CyclePlatform[],
): readonly LintFinding[] {
  const known = new Set(platforms.flatMap(({ names }) => names));
  const unknown = new Map<string, CycleOrder[]>();
  for (const entry of entries) {
    for (const name of entry.set) {
      if (!known.has(name)) unknown.set(name, [...(unknown.get(name) ?? []), entry]);
    }
  }
  return [...unknown].map(([name, users]) => unknownSource(name, users, known));
}

function findDuplicates(entries: readonly CycleOrder[]): readonly LintFinding[] {
  return entries.flatMap((entry, index) => {
    const earlier = entries.slice(0, index).find((other) => isSameSet(other, entry));
    return earlier === undefined ? [] : [duplicateEntry(entry, earlier)];
  });
}

function isSameSet(a: CycleOrder, b: CycleOrder): boolean {
  return a.set.join(' ') === b.set.join(' ');
}

/** An entry that no build uses: dead, or perhaps only for want of data. A duplicate has been told already. */
function judgeUnused(
  entries: readonly CycleOrder[],
  index: number,
  platforms: readonly CyclePlatform[],
): readonly LintFinding[] {
  const entry = at(entries, index);
  if (entries.slice(0, index).some((other) => isSameSet(other, entry))) return [];
  const having = platforms.filter(({ names }) => entry.set.every((name) => names.includes(name)));
  const untold = having.flatMap((platform) => entry.set.filter((name) => !isKnown(platform, name)));
  if (untold.length > 0) return [unjudgedEntry(entry, [...new Set(untold)].sort(compareText))];
  const reasons = new Map<string, string[]>();
  for (const platform of having) {
    const reason = whyUnused(entries, platform, entry);
    reasons.set(reason, [...(reasons.get(reason) ?? []), platform.label]);
  }
  return [deadEntry(entry, reasons)];
}

function isKnown({ names, isKnown: known }: CyclePlatform, name: string): boolean {
  return known[names.indexOf(name)] === 1;
}

/** Why a build of exactly these sources does not use the entry. */
function whyUnused(entries: readonly CycleOrder[], platform: CyclePlatform, { set }: CycleOrder): string {
  const places = set.map((name) => platform.names.indexOf(name));
  const inner = places.map((place) =>
    [...row(platform.needs, place)].filter((need) => places.includes(need)),
  );
  const needsNone = set.filter((_, member) => at(inner, member).length === 0);
  if (needsNone.length > 0) return `${needsNone.join(' ')} needs none of the set`;
  const unneeded = set.filter((_, member) => !inner.some((needs) => needs.includes(at(places, member))));
  if (unneeded.length > 0) return `none of the set needs ${unneeded.join(' ')}`;
  const [first] = simulateCycleOrders(platform, entries, set).groups;
  if (first?.kind !== 'cycle') throw new Error(`BUG: nothing is built of ${set.join(' ')}`);
  return `line ${at(entries, first.entry).location.line} goes first`;
}

/** Sources that an order builds before something that they can't do without; each pair is told for one platform. */
function judgeOrder(entry: CycleOrder, platforms: readonly CyclePlatform[]): readonly LintFinding[] {
  const told = new Set<string>();
  return platforms.flatMap((platform) => {
    const places = entry.order.map((name) => platform.names.indexOf(name));
    return brokenNeeds(platform, places).flatMap(({ from, to, isHard }) => {
      const [name, need] = [at(platform.names, from), at(platform.names, to)];
      if (!isHard || told.has(`${name} ${need}`)) return [];
      told.add(`${name} ${need}`);
      return [brokenHardNeed(entry, name, need, platform.label, platform.explain(from, to))];
    });
  });
}
