import { stableJson } from '../base/stable-json.ts';
import type { Against, BenchDocument, BenchFigures, BenchRow } from './bench-document.ts';
import { rowKey } from './sort-rows.ts';

/** The last of some measurements that can be compared with this one: of the same plan or inputs by name, and the same settings. */
export function lastComparable(
  measured: BenchDocument,
  earlier: readonly BenchDocument[],
): BenchDocument | undefined {
  return earlier.findLast((other) => findDifference(measured, other) === undefined);
}

/** In what one measurement can't be compared with another, in words; undefined: it can. */
export function findDifference(measured: BenchDocument, other: BenchDocument): string | undefined {
  if (other.subject.name !== measured.subject.name) return `it is of ${other.subject.name}`;
  const ours = new Map(measured.settings.map(({ name, value }) => [name, value]));
  const theirs = new Map(other.settings.map(({ name, value }) => [name, value]));
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [before = 'unknown', now = 'unknown'] = [theirs.get(name), ours.get(name)];
    if (before !== now) return `its ${name} is ${before}, now ${now}`;
  }
  return hasSameBuilders(measured, other, 'plan') ? undefined : 'it has other builders';
}

/** The measurement with what each of its rows was in another; a row that was measured otherwise there has none. */
export function withBefore(
  measured: BenchDocument,
  other: BenchDocument,
  by: Against = 'last',
): BenchDocument {
  const sameSets = new Set(
    measured.builderSets.map(({ name }) => name).filter((name) => hasSameBuilders(measured, other, name)),
  );
  const byKey = new Map(other.rows.map((row) => [rowKey(row), row]));
  const before = (row: BenchRow): BenchFigures | null => {
    const found = byKey.get(rowKey(row));
    if (found?.runs !== row.runs || !sameSets.has(row.builders)) return null;
    return figuresOf(found);
  };
  const hasSameInputs = other.subject.inputsSha256 === measured.subject.inputsSha256;
  return {
    ...measured,
    rows: measured.rows.map((row) => ({ ...row, before: before(row) })),
    against: { by, at: other.at, hasSameInputs },
  };
}

/** The measurement as its history has it: a line that says nothing of other lines, but whether its conditions refused it. */
export function formatBenchLine(measured: BenchDocument): string {
  const rows = measured.rows.map((row) => ({ ...row, before: null }));
  return `${JSON.stringify({ ...measured, rows, against: null })}\n`;
}

/** Whether a set of builders is the same in both. */
export function hasSameBuilders(a: BenchDocument, b: BenchDocument, name: string): boolean {
  return buildersOf(a, name) === buildersOf(b, name);
}

function buildersOf({ builderSets }: BenchDocument, name: string): string {
  return stableJson(builderSets.find((set) => set.name === name)?.builders ?? null);
}

/** What can be compared of a row. */
export function figuresOf(row: BenchRow): BenchFigures {
  const { makespanMs, p95Ms, lowerBoundMs, gap, slotUse, ramUse, givenUp, planningMs } = row;
  return { makespanMs, p95Ms, lowerBoundMs, gap, slotUse, ramUse, givenUp, planningMs };
}
