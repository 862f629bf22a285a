import { groupBy } from '../base/group-by.ts';
import { formatRecord } from './format-record.ts';
import { isSameBuild } from './is-same-build.ts';
import { joinRecords } from './join-records.ts';
import type { BuildRecord } from './record.ts';
import { versionKey } from './version-key.ts';

/** What a history lacks. */
export interface News {
  /** Builds that it doesn't know. */
  readonly fresh: readonly BuildRecord[];
  /** Builds that it knows less of. */
  readonly completing: readonly BuildRecord[];
  /** How many builds it knows as well. */
  readonly known: number;
}

/**
 * Compares what was learned with what a history knows.
 * @param history both joined by `joinRecords`
 * @returns in the order of `learned`. O(history + learned × builds of the same version)
 */
export function findNews(history: readonly BuildRecord[], learned: readonly BuildRecord[]): News {
  const byVersion = groupBy(history, versionKey);
  const fresh: BuildRecord[] = [];
  const completing: BuildRecord[] = [];
  for (const record of learned) {
    const same = byVersion.get(versionKey(record))?.find((other) => isSameBuild(record, other));
    if (same === undefined) fresh.push(record);
    else if (tellsMore(record, same)) completing.push(record);
  }
  return { fresh, completing, known: learned.length - fresh.length - completing.length };
}

/** Whether a record adds to what is known of its build; from which file is no matter. */
function tellsMore(record: BuildRecord, known: BuildRecord): boolean {
  const [joined, more] = joinRecords([known, record]);
  if (joined === undefined || more !== undefined) return true;
  return formatRecord({ ...joined, from: known.from }) !== formatRecord(known);
}
