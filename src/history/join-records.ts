import { at } from '../base/column.ts';
import { compareText } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import { compareRecords } from './compare-records.ts';
import { findContradiction } from './find-contradiction.ts';
import { formatRecord } from './format-record.ts';
import { agree, isSameBuild, toolRank } from './is-same-build.ts';
import type { BuildRecord } from './record.ts';
import { versionKey } from './version-key.ts';

/**
 * Joins the records that tell of one build: the same line twice, a log and what `measure` saw of it, a log and its
 * `.buildinfo` or `.changes`. The one of the better tool, then with more fields, wins; what it lacks comes from the others.
 * Whatever the order of the records: the same result, sorted by `compareRecords`. O(n log n)
 * @example
 * const text = await readFile('history.jsonl', 'utf8');
 * const records = parseHistory(text, 'history.jsonl', console.warn);
 * joinRecords([...records, ...records]).length; // → 1
 */
export function joinRecords(records: readonly BuildRecord[]): readonly BuildRecord[] {
  return [...groupBy(records, versionKey).values()].flatMap(joinGroup).sort(compareRecords);
}

/** Joins until nothing is left to join: what two records tell together may fit a third. Each round ends or leaves fewer. */
function joinGroup(group: readonly BuildRecord[]): readonly BuildRecord[] {
  let builds = group;
  for (let before = Infinity; builds.length < before && builds.length > 1;) {
    before = builds.length;
    builds = joinRound(builds);
  }
  return builds;
}

function joinRound(group: readonly BuildRecord[]): readonly BuildRecord[] {
  const builds: BuildRecord[] = [];
  // Undated records last: they join a build that is there already.
  const ordered = [...group].sort((a, b) => datelessness(a) - datelessness(b) || compareRecords(a, b));
  for (const [place, record] of ordered.entries()) {
    // The same line twice.
    if (place > 0 && compareRecords(at(ordered, place - 1), record) === 0) continue;
    const from = Math.max(0, builds.length - NEIGHBOURS);
    const found = builds.findIndex((build, index) => index >= from && isSameBuild(build, record));
    if (found >= 0) builds[found] = joinTwo(at(builds, found), record);
    else builds.push(record);
  }
  return builds;
}

/** Records of one build stand near each other by date: so many builds back one is looked for. */
const NEIGHBOURS = 64;

/** The fuller record with what it lacks from the other, as far as it does not contradict that. */
function joinTwo(a: BuildRecord, b: BuildRecord): BuildRecord {
  const [first, second] = [a, b].sort(compareFullness);
  const winner = first ?? a;
  const other = second ?? b;
  const sizes = agree(winner.holds, other.holds) ? [winner, other] : [winner];
  const endBytes = firstKnown(sizes.map((record) => record.endBytes));
  const peakBytes = firstKnown(sizes.map((record) => record.peakBytes));
  const others = new Map([...(other.others ?? []), ...(winner.others ?? [])]);
  const joined: BuildRecord = {
    ...other,
    ...known(winner),
    holds: winner.holds ?? (endBytes === undefined && peakBytes === undefined ? undefined : other.holds),
    endBytes,
    // A sampler may miss the moment of the peak, but not the end.
    peakBytes: peakBytes === undefined ? undefined : Math.max(peakBytes, endBytes ?? 0),
    others: others.size === 0 ? undefined : new Map([...others].sort(([x], [y]) => compareText(x, y))),
  };
  return withoutContradictions(joined, winner);
}

/** Leaves out the values that contradict others, those that the better record lacks first. */
function withoutContradictions(joined: BuildRecord, winner: BuildRecord): BuildRecord {
  let left = joined;
  for (let found = findContradiction(left); found !== undefined; found = findContradiction(left)) {
    const { name, among } = found;
    const fields = left;
    const poorer = among.filter((field) => fields[field] !== undefined && winner[field] === undefined);
    for (const field of poorer.length === 0 ? [name] : poorer) left = { ...left, [field]: undefined };
  }
  return left;
}

/** The record without what it doesn't know. */
function known(record: BuildRecord): BuildRecord {
  const left = Object.entries(record).filter(([, value]) => value !== undefined);
  const { schema, source, version, arch, outcome, from } = record;
  return { ...Object.fromEntries(left), schema, source, version, arch, outcome, from };
}

function compareFullness(a: BuildRecord, b: BuildRecord): number {
  return (
    toolRank(a) - toolRank(b) ||
    fieldCount(b) - fieldCount(a) ||
    compareText(formatRecord(a), formatRecord(b))
  );
}

function fieldCount(record: BuildRecord): number {
  return Object.values(record).filter((value) => value !== undefined).length;
}

function datelessness({ startedAt, endedAt }: BuildRecord): number {
  return startedAt === undefined && endedAt === undefined ? 1 : 0;
}

function firstKnown(values: readonly (number | undefined)[]): number | undefined {
  return values.find((value) => value !== undefined);
}
