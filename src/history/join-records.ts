import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { parseInstant } from '../base/instant.ts';
import { compareRecords } from './compare-records.ts';
import { formatRecord } from './format-record.ts';
import type { BuildRecord } from './record.ts';

/** What knows more about a build stands first; other tools come behind. */
const TOOLS: readonly string[] = ['measure', 'run', 'sbuild', 'buildinfo', 'changes'];
/** What two tools may differ by about when one build began or ended: one begins before it calls the other. */
const TOLERANCE_MS = 10_000;

/**
 * Joins the records that tell of one build: the same line twice, a log and what `measure` saw of it, a log and its
 * `.buildinfo` or `.changes`. The one of the better tool, then with more fields, wins; what it lacks comes from the others. Whatever the order of the
 * records: the same result, sorted by `compareRecords`. O(n log n)
 */
export function joinRecords(records: readonly BuildRecord[]): readonly BuildRecord[] {
  const groups = new Map<string, BuildRecord[]>();
  for (const record of records) {
    const key = `${record.source}_${record.version}_${record.arch}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()].flatMap(joinGroup).sort(compareRecords);
}

/** Whether two records of one source, version and architecture tell of one build. Symmetric, not transitive. */
export function isSameBuild(a: BuildRecord, b: BuildRecord): boolean {
  if (!agree(a.kind, b.kind) || !agree(isBuilt(a), isBuilt(b))) return false;
  const isOneTool = a.from.tool === b.from.tool;
  if (isOneTool && !agree(a.builder, b.builder)) return false;
  const [startA, startB] = [msOf(a.startedAt), msOf(b.startedAt)];
  const [endA, endB] = [msOf(a.endedAt), msOf(b.endedAt)];
  const tolerance = isOneTool ? 0 : TOLERANCE_MS;
  if (startA !== undefined && startB !== undefined) return Math.abs(startA - startB) <= tolerance;
  if (endA !== undefined && endB !== undefined) return Math.abs(endA - endB) <= tolerance;
  if (startA !== undefined && endB !== undefined) return lastsUntil(a, startA, endB);
  if (startB !== undefined && endA !== undefined) return lastsUntil(b, startB, endA);
  // One of them has no date: nothing may contradict that it is the same.
  return (
    agree(a.wallMs, b.wallMs) && agree(a.packageBytes, b.packageBytes) && agree(a.treeBytes, b.treeBytes)
  );
}

function joinGroup(group: readonly BuildRecord[]): readonly BuildRecord[] {
  if (group.length === 1) return group;
  const builds: BuildRecord[] = [];
  // Undated records last: they join a build that is there already.
  const ordered = [...group].sort((a, b) => datelessness(a) - datelessness(b) || compareRecords(a, b));
  for (const record of ordered) {
    const from = Math.max(0, builds.length - NEIGHBOURS);
    const found = builds.findIndex((build, index) => index >= from && isSameBuild(build, record));
    if (found >= 0) builds[found] = joinTwo(at(builds, found), record);
    else builds.push(record);
  }
  return builds;
}

/** Records of one build stand near each other by date: so many builds back one is looked for. */
const NEIGHBOURS = 64;

/** The fuller record with what it lacks from the other. */
function joinTwo(a: BuildRecord, b: BuildRecord): BuildRecord {
  const [first, second] = [a, b].sort(compareFullness);
  const winner = first ?? a;
  const other = second ?? b;
  const sizes = agree(winner.holds, other.holds) ? [winner, other] : [winner];
  const endBytes = firstKnown(sizes.map((record) => record.endBytes));
  const peakBytes = firstKnown(sizes.map((record) => record.peakBytes));
  const others = new Map([...(other.others ?? []), ...(winner.others ?? [])]);
  return {
    ...other,
    ...known(winner),
    holds: winner.holds ?? (endBytes === undefined && peakBytes === undefined ? undefined : other.holds),
    endBytes,
    // A sampler may miss the moment of the peak, but not the end.
    peakBytes: peakBytes === undefined ? undefined : Math.max(peakBytes, endBytes ?? 0),
    others: others.size === 0 ? undefined : new Map([...others].sort(([x], [y]) => compareText(x, y))),
  };
}

/** The record without what it doesn't know. */
function known(record: BuildRecord): BuildRecord {
  const left = Object.entries(record).filter(([, value]) => value !== undefined);
  const { schema, source, version, arch, outcome, from } = record;
  return { ...Object.fromEntries(left), schema, source, version, arch, outcome, from };
}

function compareFullness(a: BuildRecord, b: BuildRecord): number {
  return rank(a) - rank(b) || fieldCount(b) - fieldCount(a) || compareText(formatRecord(a), formatRecord(b));
}

function rank({ from }: BuildRecord): number {
  const index = TOOLS.indexOf(from.tool);
  return index < 0 ? TOOLS.length : index;
}

function fieldCount(record: BuildRecord): number {
  return Object.values(record).filter((value) => value !== undefined).length;
}

/** A `.buildinfo` or `.changes` is there when it was built; the others know the outcome. */
function isBuilt({ outcome }: BuildRecord): boolean {
  return outcome === 'built';
}

function lastsUntil({ wallMs }: BuildRecord, startMs: number, endMs: number): boolean {
  return endMs >= startMs && wallMs !== undefined && endMs <= startMs + wallMs + TOLERANCE_MS;
}

function datelessness({ startedAt, endedAt }: BuildRecord): number {
  return startedAt === undefined && endedAt === undefined ? 1 : 0;
}

function msOf(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : parseInstant(instant);
}

function agree(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || a === b;
}

function firstKnown(values: readonly (number | undefined)[]): number | undefined {
  return values.find((value) => value !== undefined);
}
