import { alg, Graph } from '@dagrejs/graphlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { toDag } from '../../src/graph/dag.ts';
import { cyclicComponents, stronglyConnected } from '../../src/graph/strongly-connected.ts';
import { csrOf, needsGraph, reachable } from '../support/needs-graphs.ts';

const SETTINGS = { seed: 5, numRuns: 2000 };
const graphs = needsGraph({ most: 12, isBreakable: false });
const MILLION = 1_000_000;

function components(of: Int32Array): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  of.forEach((component, node) => members.set(component, [...(members.get(component) ?? []), node]));
  return [...members.values()].sort((a, b) => at(a, 0) - at(b, 0));
}

describe('stronglyConnected', () => {
  it('finds the components of graphlib’s Tarjan', () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, edges }) => {
        const graph = new Graph({ directed: true });
        for (let node = 0; node < nodeCount; node++) graph.setNode(String(node));
        for (const { from, to } of edges) graph.setEdge(String(from), String(to));
        const expected = alg
          .tarjan(graph)
          .map((members: readonly string[]) => members.map(Number).sort((a, b) => a - b))
          .sort((a, b) => at(a, 0) - at(b, 0));
        const { of, count } = stronglyConnected(csrOf(nodeCount, edges));
        expect(components(of)).toEqual(expected);
        expect(count).toBe(expected.length);
      }),
      SETTINGS,
    );
  });
  it('numbers components so that no edge leads to a higher number, hidden edges aside', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.boolean(), { minLength: 1 }), ({ nodeCount, edges }, hidden) => {
        const isKept = Uint8Array.from(edges, (_, edge) => Number(hidden[edge % hidden.length]));
        const kept = edges.filter((_, edge) => isKept[edge] === 1);
        const { of } = stronglyConnected(csrOf(nodeCount, edges), isKept);
        for (const { from, to } of kept) expect(at(of, to)).toBeLessThanOrEqual(at(of, from));
        const reach = reachable(nodeCount, kept);
        for (let a = 0; a < nodeCount; a++) {
          for (let b = a + 1; b < nodeCount; b++) {
            const isMutual = at(reach, a).has(b) && at(reach, b).has(a);
            expect(of[a] === of[b]).toBe(isMutual);
          }
        }
      }),
      SETTINGS,
    );
  });
  it('looks only where its roots lead in a scope, as in a graph without what is hidden', () => {
    const places = fc.array(fc.nat(11), { minLength: 1, maxLength: 4 });
    let missed = 0;
    fc.assert(
      fc.property(graphs, places, places, ({ nodeCount, edges }, roots, hidden) => {
        const isHidden = new Uint8Array(nodeCount);
        for (const node of hidden) isHidden[node % nodeCount] = 1;
        const scope = { roots: Int32Array.from(roots, (root) => root % nodeCount), isHidden };
        const shown = edges.filter(({ from, to }) => isHidden[from] === 0 && isHidden[to] === 0);
        const reach = reachable(nodeCount, shown);
        const met = (node: number): boolean =>
          isHidden[node] === 0 &&
          [...scope.roots].some(
            (root) => isHidden[root] === 0 && (root === node || at(reach, root).has(node)),
          );
        const { of, count } = stronglyConnected(csrOf(nodeCount, edges), undefined, scope);
        const whole = stronglyConnected(csrOf(nodeCount, shown)).of;
        for (let node = 0; node < nodeCount; node++) {
          expect(at(of, node) !== -1).toBe(met(node));
          missed += Number(!met(node) && isHidden[node] === 0);
          for (let other = 0; met(node) && other < node; other++)
            if (met(other)) expect(of[node] === of[other]).toBe(whole[node] === whole[other]);
        }
        for (const { from, to } of shown) if (met(from)) expect(at(of, to)).toBeLessThanOrEqual(at(of, from));
        expect(count).toBe(new Set([...of].filter((component) => component !== -1)).size);
      }),
      SETTINGS,
    );
    expect(missed).toBeGreaterThan(500);
  });
  it('does not overflow the stack on a chain of a million nodes', () => {
    const chain = csrOf(
      MILLION,
      Array.from({ length: MILLION - 1 }, (_, from) => ({ from, to: from + 1 })),
    );
    const { of, count } = stronglyConnected(chain);
    expect(count).toBe(MILLION);
    expect([of[0], of[MILLION - 1]]).toEqual([MILLION - 1, 0]);
    expect(cyclicComponents(chain, { of, count })).toEqual([]);
    expect(toDag(chain)?.order[0]).toBe(MILLION - 1);
  });
  it('finds a ring of a million nodes to be one component', () => {
    const ring = csrOf(
      MILLION,
      Array.from({ length: MILLION }, (_, from) => ({ from, to: (from + 1) % MILLION })),
    );
    const found = stronglyConnected(ring);
    expect(found.count).toBe(1);
    expect(cyclicComponents(ring, found).map((members) => members.length)).toEqual([MILLION]);
    expect(toDag(ring)).toBeUndefined();
  });
});

describe('cyclicComponents', () => {
  it('keeps rings and loops, and nothing else', () => {
    const graph = csrOf(6, [
      { from: 0, to: 1 },
      { from: 5, to: 2 },
      { from: 2, to: 5 },
      { from: 2, to: 0 },
      { from: 4, to: 4 },
    ]);
    const found = cyclicComponents(graph, stronglyConnected(graph));
    expect(found.map((members) => [...members])).toEqual([[2, 5], [4]]);
  });
});
