import { compareText } from '../base/compare.ts';
import type { Report } from '../base/diagnostic.ts';
import { unknownLayer } from './diagnostics.ts';

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

/** Build types in the order in which StarlingX builds them: std, then the others by name. */
export function compareBuildTypes(a: string, b: string): number {
  return Number(a !== 'std') - Number(b !== 'std') || compareText(a, b);
}
