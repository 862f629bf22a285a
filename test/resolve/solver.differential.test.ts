import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { at } from '../../src/base/column.ts';
import type { ChainStep, Contradiction } from '../../src/resolve/solver/constraints.ts';
import { DependencySolver } from '../../src/resolve/solver/dependency-solver.ts';
import { explainContradiction } from '../../src/resolve/solver/explain-contradiction.ts';
import { LearnedClauses } from '../../src/resolve/solver/learned-clauses.ts';
import { Search } from '../../src/resolve/solver/search.ts';
import { findCore } from '../../src/resolve/solver/unsatisfiable-core.ts';
import {
  canBeMetByChoices,
  canBeMetBySets,
  constraintsOf,
  isMetBy,
  smallConstraints,
  takeFirstChoices,
  usableOf,
  type SmallConstraints,
  type SmallRequest,
} from '../support/slow-solver.ts';

const tiny = smallConstraints({ mostNodes: 8, conflictsPerNode: 2, mostRoots: 5 });
const small = smallConstraints({ mostNodes: 30, conflictsPerNode: 5, mostRoots: 12 });

const VERTICES = 10;
const vertex = fc.nat(VERTICES - 1);
/** Near the number of edges where about half of the graphs need a fourth colour. */
const graphs = fc.noBias(fc.array(fc.tuple(vertex, vertex), { minLength: 18, maxLength: 32, size: 'max' }));

/** A root package that depends on a package for each vertex, which depends on one of three colours. */
function colouringOf(edges: readonly (readonly [number, number])[]): SmallConstraints {
  const vertices = Array.from({ length: VERTICES }, (_, index) => index);
  const colourOf = (of: number, colour: number): number => 1 + VERTICES + 3 * of + colour;
  return {
    clauses: [
      [0],
      ...vertices.map((each) => [1 + each]),
      ...vertices.map((each) => [0, 1, 2].map((colour) => colourOf(each, colour))),
    ],
    nodes: [
      vertices.map((each) => 1 + each),
      ...vertices.map((each) => [1 + VERTICES + each]),
      ...vertices.flatMap(() => [[], [], []]),
    ],
    conflicts: edges
      .filter(([a, b]) => a !== b)
      .flatMap(([a, b]) => [0, 1, 2].map((colour) => [colourOf(a, colour), colourOf(b, colour)] as const)),
    unusable: [],
  };
}

function withoutConflicts(constraints: SmallConstraints): SmallConstraints {
  return { ...constraints, conflicts: [] };
}

/** The chain is made of the universe's own clauses, from a root to the node at its end, if that is given. */
function expectChain(
  { clauses, nodes, unusable }: SmallConstraints,
  { roots }: SmallRequest,
  chain: readonly ChainStep[],
): void {
  let asked = roots;
  for (const { clause, node } of chain) {
    expect(asked).toContain(clause);
    expect(at(clauses, clause)).toContain(node);
    expect(unusable).not.toContain(node);
    asked = at(nodes, node);
  }
  expect(new Set(chain.map(({ node }) => node)).size).toBe(chain.length);
}

