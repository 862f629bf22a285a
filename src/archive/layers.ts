import { compareText } from '../base/compare.ts';
import { UserError, type Report } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { SourcePackage } from '../debian/package.ts';
import { layersWithoutEffect, noSuchLayer, unknownLayer } from './diagnostics.ts';

/** StarlingX's layers, earliest first: what an unadorned tree is taken to mean. */
const STARLINGX_LAYERS: readonly string[] = ['compiler', 'distro', 'flock', 'openstack'];

/**
 * The place of each layer in the order in which layers are built; 0 is the earliest.
 * @param present the layers that occur, in any order, doubles allowed
 * @param given `--layers`; empty: StarlingX's own order
 * @returns a rank for every layer that occurs; one without a place comes last, by name, and is reported
 */
export function rankLayers(
  present: Iterable<string>,
  given: readonly string[],
  report: Report,
): ReadonlyMap<string, number> {
  const order = given.length > 0 ? given : STARLINGX_LAYERS;
  const rank = new Map(order.map((layer, index) => [layer, index]));
  for (const layer of [...new Set(present)].sort(compareText)) {
    if (rank.has(layer)) continue;
    report(unknownLayer(layer, `after ${[...rank.keys()].at(-1) ?? 'all others'}`));
    rank.set(layer, rank.size);
  }
  return rank;
}

/**
 * Refuses an order of layers that names none that occur, or beside one that doesn't misses one that does: a name is misspelt. An
 * order may name more layers than a part of a tree has.
 * @param given `--layers`
 * @throws UserError
 */
export function refuseStrangeLayers(given: readonly string[], sources: readonly SourcePackage[]): void {
  if (given.length === 0) return;
  const present = new Set(sources.flatMap(({ layer }) => (layer === undefined ? [] : [layer])));
  if (present.size === 0) throw new UserError([layersWithoutEffect(given)]);
  const unknown = given.filter((layer) => !present.has(layer));
  const unplaced = [...present].filter((layer) => !given.includes(layer)).sort(compareText);
  if (unplaced.length === 0) return;
  const known = [...present].sort(compareText);
  const told = unknown.map((layer) => noSuchLayer(layer, known, nearestName(layer, unplaced)));
  if (told.length > 0) throw new UserError(told);
}

/** Build types in the order in which StarlingX builds them: std, then the others by name. */
export function compareBuildTypes(a: string, b: string): number {
  return Number(a !== 'std') - Number(b !== 'std') || compareText(a, b);
}
