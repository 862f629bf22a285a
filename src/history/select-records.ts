import type { BuildOutcome, BuildRecord } from './record.ts';

/** Which records are wanted; an empty list asks for nothing. */
export interface RecordFilter {
  readonly sources: readonly { readonly name: string; readonly version: string | undefined }[];
  readonly architectures: readonly string[];
  readonly builders: readonly string[];
  readonly outcomes: readonly BuildOutcome[];
  /** As in a record; both ends count. Undated records lie outside. */
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Whether a record meets all that is asked. */
export function matchesFilter(record: BuildRecord, filter: RecordFilter): boolean {
  const { sources, architectures, builders, outcomes, since, until } = filter;
  const date = dateOf(record);
  return (
    isWanted(
      sources,
      ({ name, version }) => name === record.source && (version ?? record.version) === record.version,
    ) &&
    isWanted(architectures, (arch) => arch === record.arch) &&
    isWanted(builders, (builder) => builder === record.builder) &&
    isWanted(outcomes, (outcome) => outcome === record.outcome) &&
    (since === undefined || (date !== undefined && date >= since)) &&
    (until === undefined || (date !== undefined && date <= until))
  );
}

/** What goes when a history is pruned. */
export interface PruneRule {
  /** The newest built records of each source and architecture that stay; undefined: `before` alone decides. */
  readonly keep: number | undefined;
  /** Only older ones go; undated ones stay. */
  readonly before: string | undefined;
}

/**
 * Parts the records that stay from those that go: those that match the filter, lie before the date, and are not among the newest of
 * their source and architecture. Builds that failed stay as long as they are newer than the oldest built one that stays, and no
 * more of them than of the built ones: they never take a built one's place.
 * @param records in the order of `compareRecords`
 */
export function pruneRecords(
  records: readonly BuildRecord[],
  filter: RecordFilter,
  { keep, before }: PruneRule,
): { readonly kept: readonly BuildRecord[]; readonly dropped: readonly BuildRecord[] } {
  const seen = new Map<string, { built: number; failed: number }>();
  const dropped = new Set<BuildRecord>();
  for (const record of [...records].reverse()) {
    if (!matchesFilter(record, filter)) continue;
    const key = `${record.source}/${record.arch}`;
    const newer = seen.get(key) ?? { built: 0, failed: 0 };
    seen.set(key, newer);
    const isBuilt = record.outcome === 'built';
    const isNewest = newer.built < (keep ?? 0) && (isBuilt || newer.failed < (keep ?? 0));
    newer[isBuilt ? 'built' : 'failed']++;
    const date = dateOf(record);
    const isOld = before === undefined || (date !== undefined && date < before);
    if (isOld && !isNewest) dropped.add(record);
  }
  return {
    kept: records.filter((record) => !dropped.has(record)),
    dropped: records.filter((record) => dropped.has(record)),
  };
}

function dateOf({ startedAt, endedAt }: BuildRecord): string | undefined {
  return startedAt ?? endedAt;
}

function isWanted<T>(wanted: readonly T[], matches: (one: T) => boolean): boolean {
  return wanted.length === 0 || wanted.some(matches);
}
