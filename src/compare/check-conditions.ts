import type {
  CheckedCondition,
  ComparisonCounts,
  ComparisonDocument,
  MetricUnit,
} from './comparison-document.ts';
import { formatChange, formatMetric } from './format-metric.ts';
import { METRICS, type MetricName } from './metrics.ts';

/** What a comparison must not show, such as `makespan>+5%`. */
export interface Condition {
  /** As it was given. */
  readonly text: string;
  readonly metric: MetricName | CountName;
  readonly operator: Operator;
  readonly limit: Limit;
}

export type Operator = '>' | '>=' | '<' | '<=';

/** What the metric's value on the right, or how it changes from left to right, is held against. */
export type Limit =
  /** In the metric's unit. */
  | { readonly kind: 'value'; readonly value: number }
  /** Right minus left, in the metric's unit; shares in points. */
  | { readonly kind: 'change'; readonly value: number }
  /** Right minus left, in percent of the left. */
  | { readonly kind: 'relative'; readonly percent: number };

/** What conditions can name beside `METRICS`: these belong to no side and have a value only. */
export const COUNTS = {
  lost: { describe: 'units that only the left builds', count: ({ lone }) => lone[0] },
  gained: { describe: 'units that only the right builds', count: ({ lone }) => lone[1] },
  changed: { describe: 'units that are not planned alike', count: ({ changed }) => changed },
} as const satisfies Readonly<Record<string, Count>>;

interface Count {
  readonly describe: string;
  readonly count: (counts: ComparisonCounts) => number;
}

export type CountName = keyof typeof COUNTS;

/** The unit of what a condition can name. */
export function unitOf(metric: Condition['metric']): MetricUnit {
  return isCount(metric) ? 'count' : METRICS[metric].unit;
}

/** Whether it has a value only, and no change from left to right. */
export function isCount(metric: Condition['metric']): metric is CountName {
  return Object.hasOwn(COUNTS, metric);
}

/** The comparison with what its conditions say of it. */
export function withConditions(
  document: ComparisonDocument,
  conditions: readonly Condition[],
): ComparisonDocument {
  return { ...document, conditions: conditions.map((condition) => check(document, condition)) };
}

function check(document: ComparisonDocument, condition: Condition): CheckedCondition {
  const { text, metric, operator, limit } = condition;
  const [left, right] = valuesOf(document, metric);
  const isMet = COMPARE[operator](excess(limit, left, right), 0);
  const message = isCount(metric)
    ? `${metric}: ${String(right)}; must not be ${formatLimit(condition)}`
    : `${metric}: ${describe(document, condition, [left, right])}; must not be ${formatLimit(condition)}`;
  return { condition: text, metric, isMet, message };
}

const COMPARE: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

function valuesOf(
  { metrics, counts }: ComparisonDocument,
  metric: Condition['metric'],
): readonly [number, number] {
  if (isCount(metric)) return [0, COUNTS[metric].count(counts)];
  const found = metrics.find(({ name }) => name === metric);
  if (found === undefined) throw new Error(`BUG: ${metric} was not measured`);
  return found.values;
}

/** How far above the limit; 0 at it. Without division, so that a left of 0 has changes too. Shares have six digits. */
function excess(limit: Limit, left: number, right: number): number {
  switch (limit.kind) {
    case 'value':
      return tidy(right - limit.value);
    case 'change':
      return tidy(right - left - limit.value);
    case 'relative':
      return tidy((right - left) * 100 - limit.percent * left);
  }
}

/** Without what binary fractions leave behind. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function describe(
  { sides }: ComparisonDocument,
  { metric, limit }: Condition,
  [left, right]: readonly [number, number],
): string {
  const unit = unitOf(metric);
  const value = formatMetric(unit, right);
  if (limit.kind === 'value') return `${value} (${sides[1].label})`;
  const change = formatChange(unit, right - left);
  const percent = limit.kind === 'relative' ? `${formatPercent(left, right, limit.percent)}, ` : '';
  return `${formatMetric(unit, left)} (${sides[0].label}), ${value} (${sides[1].label}): ${percent}${change}`;
}

/** With as many digits as it takes to tell the change from the limit. */
function formatPercent(left: number, right: number, limit: number): string {
  if (left === 0) return right === 0 ? '0 %' : 'from nothing';
  const percent = ((right - left) / left) * 100;
  let digits = 1;
  while (digits < 6 && percent !== limit && Number(percent.toFixed(digits)) === limit) digits++;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(digits)} %`;
}

function formatLimit({ text, metric }: Condition): string {
  return text.replaceAll(/\s+/g, '').slice(metric.length);
}
