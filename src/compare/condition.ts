import { sixDecimals } from '../base/ratio.ts';
import type { CheckedCondition, MetricUnit, Pair } from './comparison-document.ts';
import { formatChange, formatMetric } from './format-metric.ts';

/** What must not be seen of something that is measured, such as `makespan>+5%`. */
export interface Condition<Name extends string = string> {
  /** As it was given. */
  readonly text: string;
  readonly metric: Name;
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

/** What conditions may name. */
export interface Vocabulary<Name extends string> {
  /** In the order in which they are listed. */
  readonly names: readonly string[];
  readonly isName: (text: string) => text is Name;
  readonly unitOf: (name: Name) => MetricUnit;
  /** Whether it has a value only, and no change from left to right. */
  readonly isCount: (name: Name) => boolean;
}

/** What a condition is held against: a metric's values on the left and the right, and what these are called. */
export interface ConditionSides {
  readonly unit: MetricUnit;
  readonly values: Pair<number>;
  readonly labels: Pair<string>;
}

/** Whether a condition is so, and a message that says by how much. */
export function checkCondition(condition: Condition, sides: ConditionSides): CheckedCondition {
  const message = `${condition.metric}: ${describe(condition.limit, sides)}; must not be ${formatLimit(condition)}`;
  return { condition: condition.text, metric: condition.metric, isMet: isMet(condition, sides), message };
}

/** The same of what belongs to no side. */
export function checkCount(condition: Condition, value: number): CheckedCondition {
  const sides: ConditionSides = { unit: 'count', values: [0, value], labels: ['', ''] };
  const message = `${condition.metric}: ${String(value)}; must not be ${formatLimit(condition)}`;
  return { condition: condition.text, metric: condition.metric, isMet: isMet(condition, sides), message };
}

function isMet({ operator, limit }: Condition, { values: [left, right] }: ConditionSides): boolean {
  return COMPARE[operator](excess(limit, left, right), 0);
}

const COMPARE: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

/** How far above the limit; 0 at it. Without division, so that a left of 0 has changes too. Shares have six digits. */
function excess(limit: Limit, left: number, right: number): number {
  switch (limit.kind) {
    case 'value':
      return sixDecimals(right - limit.value);
    case 'change':
      return sixDecimals(right - left - limit.value);
    case 'relative':
      return sixDecimals((right - left) * 100 - limit.percent * left);
  }
}

function describe(limit: Limit, { unit, values: [left, right], labels }: ConditionSides): string {
  const value = formatMetric(unit, right);
  if (limit.kind === 'value') return `${value} (${labels[1]})`;
  const change = formatChange(unit, right - left);
  const percent = limit.kind === 'relative' ? `${formatPercent(left, right, limit.percent)}, ` : '';
  return `${formatMetric(unit, left)} (${labels[0]}), ${value} (${labels[1]}): ${percent}${change}`;
}

/** With as many digits as it takes to tell the change from the limit. */
function formatPercent(left: number, right: number, limit: number): string {
  if (left === 0) return right === 0 ? '0 %' : 'from nothing';
  const percent = ((right - left) / left) * 100;
  let digits = 1;
  while (digits < 6 && percent !== limit && Number(percent.toFixed(digits)) === limit) digits++;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(digits)} %`;
}

/** `>+5%`. */
export function formatLimit({ text, metric }: Condition): string {
  return text.replaceAll(/\s+/g, '').slice(metric.length);
}
