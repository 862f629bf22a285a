import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import type { BenchRow, BenchRowKey } from './bench-document.ts';

/** Rows as documents have them: by builders (the plan's own first), jitter, architecture; then the plan's own, the shortest first. */
export function sortRows(rows: readonly BenchRow[]): readonly BenchRow[] {
  return [...rows].sort(compareRows);
}

/** A total order: no two rows of a document have the same key. */
function compareRows(a: BenchRow, b: BenchRow): number {
  return firstDifference(
    Number(a.builders !== 'plan') - Number(b.builders !== 'plan'),
    compareText(a.builders, b.builders),
    compareJitter(a.jitter, b.jitter),
    compareJitter(a.sizeJitter, b.sizeJitter),
    compareText(a.arch ?? '', b.arch ?? ''),
    Number(a.policy !== 'plan') - Number(b.policy !== 'plan'),
    compareNumber(a.makespanMs, b.makespanMs),
    compareText(a.policy, b.policy),
  );
}

/** Numbers, then what estimates say. */
function compareJitter(a: BenchRow['jitter'], b: BenchRow['jitter']): number {
  const rank = (jitter: BenchRow['jitter']): number => (jitter === 'estimates' ? Number.MAX_VALUE : jitter);
  return compareNumber(rank(a), rank(b));
}

/** A row's key as one text. */
export function rowKey({ builders, jitter, sizeJitter, arch, policy }: BenchRowKey): string {
  return JSON.stringify([builders, jitter, sizeJitter, arch, policy]);
}
