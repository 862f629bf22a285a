import { checkCondition, formatLimit, type Condition } from '../compare/condition.ts';
import { BENCH_METRICS, type BenchMetricName } from './bench-metrics.ts';
import type { BenchCondition, BenchDocument, BenchRow } from './bench-document.ts';
import { dayOf, nameNoise } from './names.ts';

/** A condition on the rows of a plan. */
export type BenchLimit = Condition<BenchMetricName>;

/**
 * The measurement with what its conditions say of each row of the plan's own. A change is held against what the row was before; where
 * there is nothing of the kind, or a figure is not known, the condition is not met; but where builds were given up, what can't be told for
 * that reason is: no guard passes because builds fail.
 */
export function withBenchConditions(measured: BenchDocument, limits: readonly BenchLimit[]): BenchDocument {
  const own = measured.rows.filter(({ policy }) => policy === 'plan');
  const conditions = limits.flatMap((limit) => own.map((row) => checkRow(measured, row, limit)));
  return { ...measured, conditions };
}

function checkRow({ against }: BenchDocument, row: BenchRow, limit: BenchLimit): BenchCondition {
  const { builders, jitter, sizeJitter, arch } = row;
  const { unit, valueOf } = BENCH_METRICS[limit.metric];
  const now = valueOf(row);
  const before = row.before === null ? null : valueOf(row.before);
  const key = { builders, jitter, sizeJitter, arch };
  const place = `${nameRow(row)}: `;
  if (now === null && isLost(row, limit.metric)) {
    const message = `${place}${limit.metric}: not measured, as builds were given up; must not be ${formatLimit(limit)}`;
    return { condition: limit.text, metric: limit.metric, isMet: true, message, ...key };
  }
  if (now === null || (before === null && limit.limit.kind !== 'value')) {
    const message = `${place}${limit.metric}: ${now === null ? 'not measured' : 'nothing to compare with'}`;
    return { condition: limit.text, metric: limit.metric, isMet: false, message, ...key };
  }
  const labels = [nameAgainst(against), 'now'] as const;
  const checked = checkCondition(limit, { unit, values: [before ?? 0, now], labels });
  return { ...checked, message: `${place}${checked.message}`, ...key };
}

/** Whether a figure is not known because builds were given up. */
function isLost({ givenUp }: BenchRow, metric: BenchMetricName): boolean {
  return givenUp > 0 && metric !== 'planning';
}

/** What the value before is called. */
function nameAgainst(against: BenchDocument['against']): string {
  if (against === null) return 'before';
  return against.by === 'last' ? dayOf(against.at) : against.by;
}

/** `arm64, durations and sizes vary by 0.3`. */
function nameRow({ builders, jitter, sizeJitter, arch }: BenchRow): string {
  const parts = [...(builders === 'plan' ? [] : [builders]), ...(arch === null ? [] : [arch])];
  return [...parts, nameNoise(jitter, sizeJitter)].join(', ');
}
