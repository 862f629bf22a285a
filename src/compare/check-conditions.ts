import type { CheckedCondition, ComparisonCounts, ComparisonDocument } from './comparison-document.ts';
import { checkCondition, checkCount, type Condition, type Vocabulary } from './condition.ts';
import { METRICS, type MetricName } from './metrics.ts';

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

/** What can be said of a comparison. */
export type ComparisonCondition = Condition<MetricName | CountName>;

/** What conditions on comparisons can name. */
export const COMPARISON_VOCABULARY: Vocabulary<MetricName | CountName> = {
  names: [...Object.keys(METRICS), ...Object.keys(COUNTS)],
  isName,
  unitOf: (name) => (isCount(name) ? 'count' : METRICS[name].unit),
  isCount,
};

function isName(text: string): text is MetricName | CountName {
  return Object.hasOwn(METRICS, text) || Object.hasOwn(COUNTS, text);
}

function isCount(name: MetricName | CountName): name is CountName {
  return Object.hasOwn(COUNTS, name);
}

/** The comparison with what its conditions say of it. */
export function withConditions(
  document: ComparisonDocument,
  conditions: readonly ComparisonCondition[],
): ComparisonDocument {
  return { ...document, conditions: conditions.map((condition) => check(document, condition)) };
}

function check(
  { metrics, counts, sides: [left, right] }: ComparisonDocument,
  condition: ComparisonCondition,
): CheckedCondition {
  const { metric } = condition;
  if (isCount(metric)) return checkCount(condition, COUNTS[metric].count(counts));
  const found = metrics.find(({ name }) => name === metric);
  if (found === undefined) throw new Error(`BUG: ${metric} was not measured`);
  const { unit, values } = found;
  return checkCondition(condition, { unit, values, labels: [left.label, right.label] });
}
