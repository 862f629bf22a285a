import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo } from '../../src/base/csr.ts';
import type { Break } from '../../src/cycles/break.ts';
import { alternativesIn } from '../../src/cycles/find-alternatives.ts';
import { findWays } from '../../src/graph/find-ways.ts';
import { LATER, type UnitGraph } from '../../src/graph/unit-graph.ts';
import { settleOptions } from '../../src/settle-in-rounds.ts';
import { analyseTexts, binary, optionsOf, source } from '../support/texts.ts';

/** Three to six sources that need each other, some for their tests alone; all binaries exist, some need others. */
const archives: fc.Arbitrary<Analysis> = fc.noBias(
  fc.integer({ min: 3, max: 6 }).chain((count) => {
    const places = fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 3, size: 'max' });
    const own = fc.record({
      needs: places,
      restriction: fc.constantFrom('', '', ' <!nocheck>'),
      depends: fc.uniqueArray(fc.nat(count - 1), { maxLength: 1 }),
      version: fc.constantFrom('0', '1'),
    });
    return fc.array(own, { minLength: count, maxLength: count, size: 'max' }).map((sources) =>
      analyseTexts({
        sources: sources.map(({ needs, restriction }, place) =>
          source(`p${String(place)}`, { 'Build-Depends': named(needs, restriction) }),
        ),
        packages: {
          amd64: sources.map(({ depends, version }, place) =>
            binary(`p${String(place)}`, { Version: version, Depends: named(depends, '') }),
          ),
        },
      }),
    );
  }),
);

function named(places: readonly number[], restriction: string): string {
  return places.map((place) => `p${String(place)}${restriction}`).join(', ');
}

/** Whether units wait for each other in a ring when these breaks, of existing binaries and profiles, are followed. */
function isOpen(graph: UnitGraph, members: Int32Array, breaks: readonly Break[]): boolean {
  const givenUp = new Map(
    breaks.flatMap(({ unit, places, strategy }) =>
      places.map((place) => [`${String(unit)} ${String(place)}`, strategy] as const),
    ),
  );
  const waits = (unit: number, need: number): boolean =>
    findWays(graph, unit, need).some(({ place, strength, isLater }) => {
      const strategy = givenUp.get(`${String(unit)} ${String(place)}`);
      if (isLater || strategy === 'profile') return false;
      return strategy === undefined || strength === 'hard';
    });
  const edges = [...members].flatMap((unit) => {
    const needs: number[] = [];
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const need = at(graph.needs.target, edge);
      if ((at(graph.edgeFlags, edge) & LATER) === 0 && members.includes(need)) needs.push(need);
    }
    return needs.filter((need) => waits(unit, need)).map((need) => [unit, need] as const);
  });
  const left = new Set(members);
  for (;;) {
    const free = [...left].filter((unit) => !edges.some(([from, to]) => from === unit && left.has(to)));
    if (free.length === 0) return left.size === 0;
    for (const unit of free) left.delete(unit);
  }
}

describe('what could be done instead of a break', () => {
  it('opens the component while all other breaks stay, and nothing else does less', () => {
    let alternativeCount = 0;
    fc.assert(
      fc.property(archives, ({ planned, cut }) => {
        const { breakRules } = settleOptions(optionsOf(), true);
        for (const component of cut.components) {
          const { members, breaks } = component;
          if (breaks.some(({ strategy }) => strategy !== 'existing-binary')) continue;
          const alternativesOf = alternativesIn(planned, component, breakRules);
          expect(isOpen(planned, members, breaks)).toBe(true);
          for (const own of breaks) {
            const others = breaks.filter((other) => other !== own);
            expect(isOpen(planned, members, others)).toBe(false);
            const found = alternativesOf(own);
            const costs = found.map(({ cost }) => cost);
            expect(costs).toEqual([...costs].sort((a, b) => a - b));
            // the break itself is the cheapest that does it
            for (const { cost } of found) expect(cost).toBeGreaterThanOrEqual(own.cost);
            for (const other of found) expect(isOpen(planned, members, [...others, other])).toBe(true);
            alternativeCount += found.length;
          }
        }
      }),
      { seed: 9, numRuns: 300 },
    );
    expect(alternativeCount).toBeGreaterThan(100);
  });
});
