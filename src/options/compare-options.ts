import type { ComparisonCondition } from '../compare/check-conditions.ts';
import { parseCondition } from './fail-if.ts';
import { usage } from './usage-error.ts';

/** What a comparison is asked for, as texts; anything may be missing. */
export interface RawCompareOptions {
  /** A plan, or two; `-` is standard input. */
  readonly paths: readonly string[];
  /** The architectures to compare; of two plans one that both have, or one of each. */
  readonly architectures?: readonly string[] | undefined;
  /** Conditions: see `parseCondition`. */
  readonly failIf?: readonly string[] | undefined;
}

export interface ResolvedCompareOptions {
  /** One or two. */
  readonly paths: readonly [string] | readonly [string, string];
  /** None, one or two. */
  readonly architectures: readonly string[];
  readonly conditions: readonly ComparisonCondition[];
}

/** @throws UserError for what can't be compared, and for conditions that are none */
export function resolveCompareOptions(raw: RawCompareOptions): ResolvedCompareOptions {
  const { architectures = [], failIf = [] } = raw;
  const [left, right, ...more] = raw.paths;
  if (left === undefined) throw usage('no plan is named', 'debplan compare before.json after.json');
  if (more.length > 0) throw usage(`two plans at most: ${raw.paths.join(', ')}`, 'compare them two by two');
  if (left === '-' && right === '-')
    throw usage('both plans on standard input', 'name a file for one of them');
  if (architectures.length > 2)
    throw usage(`two architectures at most: ${architectures.join(', ')}`, '--arch amd64,arm64');
  return {
    paths: right === undefined ? [left] : [left, right],
    architectures,
    conditions: failIf.map(parseCondition),
  };
}
