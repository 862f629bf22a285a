import { parseInstant } from '../base/instant.ts';
import type { BuildRecord } from './record.ts';

/** When a build began, else when it ended, in ms since 1970; undefined: nobody knows. */
export function beganMs({
  startedAt,
  endedAt,
}: Pick<BuildRecord, 'startedAt' | 'endedAt'>): number | undefined {
  return parseInstant(startedAt ?? endedAt ?? '');
}
