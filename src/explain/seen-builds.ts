import { at } from '../base/column.ts';
import { parseInstant } from '../base/instant.ts';
import type { Observation } from '../estimate/blend.ts';
import type { Sighting } from '../estimate/sightings.ts';
import type { BuildRecord } from '../history/record.ts';
import type { SeenBuild } from './explain-document.ts';

/**
 * Builds of a source as an answer lists them: the newest first, undated ones last.
 * @param observations what each of the sightings says, in their order
 * @param tookBy what the record itself tells
 */
export function seenBuilds(
  sightings: readonly Sighting[],
  observations: readonly Observation[],
  tookBy: (sighting: Sighting) => number,
): readonly SeenBuild[] {
  const all = observations.reduce((sum, { weight, variance }) => sum + weight / variance, 0);
  const builds = sightings.map((sighting, place): SeenBuild => {
    const { record } = sighting;
    const { value, weight, variance } = at(observations, place);
    return {
      version: record.version,
      arch: record.arch,
      builder: record.builder ?? null,
      startedAt: dateOf(record),
      outcome: record.outcome,
      took: tookBy(sighting),
      here: Math.round(Math.exp(value)),
      weight: thousandths(weight / variance / all),
    };
  });
  return builds.sort((a, b) => timeOf(b) - timeOf(a));
}

/** A share as answers show it. */
export function thousandths(share: number): number {
  return Math.round(share * 1000) / 1000;
}

/** When it began, else when it ended; null: nobody knows. */
export function dateOf({ startedAt, endedAt }: BuildRecord): string | null {
  return startedAt ?? endedAt ?? null;
}

function timeOf({ startedAt }: SeenBuild): number {
  return parseInstant(startedAt ?? '') ?? Number.MIN_SAFE_INTEGER;
}
