import { beganMs } from '../history/began-ms.ts';
import type { BuildRecord } from '../history/record.ts';
import { unlikeness, type Sighting } from './sightings.ts';
import type { UnitFacts } from './unit-facts.ts';
import { versionVariance } from './version-distance.ts';

/** After so long a build counts half as much as one made when the source was built last. */
export const HALF_LIFE_DAYS = 180;
const DAY_MS = 86_400_000;

/** Between builds of a source for two architectures, of two kinds, with and without tests; for each such difference. */
const OTHER_BUILD_VARIANCE = 0.12 ** 2;

/**
 * Weight of each build of a source by its age: 1 for the newest, half of it for each `HALF_LIFE_DAYS` before. One without a
 * date is taken for one half-life old, where others have one.
 */
export function recencyWeights(records: readonly BuildRecord[]): Float64Array {
  const times = records.map(beganMs);
  const newest = times.reduce<number>((latest, time) => Math.max(latest, time ?? -Infinity), -Infinity);
  return Float64Array.from(times, (time) => {
    if (newest === -Infinity) return 1;
    return 2 ** -(time === undefined ? 1 : (newest - time) / (HALF_LIFE_DAYS * DAY_MS));
  });
}

/** Variance between a build that took place and a unit: another version, architecture, kind or profile. */
export function distanceVariance({ unit }: UnitFacts, { record }: Sighting): number {
  return versionVariance(unit.version, record.version) + unlikeness(unit, record) * OTHER_BUILD_VARIANCE;
}
