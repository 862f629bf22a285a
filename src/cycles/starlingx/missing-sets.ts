import { at } from '../../base/column.ts';
import { compareText } from '../../base/compare.ts';
import { row } from '../../base/csr.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { CycleOrder, CycleOrderText } from '../../parse/starlingx/cycle-orders.ts';
import { connectedSets, type ConnectedSetLimits } from './connected-sets.ts';
import { missingSet, missingSubsets, type MissingParts } from './lint-diagnostics.ts';
import type { CyclePlatform } from './platform.ts';
import { simulateCycleOrders } from './simulate.ts';

/**
 * The sets for want of which builds of whole platforms stop, then those for want of which builds of some sources do.
 * What several platforms lack alike is told once.
 */
export function findMissing(
  entries: readonly CycleOrder[],
  platforms: readonly CyclePlatform[],
  limits: ConnectedSetLimits,
): readonly Diagnostic[] {
  const wholes = new Map<string, string[]>();
  const parts = new Map<string, { readonly labels: string[]; readonly missing: MissingParts }>();
  for (const platform of platforms) {
    const sets = findMissingSets(entries, platform);
    for (const set of sets) {
      const key = set.join(' ');
      wholes.set(key, [...(wholes.get(key) ?? []), platform.label]);
    }
    for (const missing of findMissingParts(entries, platform, sets, limits)) {
      const key = [missing.component, ...missing.parts].join('\n');
      const known = parts.get(key);
      if (known === undefined) parts.set(key, { labels: [platform.label], missing });
      else known.labels.push(platform.label);
    }
  }
  return [
    ...[...wholes].map(([set, labels]) => missingSet(labels, set)),
    ...[...parts.values()].map(({ labels, missing }) => missingSubsets(labels, missing)),
  ];
}

/** The sets for want of which a build of the whole platform stops, one after the other. */
function findMissingSets(
  entries: readonly CycleOrder[],
  platform: CyclePlatform,
): readonly (readonly string[])[] {
  const missing: CycleOrderText[] = [];
  for (;;) {
    const { stuck } = simulateCycleOrders(platform, [...entries, ...missing]);
    const set = bottomOf(platform, stuck);
    if (set === undefined) break;
    missing.push({ set, order: set, comments: [] });
  }
  return missing.map(({ set }) => set);
}

/** The lowest set of sources, among those given, that need each other and nothing else that is given. */
function bottomOf(platform: CyclePlatform, names: readonly string[]): readonly string[] | undefined {
  const given = new Set(names.map((name) => platform.names.indexOf(name)));
  const closures = [...given].map((start) => {
    const reached = new Set<number>();
    const follow = (from: number): void => {
      for (const need of row(platform.needs, from)) if (given.has(need)) reached.add(need);
    };
    follow(start);
    for (const need of reached) follow(need);
    return [...reached];
  });
  const smallest = closures.reduce<readonly number[] | undefined>(
    (least, closure) => (least === undefined || closure.length < least.length ? closure : least),
    undefined,
  );
  return smallest?.map((place) => at(platform.names, place)).sort(compareText);
}

/** @param told sets that a build of everything misses already */
function findMissingParts(
  entries: readonly CycleOrder[],
  platform: CyclePlatform,
  told: readonly (readonly string[])[],
  limits: ConnectedSetLimits,
): readonly MissingParts[] {
  const known = new Set([...entries.map(({ set }) => set), ...told].map((set) => set.join(' ')));
  return connectedSets(platform, limits).flatMap(({ members, sets, completeSize }) => {
    const texts = sets.map((set) => set.map((place) => at(platform.names, place)).join(' '));
    const component = [...members].map((place) => at(platform.names, place)).join(' ');
    const parts = texts.filter((text) => !known.has(text));
    const isComplete = completeSize === members.length;
    return parts.length === 0 ? [] : [{ component, parts, count: sets.length, isComplete }];
  });
}
