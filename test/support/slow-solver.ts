import fc from 'fast-check';
import { at } from '../../src/base/column.ts';
import type { Constraints } from '../../src/resolve/solver/constraints.ts';
import { csrOf } from './needs-graphs.ts';

/** Constraints as a reader would write them down. */
export interface SmallConstraints {
  /** Candidates of each clause. */
  readonly clauses: readonly (readonly number[])[];
  /** Clauses of each node. */
  readonly nodes: readonly (readonly number[])[];
  readonly conflicts: readonly (readonly [number, number])[];
  readonly unusable: readonly number[];
}

export interface SmallRequest {
  readonly roots: readonly number[];
  readonly forbidden: readonly number[];
}

export function constraintsOf({ clauses, nodes, conflicts }: SmallConstraints): Constraints {
  const edges = (rows: readonly (readonly number[])[]): readonly { from: number; to: number }[] =>
    rows.flatMap((row, from) => row.map((to) => ({ from, to })));
  return {
    candidates: csrOf(clauses.length, edges(clauses)),
    nodeClauses: csrOf(nodes.length, edges(nodes)),
    conflicts: csrOf(
      nodes.length,
      conflicts.flatMap(([a, b]) => [
        { from: a, to: b },
        { from: b, to: a },
      ]),
    ),
  };
}

export function usableOf({ nodes, unusable }: SmallConstraints): Uint8Array {
  return Uint8Array.from(nodes, (_, node) => Number(!unusable.includes(node)));
}

export interface ConstraintsShape {
  readonly mostNodes: number;
  /** Pairs in conflict, for each node, at most. */
  readonly conflictsPerNode: number;
  readonly mostRoots: number;
}

/** Any small constraints with requests to them; nearly every clause has a candidate. */
export function smallConstraints(
  shape: ConstraintsShape,
): fc.Arbitrary<readonly [SmallConstraints, readonly SmallRequest[]]> {
  // Without bias: small values, which fast-check likes, make requests that are met at once.
  return fc.noBias(biasedConstraints(shape));
}

function biasedConstraints({
  mostNodes,
  conflictsPerNode,
  mostRoots,
}: ConstraintsShape): fc.Arbitrary<readonly [SmallConstraints, readonly SmallRequest[]]> {
  return fc
    .tuple(fc.integer({ min: 4, max: mostNodes }), fc.integer({ min: 3, max: mostNodes }))
    .chain(([nodeCount, clauseCount]) => {
      const node = fc.nat(nodeCount - 1);
      const clause = fc.nat(clauseCount - 1);
      const few = (most: number): fc.Arbitrary<number[]> =>
        fc.array(node, { maxLength: most, size: 'max' }).map((drawn) => [...new Set(drawn)]);
      const candidates = fc.oneof(
        { weight: 80, arbitrary: fc.uniqueArray(node, { minLength: 1, maxLength: 4, size: 'max' }) },
        { weight: 1, arbitrary: fc.constant([]) },
      );
      const rows = fc.uniqueArray(clause, { maxLength: 3, size: 'max' });
      const rarely = few(2).map((nodes) => (nodes.length === 2 ? nodes.slice(0, 1) : []));
      const request = fc.record({
        roots: fc.array(clause, { minLength: 1, maxLength: mostRoots, size: 'max' }),
        forbidden: rarely,
      });
      const constraints = fc.record({
        clauses: fc.array(candidates, { minLength: clauseCount, maxLength: clauseCount, size: 'max' }),
        nodes: fc.array(rows, { minLength: nodeCount, maxLength: nodeCount, size: 'max' }),
        conflicts: fc
          .array(fc.tuple(node, node), { maxLength: nodeCount * conflictsPerNode, size: 'max' })
          .map((pairs) => pairs.filter(([a, b]) => a !== b)),
        unusable: rarely,
      });
      return fc.tuple(constraints, fc.array(request, { minLength: 3, maxLength: 3 }));
    });
}

/** Whether a set meets a request, rule by rule. */
export function isMetBy(
  { clauses, nodes, conflicts, unusable }: SmallConstraints,
  { roots, forbidden }: SmallRequest,
  set: ReadonlySet<number>,
): boolean {
  const holds = (clause: number): boolean => at(clauses, clause).some((node) => set.has(node));
  return (
    roots.every(holds) &&
    [...set].every((node) => at(nodes, node).every(holds)) &&
    conflicts.every(([a, b]) => !set.has(a) || !set.has(b)) &&
    [...forbidden, ...unusable].every((node) => !set.has(node))
  );
}

/** Whether a request can be met, by trying every set of nodes. */
export function canBeMetBySets(small: SmallConstraints, request: SmallRequest): boolean {
  for (let bits = 0; bits < 2 ** small.nodes.length; bits++) {
    const set = new Set([...small.nodes.keys()].filter((node) => (bits & (1 << node)) !== 0));
    if (isMetBy(small, request, set)) return true;
  }
  return false;
}

/** Whether a request can be met, by trying every candidate of every clause that isn't satisfied yet. */
export function canBeMetByChoices(small: SmallConstraints, request: SmallRequest): boolean {
  const { clauses, nodes, conflicts, unusable } = small;
  const excluded = new Set([...unusable, ...request.forbidden]);
  const attempt = (set: ReadonlySet<number>): boolean => {
    const needed = [...request.roots, ...[...set].flatMap((node) => at(nodes, node))];
    const open = needed.find((clause) => !at(clauses, clause).some((node) => set.has(node)));
    if (open === undefined) return true;
    return at(clauses, open)
      .filter((node) => !excluded.has(node))
      .filter((node) => !conflicts.some(([a, b]) => (a === node && set.has(b)) || (b === node && set.has(a))))
      .some((node) => attempt(new Set([...set, node])));
  };
  return attempt(new Set());
}

/**
 * What a request pulls in when each clause takes its first candidate that is allowed, unless one is in already.
 * @returns undefined when a clause has no candidate or two nodes conflict
 */
export function takeFirstChoices(
  { clauses, nodes, conflicts }: SmallConstraints,
  { roots }: SmallRequest,
  isAllowed: (node: number) => boolean,
): readonly number[] | undefined {
  const set = new Set<number>();
  const asked = new Set(roots);
  for (const clause of asked) {
    const candidates = at(clauses, clause);
    if (candidates.some((node) => set.has(node))) continue;
    const chosen = candidates.find(isAllowed);
    if (chosen === undefined) return undefined;
    set.add(chosen);
    for (const next of at(nodes, chosen)) asked.add(next);
  }
  if (conflicts.some(([a, b]) => set.has(a) && set.has(b))) return undefined;
  return [...set].sort((a, b) => a - b);
}
