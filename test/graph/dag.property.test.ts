import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { row } from '../../src/base/csr.ts';
import { toDag } from '../../src/graph/dag.ts';
import { csrOf, needsGraph, reachable } from '../support/needs-graphs.ts';

const SETTINGS = { seed: 6, numRuns: 2000 };

describe('toDag', () => {
  it('takes exactly the graphs without a cycle, and puts needs first', () => {
    let acyclic = 0;
    fc.assert(
      fc.property(needsGraph({ most: 8, isBreakable: false }), ({ nodeCount, edges }) => {
        const hasCycle = reachable(nodeCount, edges).some((found, node) => found.has(node));
        const needs = csrOf(nodeCount, edges);
        const dag = toDag(needs);
        expect(dag === undefined).toBe(hasCycle);
        if (dag === undefined) return;
        acyclic++;
        expect([...dag.order].sort((a, b) => a - b)).toEqual(Array.from({ length: nodeCount }, (_, i) => i));
        for (const { from, to } of edges) expect(dag.order.indexOf(to)).toBeLessThan(dag.order.indexOf(from));
        expect(dag.needs).toBe(needs);
        for (const { from, to } of edges) expect([...row(dag.dependents, to)]).toContain(from);
        expect(dag.dependents.target.length).toBe(edges.length);
      }),
      SETTINGS,
    );
    expect(acyclic).toBeGreaterThan(200);
    expect(acyclic).toBeLessThan(1800);
  });
  it('orders nodes as the last of their needs comes, those of one need by number', () => {
    const dag = toDag(
      csrOf(6, [
        { from: 5, to: 0 },
        { from: 4, to: 1 },
        { from: 2, to: 5 },
        { from: 2, to: 4 },
        { from: 3, to: 1 },
      ]),
    );
    expect([...(dag?.order ?? [])]).toEqual([0, 1, 5, 3, 4, 2]);
  });
  it('counts a need that is listed twice once', () => {
    const twice = csrOf(2, [
      { from: 0, to: 1 },
      { from: 0, to: 1 },
    ]);
    expect([...(toDag(twice)?.order ?? [])]).toEqual([1, 0]);
  });
  it('takes a node that lists itself for a cycle', () => {
    expect(toDag(csrOf(1, [{ from: 0, to: 0 }]))).toBeUndefined();
  });
  it('takes an empty graph', () => {
    expect(toDag(csrOf(0, []))?.order.length).toBe(0);
  });
});
