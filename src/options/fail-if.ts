import type { UserError } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import { parseBytes, parseDuration } from '../base/quantity.ts';
import { COMPARISON_VOCABULARY, type ComparisonCondition } from '../compare/check-conditions.ts';
import type { MetricUnit } from '../compare/comparison-document.ts';
import type { Condition, Limit, Vocabulary } from '../compare/condition.ts';
import { usage } from './usage-error.ts';

/** A condition on a comparison. @throws UserError, see `parseConditionOf` */
export function parseCondition(text: string): ComparisonCondition {
  return parseConditionOf(text, COMPARISON_VOCABULARY);
}

/**
 * Reads a condition: a metric, `>`, `>=`, `<` or `<=`, and a limit. A limit with a sign is a change from left to right, one
 * without is the value on the right: `makespan>+5%`, `gap>10%`, `ram-peak>+2GiB`, `left-out>+0`, `builds<-0`, `makespan>2h`.
 * A percentage is a part of the left, but of shares it is points: `gap>+2%` is met by 5 % against 2 %. Durations and sizes need a
 * unit, but 0 is 0 in any.
 * @throws UserError that names the metrics, or the form that the limit must have
 */
export function parseConditionOf<Name extends string>(
  text: string,
  { names, isName, unitOf, isCount }: Vocabulary<Name>,
): Condition<Name> {
  const match = /^([^<>=\s]+)\s*(>=|<=|>|<)\s*([+-]?)\s*(\S.*)$/.exec(text.trim());
  const [, name = '', operator = '', sign = '', amount = ''] = match ?? [];
  if (!isOperator(operator)) throw noCondition(text.trim(), names);
  if (!isName(name)) throw unknownMetric(name, names);
  if (sign !== '' && isCount(name))
    throw usage(
      `--fail-if ${text}: ${name} belongs to both sides, so it does not change from one to the other`,
      `leave the sign out: ${name}${operator}${amount}`,
    );
  const limit = parseLimit(unitOf(name), sign, amount);
  if (limit === undefined) throw badLimit(text, unitOf(name), sign + amount);
  return { text, metric: name, operator, limit };
}

function parseLimit(unit: MetricUnit, sign: string, amount: string): Limit | undefined {
  const factor = sign === '-' ? -1 : 1;
  const percent = parsePercent(amount);
  if (percent !== undefined && unit !== 'share')
    return sign === '' ? undefined : { kind: 'relative', percent: factor * percent };
  const value = percent === undefined ? parseAmount(unit, amount) : percent / 100;
  if (value === undefined) return undefined;
  return sign === '' ? { kind: 'value', value } : { kind: 'change', value: factor * value + 0 };
}

function parsePercent(text: string): number | undefined {
  return /^\d+(?:\.\d+)?\s*%$/.test(text) ? Number.parseFloat(text) : undefined;
}

function parseAmount(unit: MetricUnit, text: string): number | undefined {
  if (needsUnit(unit) && isBare(text)) return Number(text) === 0 ? 0 : undefined;
  switch (unit) {
    case 'ms':
      return parseDuration(text);
    case 'bytes':
      return parseBytes(text);
    case 'count':
      return /^\d+$/.test(text) ? Number(text) : undefined;
    case 'share':
      return /^0+$/.test(text) ? 0 : undefined;
  }
}

/** `64` would be 64 bytes, which nobody means. */
function needsUnit(unit: MetricUnit): boolean {
  return unit === 'ms' || unit === 'bytes';
}

function isBare(text: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(text);
}

function isOperator(text: string): text is Condition['operator'] {
  return ['>', '>=', '<', '<='].includes(text);
}

/** A metric alone is what a shell leaves of a condition whose `>` it takes for itself. */
function noCondition(text: string, names: readonly string[]): UserError {
  const hint = names.includes(text)
    ? `quote it, else the shell writes to a file of that name: --fail-if '${text}>+5%'`
    : 'write it as METRIC>LIMIT, such as makespan>+5%';
  return usage(`--fail-if: '${text}' is no condition`, hint);
}

function unknownMetric(name: string, known: readonly string[]): UserError {
  const near = nearestName(name, known);
  const names = `the metrics are ${known.join(', ')}`;
  return usage(
    `--fail-if: there is no metric '${name}'`,
    near === undefined ? names : `did you mean ${near}? ${names}`,
  );
}

const FORMS: Readonly<Record<MetricUnit, string>> = {
  ms: '2h, 90m, +10m, +5%, -5%',
  bytes: '64GiB, +2GiB, +5%, -5%',
  share: '10%, and +2%, -2% for points',
  count: '10, +0, -5, +5%',
};

function badLimit(text: string, unit: MetricUnit, limit: string): UserError {
  const problem =
    needsUnit(unit) && isBare(limit.replace(/^[+-]/, ''))
      ? `'${text}' has a limit without a unit`
      : `'${text}' has no limit of the right kind`;
  return usage(`--fail-if: ${problem}`, `here a limit is one of ${FORMS[unit]}`);
}
