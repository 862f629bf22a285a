import { at } from '../base/column.ts';
import type { BenchDocument, BenchRow } from '../benchmark/bench-document.ts';
import { findDifference, lastComparable, withBefore } from '../benchmark/compare-benches.ts';
import { dayOf } from '../benchmark/names.ts';
import { benchTables, titleTable } from '../emit/bench/bench-tables.ts';
import type { BenchPoint, ReportBench } from './report-bench.ts';

/** Two months of nights. */
const MOST_POINTS = 60;

/**
 * What the page is told of the benches of a file: the last one of a plan that is shown, else the last one, held against the comparable one
 * before it.
 * @param benches at least one, in the order of the file
 * @param plans what the files of the plans are called
 */
export function makeReportBench(
  label: string,
  benches: readonly BenchDocument[],
  plans: readonly string[],
): ReportBench {
  const own = benches.findLastIndex(({ subject }) => plans.includes(subject.name));
  const place = own < 0 ? benches.length - 1 : own;
  const latest = at(benches, place);
  const earlier = benches.slice(0, place);
  const before = lastComparable(latest, earlier);
  const compared = before === undefined ? latest : withBefore(latest, before);
  const comparable = [...earlier.filter((other) => findDifference(latest, other) === undefined), latest];
  return {
    label,
    measured: latest.at === null ? null : `${dayOf(latest.at)} UTC`,
    subject: latest.subject,
    planning: latest.planning,
    tables: benchTables(compared).map((table) => ({
      title: titleTable(table),
      rows: [...table.whole, ...table.archs.flat()],
    })),
    trend: comparable.map(pointOf).slice(-MOST_POINTS),
  };
}

function pointOf(bench: BenchDocument, index: number, all: readonly BenchDocument[]): BenchPoint {
  const { makespanMs, lowerBoundMs, gap }: BenchRow = at(bench.rows, 0);
  const inputs = all[index - 1]?.subject.inputsSha256;
  return {
    measured: bench.at === null ? null : `${dayOf(bench.at)} UTC`,
    ...{ makespanMs, lowerBoundMs, gap },
    hasSameInputs: inputs === undefined || inputs === bench.subject.inputsSha256,
  };
}
