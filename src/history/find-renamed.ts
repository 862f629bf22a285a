import type { BuildRecord } from './record.ts';

/** Builds that are new, and those that are known as built on a machine of another name. */
export interface Renamed {
  readonly fresh: readonly BuildRecord[];
  /** The name in the history → how many builds; in the order in which they were learned. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

/**
 * Tells what is known under another builder's name: the same log was learned with another `--builder`. Two machines that build
 * the same in the same second are told apart by how long they took.
 * @param fresh what no record of the same builder tells of
 */
export function findRenamed(history: readonly BuildRecord[], fresh: readonly BuildRecord[]): Renamed {
  const byStart = new Map<string, BuildRecord>();
  for (const record of history) {
    const key = keyOf(record);
    if (key !== undefined && !byStart.has(key)) byStart.set(key, record);
  }
  const elsewhere = new Map<string, number>();
  const left = fresh.filter((record) => {
    const key = keyOf(record);
    const builder = key === undefined ? undefined : byStart.get(key)?.builder;
    if (builder === undefined || builder === record.builder) return true;
    elsewhere.set(builder, (elsewhere.get(builder) ?? 0) + 1);
    return false;
  });
  return { fresh: left, elsewhere };
}

function keyOf(record: BuildRecord): string | undefined {
  const { source, version, arch, kind, outcome, startedAt, endedAt, wallMs, from } = record;
  if (startedAt === undefined && endedAt === undefined) return undefined;
  const isBuilt = outcome === 'built';
  return [source, version, arch, kind, isBuilt, startedAt, endedAt, wallMs, from.tool].join(' ');
}
