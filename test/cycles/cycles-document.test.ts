import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis, AnalyseOptions } from '../../src/analysis.ts';
import { at } from '../../src/base/column.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { findCycles } from '../../src/cycles-report.ts';
import type { CyclesDocument } from '../../src/cycles/document/cycles-document.ts';
import { cyclesSchema } from '../../src/cycles/cycles-schema.ts';
import { drawComponent } from '../../src/cycles/document/draw-component.ts';
import { HARD, LATER } from '../../src/graph/unit-graph.ts';
import { smallUniverse, textsOf } from '../support/small-universe.ts';
import { analyseTexts, binary, control, optionsOf, source, type Texts } from '../support/texts.ts';

const REQUEST = { maxCycles: undefined, component: undefined };

function documentOf(texts: Texts, overrides: Partial<AnalyseOptions> = {}): CyclesDocument {
  const analysis = analyseTexts(texts, overrides);
  return findCycles(analysis, optionsOf(overrides), [], REQUEST);
}

/** The waits of the plain graph that can be honoured: unit → needs, each with whether it is hard. */
function waitsOf({ plain }: Analysis): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const { needs, edgeFlags, needsItself, universe } = plain.graph;
  const waits = new Map<string, Map<string, boolean>>();
  for (const { id, key } of universe.units) {
    const own = new Map<string, boolean>(needsItself[id] === 1 ? [[key, true]] : []);
    for (let edge = at(needs.offset, id); edge < at(needs.offset, id + 1); edge++) {
      const flags = at(edgeFlags, edge);
      if ((flags & LATER) === 0)
        own.set(at(universe.units, at(needs.target, edge)).key, (flags & HARD) !== 0);
    }
    waits.set(key, own);
  }
  return waits;
}

/** All that a unit waits for, at whatever distance. */
function reach(waits: ReadonlyMap<string, ReadonlyMap<string, boolean>>, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [from];
  for (const unit of open) {
    for (const need of waits.get(unit)?.keys() ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      open.push(need);
    }
  }
  return found;
}

