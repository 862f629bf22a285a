import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { edgesFrom, row, rowCount, type Csr } from '../../src/base/csr.ts';
import { transitiveReduction } from '../../src/graph/transitive-reduction.ts';
import { csrOf } from '../support/needs-graphs.ts';

interface Given {
  readonly needs: Csr;
  /** One cell an edge. */
  readonly isKept: Uint8Array;
}

/** Nodes numbered at random, each pair an edge with some probability, none against an order of their own; some count not, some twice. */
const graphs: fc.Arbitrary<Given> = fc
  .record({
    keys: fc.array(fc.nat(), { minLength: 1, maxLength: 24, size: 'max' }),
    coins: fc.array(fc.nat({ max: 9 }), { minLength: 276, maxLength: 276, size: 'max' }),
    density: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ keys, coins, density }) => {
    const numbers = Array.from(keys.keys()).sort((a, b) => at(keys, a) - at(keys, b) || a - b);
    const pairs = numbers.flatMap((from, rank) =>
      numbers
        .slice(0, rank)
        .map((to, other) => ({ from, to, coin: at(coins, (rank * (rank - 1)) / 2 + other) })),
    );
    const edges = pairs.filter(({ coin }) => coin < density);
    const twice = edges.filter(({ coin }) => coin === 1);
    const needs = csrOf(keys.length, [...edges, ...twice]);
    return {
      needs,
      isKept: Uint8Array.from(needs.target, (to, edge) => ((to * 7 + edge) % 5 === 0 ? 0 : 1)),
    };
  });

/** All that a node waits for, near and far, but for one edge to `skipped`. */
function reachOf(next: readonly ReadonlySet<number>[], from: number, skipped = -1): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...at(next, from)].filter((to) => to !== skipped);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...at(next, node));
  }
  return found;
}

/** The slow twin: an edge stays where its end isn't reached without it. */
function slowReduction({ needs, isKept }: Given): readonly (readonly number[])[] {
  const next = rows(needs).map(
    (own, node) => new Set(own.filter((_, index) => isKept[edgesFrom(needs, node) + index] === 1)),
  );
  return next.map((own, node) =>
    [...own].filter((to) => !reachOf(next, node, to).has(to)).sort((a, b) => a - b),
  );
}

function rows(csr: Csr): readonly (readonly number[])[] {
  return Array.from({ length: rowCount(csr) }, (_, node) => [...row(csr, node)]);
}

function reduced(needs: Csr, isKept?: Uint8Array): readonly (readonly number[])[] {
  const found = transitiveReduction(needs, isKept);
  if (found === undefined) throw new Error('a cycle by construction');
  return rows(found);
}

describe('transitiveReduction', () => {
  it('leaves exactly the edges whose ends are not reached without them', () => {
    fc.assert(
      fc.property(graphs, (given) => {
        expect(reduced(given.needs, given.isKept)).toEqual(slowReduction(given));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('is its own reduction', () => {
    fc.assert(
      fc.property(graphs, ({ needs, isKept }) => {
        const once = transitiveReduction(needs, isKept);
        expect(once).toBeDefined();
        if (once !== undefined) expect(transitiveReduction(once)).toEqual(once);
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('finds detours across tables: a ladder of more nodes than one table has columns', () => {
    const count = 16_000;
    const steps = [1, 2, 5000];
    const edges = Array.from({ length: count }, (_, from) =>
      steps.flatMap((step) => (from < step ? [] : [{ from, to: from - step }])),
    ).flat();
    const kept = reduced(csrOf(count, edges)).flatMap((own, node) => own.map((to) => node - to));
    expect(kept).toEqual(Array.from({ length: count - 1 }, () => 1));
  });

  it('finds the detours of a node that nobody needs and that needs many', () => {
    // the far end is reached by way of the last of 300 others alone, and of two edges more
    const many = Array.from({ length: 300 }, (_, index) => ({ from: 303, to: index + 1 }));
    const detour = [300, 301, 302].map((from) => ({ from, to: from === 300 ? 301 : from === 301 ? 302 : 0 }));
    const own = reduced(csrOf(304, [{ from: 303, to: 0 }, ...many, ...detour]))[303];
    expect(own).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  it('is nothing where edges that count make a cycle, and something where one of them does not count', () => {
    const needs = csrOf(3, [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 0 },
    ]);
    expect(transitiveReduction(needs)).toBeUndefined();
    expect(transitiveReduction(csrOf(1, [{ from: 0, to: 0 }]))).toBeUndefined();
    expect(reduced(needs, Uint8Array.of(1, 1, 0))).toEqual([[1], [2], []]);
  });
});
