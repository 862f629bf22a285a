import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { at } from '../../src/base/column.ts';
import { edgesFrom, edgesTo, row, rowCount } from '../../src/base/csr.ts';
import { relationNeeds, type RelationNeeds } from '../../src/cycles/relation-needs.ts';
import { findWays } from '../../src/graph/find-ways.ts';
import { buildUnitGraph } from '../../src/graph/build-unit-graph.ts';
import { HARD, LATER, type UnitGraph } from '../../src/graph/unit-graph.ts';
import { chooseNodes } from '../../src/resolve/choose-nodes.ts';
import { computeInstallability } from '../../src/resolve/installability.ts';
import { smallUniverse, textsOf, type UniverseShape } from '../support/small-universe.ts';
import { readTexts } from '../support/texts.ts';

const BOTH = ['amd64', 'arm64'];
const SHAPES: readonly (readonly [string, UniverseShape])[] = [
  ['with an index for each architecture', { hasLayers: false, indexed: BOTH }],
  ['with layers and build types', { hasLayers: true, indexed: BOTH }],
  ['with an index for amd64 alone', { hasLayers: false, indexed: ['amd64'] }],
];

/** `unit → need hard` lines of the graph between members, later ones left out. */
function graphLines(graph: UnitGraph, members: readonly number[]): readonly string[] {
  const lines: string[] = [];
  members.forEach((unit, member) => {
    for (let edge = edgesFrom(graph.needs, unit); edge < edgesTo(graph.needs, unit); edge++) {
      const need = members.indexOf(at(graph.needs.target, edge));
      const flags = at(graph.edgeFlags, edge);
      if (need === -1 || (flags & LATER) !== 0) continue;
      lines.push(`${String(member)} → ${String(need)} ${(flags & HARD) === 0 ? 'soft' : 'hard'}`);
    }
  });
  return lines.sort();
}

/** The same from the relations: an edge is hard if one relation makes it so. */
function relationLines(found: RelationNeeds): readonly string[] {
  const strength = new Map<string, string>();
  found.unit.forEach((unit, relation) => {
    for (const need of row(found.rows, at(found.softRow, relation))) {
      const edge = `${String(unit)} → ${String(need)}`;
      if (need !== unit) strength.set(edge, strength.get(edge) ?? 'soft');
    }
    for (const need of row(found.rows, at(found.hardRow, relation))) {
      if (need !== unit) strength.set(`${String(unit)} → ${String(need)}`, 'hard');
    }
  });
  return [...strength].map(([edge, word]) => `${edge} ${word}`).sort();
}

/** `place → need hard` lines of one unit by `findWays`, what every chroot holds as one relation. */
function wayLines(graph: UnitGraph, members: readonly number[], member: number): readonly string[] {
  const lines = new Map<string, string>();
  members.forEach((need, index) => {
    if (index === member) return;
    for (const { place, strength, isLater } of findWays(graph, at(members, member), need)) {
      const relation = `${String(place)} → ${String(index)}`;
      if (!isLater && lines.get(relation) !== 'hard') lines.set(relation, strength);
    }
  });
  return [...lines].map(([relation, strength]) => `${relation} ${strength}`).sort();
}

describe.each(SHAPES)('relationNeeds of a random universe %s', (_, shape) => {
  it('leads by all relations together to just the edges between the members', () => {
    const counts = { edges: 0, hard: 0, implicit: 0 };
    const cases = fc.tuple(smallUniverse(shape), fc.boolean(), fc.infiniteStream(fc.nat(4)));
    fc.assert(
      fc.property(cases, ([small, waitsForImplicit, dice]) => {
        const { universe } = analyse(readTexts(textsOf(small)), small.options, () => undefined);
        const installability = computeInstallability(universe, new Uint8Array(universe.units.length));
        const firsts = new Int32Array(universe.clauses.alternatives.length);
        const chosen = chooseNodes(universe, installability, firsts);
        const options = { depth: small.options.depth, waitsForImplicit };
        const graph = buildUnitGraph(universe, installability, chosen, options);
        const members = universe.units
          .map(({ id }) => id)
          .filter((id) => installability.unitBuilt[id] === 1 && dice.next().value !== 0);
        const found = relationNeeds(graph, Int32Array.from(members));
        const lines = relationLines(found);
        expect(lines).toEqual(graphLines(graph, members));
        counts.edges += lines.length;
        counts.hard += lines.filter((line) => line.endsWith('hard')).length;
        counts.implicit += found.place.filter((place) => place === -1).length;
      }),
      { seed: 3, numRuns: 400 },
    );
    // Universes that show nothing would pass too.
    expect(Math.min(counts.edges, counts.hard)).toBeGreaterThan(100);
    expect(counts.implicit).toBeGreaterThan(10);
  });

  it('agrees with findWays on each relation, and lists none that leads nowhere', () => {
    fc.assert(
      fc.property(smallUniverse(shape), fc.boolean(), (small, waitsForImplicit) => {
        const settled = analyse(
          readTexts(textsOf(small)),
          { ...small.options, waitsForImplicit },
          () => undefined,
        );
        const { graph } = settled;
        const members = graph.universe.units
          .map(({ id }) => id)
          .filter((id) => graph.installability.unitBuilt[id] === 1);
        const found = relationNeeds(graph, Int32Array.from(members));
        members.forEach((__, member) => {
          const lines: string[] = [];
          found.unit.forEach((unit, relation) => {
            if (unit !== member) return;
            const place = String(at(found.place, relation));
            const others = [
              ...[...row(found.rows, at(found.hardRow, relation))].map((need) => [need, 'hard'] as const),
              ...[...row(found.rows, at(found.softRow, relation))].map((need) => [need, 'soft'] as const),
            ].filter(([need]) => need !== member);
            expect(others.length).toBeGreaterThan(0);
            for (const [need, word] of others) lines.push(`${place} → ${String(need)} ${word}`);
          });
          expect(lines.sort()).toEqual(wayLines(graph, members, member));
        });
        const texts = Array.from({ length: rowCount(found.rows) }, (__, index) =>
          row(found.rows, index).join(),
        );
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts[0]).toBe('');
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});