describe('the document of cycles', () => {
  it('has exactly the units that wait for themselves, and only waits that there are', () => {
    let cycleCount = 0;
    let closedCount = 0;
    fc.assert(
      fc.property(smallUniverse({ hasLayers: true, indexed: ['amd64', 'arm64'] }), (universe) => {
        const analysis = analyseTexts(textsOf(universe), universe.options);
        const document = cyclesSchema.parse(findCycles(analysis, universe.options, [], REQUEST));
        const waits = waitsOf(analysis);
        const inCycles = [...waits.keys()].filter((unit) => reach(waits, unit).has(unit));
        const told = document.components.flatMap(({ units }) => units);
        expect([...told].sort()).toEqual(inCycles.sort());
        for (const component of document.components) {
          const { units, cycles, leftOut, breaks, cost } = component;
          for (const unit of units)
            for (const other of units) if (unit !== other) expect(reach(waits, unit)).toContain(other);
          const edges = units.flatMap((unit) =>
            [...(waits.get(unit)?.keys() ?? [])].filter((need) => units.includes(need)),
          );
          expect(component.edgeCount).toBe(edges.length);
          expect(cycles.length).toBeGreaterThan(0);
          for (const { edges: ring, isHard } of cycles) {
            ring.forEach(({ from, to, strength }, index) => {
              expect(to).toBe(at(ring, (index + 1) % ring.length).from);
              expect(strength).toBe(waits.get(from)?.get(to) === true ? 'hard' : 'soft');
            });
            expect(isHard).toBe(ring.every(({ strength }) => strength === 'hard'));
          }
          expect(component.isHard).toBe(cycles.some(({ isHard }) => isHard));
          expect(leftOut.isExact).toBe(true);
          expect(cost === null).toBe(breaks.some(({ strategy }) => strategy === 'none'));
          cycleCount += cycles.length;
          closedCount += Number(cost === null);
        }
        const ranks = document.components.map(({ isHard, cost }) => (isHard ? (cost === null ? 0 : 1) : 2));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
      { seed: 5, numRuns: 400 },
    );
    expect(cycleCount).toBeGreaterThan(150);
    expect(closedCount).toBeGreaterThan(20);
  });

  it('is the same whatever the order of the stanzas, but for where they stand', () => {
    fc.assert(
      fc.property(smallUniverse({ hasLayers: false, indexed: ['amd64', 'arm64'] }), (universe) => {
        const { sources = [], controls = [], packages = {} } = textsOf(universe);
        const turned = Object.entries(packages).map(
          ([arch, stanzas]) => [arch, [...stanzas].reverse()] as const,
        );
        const [one, other] = [
          { sources, controls, packages },
          {
            sources: [...sources].reverse(),
            controls: [...controls].reverse(),
            packages: Object.fromEntries(turned.reverse()),
          },
        ].map((texts) => {
          const document = findCycles(analyseTexts(texts, universe.options), universe.options, [], REQUEST);
          return stableJson(document).replaceAll(/"(line|column)": \d+/g, '');
        });
        expect(other).toBe(one);
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it('tells relation, place, chain and what serves of each wait', () => {
    const controls = [
      control('a', { 'a-tool': {} }, { 'Build-Depends': 'libfoo-dev <!nocheck>' }),
      control('bar', { libbar: {} }, { 'Build-Depends': 'a-tool' }),
      control('foo', { 'libfoo-dev': { Depends: 'libbar' } }),
    ];
    const packages = { amd64: [binary('libbar', { Version: '0', Source: 'bar' })] };
    const { components } = documentOf({ controls, packages });
    expect(components.map(({ units }) => units)).toEqual([['a_1/amd64', 'bar_1/amd64']]);
    expect(at(components, 0).cycles.flatMap(({ edges }) => edges)).toMatchObject([
      {
        from: 'a_1/amd64',
        to: 'bar_1/amd64',
        strength: 'soft',
        field: 'Build-Depends',
        relation: 'libfoo-dev <!nocheck>',
        location: { file: 'a/debian/control', line: 2 },
        chain: [
          { binary: 'libfoo-dev' },
          { binary: 'libbar', relation: 'libbar', location: { file: 'foo/debian/control' } },
        ],
        servedBy: 'libbar 0',
      },
      { from: 'bar_1/amd64', to: 'a_1/amd64', strength: 'hard', relation: 'a-tool' },
    ]);
    expect(at(components, 0).breaks).toMatchObject([
      {
        strategy: 'existing-binary',
        unit: 'a_1/amd64',
        relation: 'libfoo-dev <!nocheck>',
        edges: [{ from: 'a_1/amd64', to: 'bar_1/amd64' }],
        servedBy: [{ binary: 'libbar', version: '0' }],
        stale: [{ binary: 'libbar', existingVersion: '0', plannedVersion: '1' }],
      },
    ]);
  });

  it('puts hard cycles first though shorter ones are soft, and tells self-needs', () => {
    const sources = [
      source('a', { 'Build-Depends': 'b, c' }),
      source('b', { 'Build-Depends': 'c' }),
      source('c', { 'Build-Depends': 'a, d' }),
      source('d', { 'Build-Depends': 'c' }),
      source('gcc', { 'Build-Depends': 'gcc' }),
    ];
    const { components } = documentOf({ sources, packages: { amd64: [binary('d', { Version: '0' })] } });
    expect(components.map(({ units, isHard, cost }) => [units.length, isHard, cost])).toEqual([
      [4, true, null],
      [1, true, null],
    ]);
    const rings = components.map(({ cycles }) =>
      cycles.map(
        ({ isHard, edges }) => `${edges.map(({ from }) => from.charAt(0)).join('')} ${String(isHard)}`,
      ),
    );
    expect(rings).toEqual([['ac true', 'abc true', 'cd false'], ['g true']]);
    expect(at(components, 1).breaks).toMatchObject([
      {
        strategy: 'none',
        unit: 'gcc_1/amd64',
        cost: null,
        edges: [{ from: 'gcc_1/amd64', to: 'gcc_1/amd64' }],
      },
    ]);
  });

  it('says what it left out', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const sources = names.map((name) =>
      source(name, { 'Build-Depends': names.filter((other) => other !== name).join(', ') }),
    );
    const packages = { amd64: names.map((name) => binary(name)) };
    const analysis = analyseTexts({ sources, packages });
    const limited = { maxCycles: '2', component: 'a' };
    const [component] = findCycles(analysis, optionsOf(), [], limited).components;
    expect(component?.leftOut).toEqual({
      cycles: 82,
      isExact: true,
      countOfLength: [
        { length: 2, count: 10 },
        { length: 3, count: 20 },
        { length: 4, count: 30 },
        { length: 5, count: 24 },
      ],
      units: 1,
    });
  });

  it('refuses a number of cycles that is none, and a name that nobody has', () => {
    const analysis = analyseTexts({ sources: [source('a')] });
    for (const request of [{ maxCycles: '0' }, { maxCycles: '1.5' }, { component: 'b' }])
      expect(() => findCycles(analysis, optionsOf(), [], request)).toThrow();
  });

  it('is drawn whole where it is small, else as its short cycles', () => {
    const names = Array.from({ length: 19 }, (_, index) => `s${String(index).padStart(2, '0')}`);
    const sources = names.map((name) =>
      source(name, { 'Build-Depends': names.filter((other) => other !== name).join(', ') }),
    );
    const analysis = analyseTexts({ sources, packages: { amd64: names.map((name) => binary(name)) } });
    const { graph } = analysis.plain;
    const [large] = findCycles(analysis, optionsOf(), [], REQUEST).components;
    if (large === undefined) throw new Error('no component');
    const drawing = drawComponent(graph, large);
    expect(drawing).toMatchObject({ unitsLeftOut: 0, edgesLeftOut: 19 * 18 - drawing.edges.length });
    expect(drawing.edges.length).toBe(new Set(large.cycles.flatMap(({ edges }) => edges)).size);
    const whole = drawComponent(graph, { ...large, edgeCount: 300 });
    expect(whole.edges.length).toBe(19 * 18);
    const cut = whole.edges.filter(({ isCut }) => isCut).map(({ from, to }) => `${from} ${to}`);
    const givenUp = large.breaks.flatMap(({ edges }) => edges.map(({ from, to }) => `${from} ${to}`));
    expect(cut).toEqual([...new Set(givenUp)].sort());
  });
});
