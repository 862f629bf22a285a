import type { VersionOperator } from '../debian/relation.ts';
import { versionProblem } from '../debian/version.ts';
import type { ParsedGroups } from './relation-groups.ts';

const SIMPLE = /^([a-z0-9][a-z0-9+.-]*)(?::(any|native))?(?: \((<<|<=|=|>=|>>) ([^\s()${}]+)\))?$/;
const NONE: readonly never[] = [];
const FIRST: readonly number[] = [0];
const OPERATORS: ReadonlyMap<string, VersionOperator> = new Map(
  (['<<', '<=', '=', '>=', '>>'] as const).map((operator) => [operator, operator]),
);

/**
 * The fast path of `parseGroups`, for nine groups in ten: one relation without alternatives and restrictions, written as
 * `formatRelation` writes it, without problems.
 * @returns what `parseGroups` gives, or undefined for any other text. O(length)
 */
export function parseSimpleGroup(text: string): ParsedGroups | undefined {
  const match = SIMPLE.exec(text);
  if (match?.[1] === undefined) return undefined;
  const operator = OPERATORS.get(match[3] ?? '');
  const version = match[4];
  if (version !== undefined && versionProblem(version) !== undefined) return undefined;
  const relation = {
    package: match[1],
    archQualifier: match[2],
    version: operator === undefined || version === undefined ? undefined : { operator, version },
    architectures: NONE,
    profiles: NONE,
  };
  return { groups: [[relation]], offsets: FIRST, problems: NONE };
}