function expectExplained(
  constraints: SmallConstraints,
  request: SmallRequest,
  found: Contradiction,
): 'missing' | 'forbidden' | 'conflict' {
  const { clauses, nodes, conflicts, unusable } = constraints;
  const isMissing = !canBeMetByChoices(withoutConflicts(constraints), { ...request, forbidden: [] });
  expect(found.kind).toBe(isMissing ? 'missing' : 'conflict');
  if (found.kind === 'missing') {
    expectChain(constraints, request, found.chain);
    const last = found.chain.at(-1);
    expect(last === undefined ? request.roots : at(nodes, last.node)).toContain(found.clause);
    expect(at(clauses, found.clause).filter((node) => !unusable.includes(node))).toEqual([]);
    return 'missing';
  }
  const [first, second] = found.sides;
  for (const side of [first, ...(second === undefined ? [] : [second])]) {
    expectChain(constraints, request, side.chain);
    expect(side.chain.at(-1)?.node).toBe(side.node);
  }
  if (second === undefined) {
    expect(request.forbidden).toContain(first.node);
    return 'forbidden';
  }
  const pair = [first.node, second.node].sort((a, b) => a - b);
  expect(conflicts.map(([a, b]) => [Math.min(a, b), Math.max(a, b)])).toContainEqual(pair);
  return 'conflict';
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('DependencySolver', () => {
  it('gives the verdict of trying every set', () => {
    const counts = { met: 0, unmet: 0 };
    fc.assert(
      fc.property(tiny, ([constraints, requests]) => {
        const solver = new DependencySolver(constraintsOf(constraints), usableOf(constraints));
        for (const request of requests) {
          const isMet = canBeMetBySets(constraints, request);
          expect(solver.solve(request).kind === 'installed').toBe(isMet);
          expect(canBeMetByChoices(constraints, request)).toBe(isMet);
          counts[isMet ? 'met' : 'unmet']++;
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(500);
  });

  it('finds a closed set without conflicts, or tells why there is none', () => {
    const counts = { preferred: 0, searched: 0, missing: 0, forbidden: 0, conflict: 0 };
    fc.assert(
      fc.property(small, ([constraints, requests]) => {
        const solver = new DependencySolver(constraintsOf(constraints), usableOf(constraints));
        for (const request of requests) {
          const found = solver.solve(request);
          const isMet = canBeMetByChoices(constraints, request);
          expect(found.kind === 'installed').toBe(isMet);
          if (found.kind !== 'installed') {
            counts[expectExplained(constraints, request, found)]++;
            continue;
          }
          const installed = new Set(found.installed);
          expect(isMetBy(constraints, request, installed)).toBe(true);
          const excluded = new Set([...constraints.unusable, ...request.forbidden]);
          const preferred = takeFirstChoices(constraints, request, (node) => !excluded.has(node));
          if (preferred !== undefined) expect([...found.installed]).toEqual(preferred);
          counts[preferred === undefined ? 'searched' : 'preferred']++;
          // Nothing is in it that nobody asks for.
          const asked = takeFirstChoices(constraints, request, (node) => installed.has(node));
          expect([...found.installed]).toEqual(asked);
        }
      }),
      { seed: 12, numRuns: 2000 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(300);
  });

  it('decides which graphs can be coloured with three colours', () => {
    const counts = { met: 0, unmet: 0 };
    let longLessons = 0;
    const add = vi.spyOn(LearnedClauses.prototype, 'add');
    fc.assert(
      fc.property(graphs, (edges) => {
        const constraints = colouringOf(edges);
        const request = { roots: [0], forbidden: [] };
        add.mockClear();
        const found = new DependencySolver(constraintsOf(constraints), usableOf(constraints)).solve(request);
        const lessons = add.mock.calls.map(([literals]) => [...literals].sort((a, b) => a - b).join(' '));
        // What is learned is heeded: no clash teaches the same again.
        expect(new Set(lessons).size).toBe(lessons.length);
        longLessons += add.mock.calls.filter(([literals]) => literals.length > 2).length;
        const isMet = canBeMetByChoices(constraints, request);
        expect(found.kind === 'installed').toBe(isMet);
        if (found.kind === 'installed') {
          expect(isMetBy(constraints, request, new Set(found.installed))).toBe(true);
          expect(found.installed.length).toBe(1 + 2 * VERTICES);
        } else expect(expectExplained(constraints, request, found)).toBe('conflict');
        counts[isMet ? 'met' : 'unmet']++;
      }),
      { seed: 15, numRuns: 200 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
    expect(longLessons).toBeGreaterThan(200);
  });

  it('answers each request as a fresh one would', () => {
    fc.assert(
      fc.property(small, ([constraints, requests]) => {
        const compiled = constraintsOf(constraints);
        const solver = new DependencySolver(compiled, usableOf(constraints));
        const fresh = requests.map((request) =>
          new DependencySolver(compiled, usableOf(constraints)).solve(request),
        );
        const order = [...requests.keys(), ...[...requests.keys()].reverse()];
        for (const place of order) expect(solver.solve(at(requests, place))).toEqual(fresh[place]);
      }),
      { seed: 13, numRuns: 1500 },
    );
  });
});

describe('findCore', () => {
  it('keeps enough that no set is left, and the chains that are told', () => {
    const counts = { cores: 0, chains: 0, learned: 0 };
    const add = vi.spyOn(LearnedClauses.prototype, 'add');
    fc.assert(
      fc.property(small, ([constraints, requests]) => {
        const compiled = constraintsOf(constraints);
        const usable = usableOf(constraints);
        const search = new Search(compiled, usable);
        const solver = new DependencySolver(compiled, usable);
        for (const request of requests) {
          add.mockClear();
          search.begin(request.forbidden, true);
          const clash = search.run(request.roots);
          if (clash === undefined) continue;
          counts.learned += add.mock.calls.length;
          const core = findCore(search.book, clash);
          const all = [...constraints.nodes.keys()];
          const coreConstraints: SmallConstraints = {
            // A clause that isn't needed may be satisfied by a node that costs nothing.
            clauses: constraints.clauses.map((row, clause) => (core.needed.has(clause) ? row : [all.length])),
            nodes: [...all.map((node) => [...(core.depends.get(node) ?? [])]), []],
            conflicts: [...core.conflicts].flatMap(([a, rivals]) => [...rivals].map((b) => [a, b] as const)),
            unusable: constraints.unusable,
          };
          const coreRequest = { roots: [...core.roots], forbidden: [...core.forbidden] };
          expect(canBeMetByChoices(coreConstraints, coreRequest)).toBe(false);
          for (const [node, clauses] of core.depends) {
            for (const clause of clauses) expect(at(constraints.nodes, node)).toContain(clause);
          }
          const { kind } = solver.solve(request);
          if (kind === 'conflict') {
            const found = explainContradiction(compiled, usable, request.roots, core);
            const sides = found.kind === 'conflict' ? found.sides : [];
            for (const chain of sides.map((side) => side?.chain ?? [])) {
              for (const [place, { clause }] of chain.entries()) {
                const asker = chain[place - 1]?.node;
                const asked = asker === undefined ? core.roots : core.depends.get(asker);
                expect([...(asked ?? [])]).toContain(clause);
              }
            }
            counts.chains += sides.length;
          }
          counts.cores++;
        }
      }),
      { seed: 14, numRuns: 1500 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(500);
  });
});
