import { parseInstant } from '../base/instant.ts';
import type { BuildRecord } from './record.ts';

/** What knows more about a build stands first; other tools come behind. */
const TOOLS: readonly string[] = ['measure', 'run', 'sbuild', 'buildinfo', 'changes'];
/** Their suite is the changelog's. */
const UPLOADS: ReadonlySet<string> = new Set(['buildinfo', 'changes']);
/** What two tools may differ by about when one build began or ended: one begins before it calls the other. */
const TOLERANCE_MS = 10_000;
/** What a command may take about the build that its log tells: making the chroot, checks, cleaning. */
const LONGEST_AROUND_MS = 60_000;

/** Where a tool stands among those that tell of builds; those that know more stand first. */
export function toolRank({ from }: BuildRecord): number {
  const index = TOOLS.indexOf(from.tool);
  return index < 0 ? TOOLS.length : index;
}

/** Whether two records of one source, version and architecture tell of one build. Symmetric and reflexive, not transitive. */
export function isSameBuild(a: BuildRecord, b: BuildRecord): boolean {
  if (!agree(a.kind, b.kind) || !agree(isBuilt(a), isBuilt(b)) || !agree(suiteOf(a), suiteOf(b)))
    return false;
  return a.from.tool === b.from.tool ? isSameByOneTool(a, b) : isSameByTwoTools(a, b);
}

/** What one tool tells of one build it tells in the same way. */
function isSameByOneTool(a: BuildRecord, b: BuildRecord): boolean {
  if (!agree(a.builder, b.builder) || !agree(a.wallMs, b.wallMs)) return false;
  if (!agree(a.startedAt, b.startedAt) || !agree(a.endedAt, b.endedAt)) return false;
  return shareDate(a, b) || isSameByDates(a, b);
}

function shareDate(a: BuildRecord, b: BuildRecord): boolean {
  return (
    (a.startedAt !== undefined && b.startedAt !== undefined) ||
    (a.endedAt !== undefined && b.endedAt !== undefined)
  );
}

function isSameByTwoTools(a: BuildRecord, b: BuildRecord): boolean {
  const [startA, startB] = [msOf(a.startedAt), msOf(b.startedAt)];
  if (startA === undefined || startB === undefined) return isSameByDates(a, b);
  if (Math.abs(startA - startB) > TOLERANCE_MS) return false;
  if (a.wallMs === undefined || b.wallMs === undefined) return agree(a.builder, b.builder);
  const isOuter = (toolRank(a) - toolRank(b) || b.wallMs - a.wallMs) <= 0;
  const outer = isOuter ? { startMs: startA, wallMs: a.wallMs } : { startMs: startB, wallMs: b.wallMs };
  const inner = isOuter ? { startMs: startB, wallMs: b.wallMs } : { startMs: startA, wallMs: a.wallMs };
  // The log's time lies within that of the command.
  if (inner.startMs + inner.wallMs > outer.startMs + outer.wallMs + TOLERANCE_MS) return false;
  // A log names its machine by itself, a plan as it likes: different names alone prove nothing.
  return (
    agree(a.builder, b.builder) ||
    (a.endedAt !== undefined && a.endedAt === b.endedAt) ||
    outer.wallMs <= 2 * inner.wallMs + LONGEST_AROUND_MS
  );
}

/** As far as starts and ends tell when not both starts are known. */
function isSameByDates(a: BuildRecord, b: BuildRecord): boolean {
  const [startA, startB] = [msOf(a.startedAt), msOf(b.startedAt)];
  const [endA, endB] = [msOf(a.endedAt), msOf(b.endedAt)];
  if (endA !== undefined && endB !== undefined) return Math.abs(endA - endB) <= TOLERANCE_MS;
  if (startA !== undefined && endB !== undefined) return lastsUntil(a, startA, endB);
  if (startB !== undefined && endA !== undefined) return lastsUntil(b, startB, endA);
  // One of them has no date: nothing may contradict that it is the same.
  return (
    agree(a.builder, b.builder) &&
    agree(a.wallMs, b.wallMs) &&
    agree(a.packageBytes, b.packageBytes) &&
    agree(a.treeBytes, b.treeBytes)
  );
}

/** A `.buildinfo` or `.changes` is there when it was built; the others know the outcome. */
function isBuilt({ outcome }: BuildRecord): boolean {
  return outcome === 'built';
}

function suiteOf({ from, suite }: BuildRecord): string | undefined {
  return UPLOADS.has(from.tool) ? undefined : suite;
}

function lastsUntil({ wallMs }: BuildRecord, startMs: number, endMs: number): boolean {
  return endMs >= startMs && wallMs !== undefined && endMs <= startMs + wallMs + TOLERANCE_MS;
}

function msOf(instant: string | undefined): number | undefined {
  return instant === undefined ? undefined : parseInstant(instant);
}

/** Whether two values are the same as far as they are known. */
export function agree(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || a === b;
}
