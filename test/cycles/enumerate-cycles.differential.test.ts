import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { buildCsr, EdgeList, type Csr } from '../../src/base/csr.ts';
import { allCycles } from '../../src/cycles/find/all-cycles.ts';
import { CyclesOfLength } from '../../src/cycles/find/cycles-of-length.ts';
import { CYCLE_LIMITS, enumerateCycles, type CycleList } from '../../src/cycles/find/enumerate-cycles.ts';
import { ShortestCycles } from '../../src/cycles/find/shortest-cycle-through.ts';
import { VisitBudget } from '../../src/cycles/find/visit-budget.ts';
import { cyclicComponents, stronglyConnected } from '../../src/graph/strongly-connected.ts';
import { slowChoice, slowCycles, type Needs } from '../support/slow-cycles.ts';

const SETTINGS = { seed: 11, numRuns: 800 };

/** Any graph without loops: a few nodes with many edges, or more with few, but for one that needs nearly all. */
const graphs: fc.Arbitrary<Needs> = fc.noBias(
  fc.oneof(
    { weight: 4, arbitrary: graphOf({ size: [2, 7], density: [20, 70], hubs: 0 }) },
    { weight: 1, arbitrary: graphOf({ size: [20, 24], density: [3, 7], hubs: 1 }) },
  ),
);

interface Shape {
  readonly size: readonly [number, number];
  /** Of 100 edges that there could be. */
  readonly density: readonly [number, number];
  readonly hubs: number;
}

function graphOf({ size: [least, most], density: [thin, thick], hubs }: Shape): fc.Arbitrary<Needs> {
  return fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: thin, max: thick }), fc.integer())
    .map(([size, density, seed]) => {
      const random = seededRandom(seed);
      const nodes = Array.from({ length: size }, (_, node) => node);
      return nodes.map((from) =>
        nodes.filter((to) => to !== from && random() * 100 < (from < size - hubs ? density : 90)),
      );
    });
}

function csrFrom(needs: Needs): Csr {
  const edges = new EdgeList();
  needs.forEach((row, from) => {
    for (const to of row) edges.push(from, to);
  });
  return buildCsr(needs.length, edges);
}

const plenty = (): VisitBudget => new VisitBudget(1e9);

/** The nodes of a cycle, from the one that the first edge leaves. */
function nodesOf(csr: Csr, edges: readonly number[]): readonly number[] {
  const nodes = edges.map((edge) => at(csr.target, edge));
  return [at(nodes, nodes.length - 1), ...nodes.slice(0, -1)];
}

function sorted(cycles: readonly (readonly number[])[]): readonly string[] {
  return cycles.map((cycle) => cycle.join(' ')).sort();
}

/** The list of each component that has a cycle. */
function listsOf(needs: Needs, most: number): readonly (readonly [readonly number[], CycleList])[] {
  const csr = csrFrom(needs);
  const isKept = new Uint8Array(csr.target.length).fill(1);
  return cyclicComponents(csr, stronglyConnected(csr)).map(
    (members) =>
      [[...members], enumerateCycles(csr, members, isKept, { ...CYCLE_LIMITS, cycles: most })] as const,
  );
}

describe('the searches for cycles', () => {
  it('all find what trying every path finds', () => {
    let found = 0;
    fc.assert(
      fc.property(graphs, (needs) => {
        const csr = csrFrom(needs);
        const expected = slowCycles(needs);
        found += expected.length;
        const all = allCycles(csr, 1e6, plenty());
        expect(sorted((all ?? []).map((edges) => nodesOf(csr, edges)))).toEqual(sorted(expected));
        const search = new CyclesOfLength(csr, plenty());
        const byLength: (readonly number[])[] = [];
        for (let length = 2; length <= needs.length; length++) {
          const isWhole = search.find(length, (edges) => {
            expect(edges.length).toBe(length);
            byLength.push(nodesOf(csr, [...edges]));
          });
          expect(isWhole).toBe(true);
        }
        expect(sorted(byLength)).toEqual(sorted(expected));
        const shortest = new ShortestCycles(csr, plenty());
        needs.forEach((_, node) => {
          const through = expected.filter((cycle) => cycle.includes(node));
          const edges = shortest.through(node);
          if (edges === undefined) expect(through).toEqual([]);
          else {
            const nodes = nodesOf(csr, edges);
            expect(nodes[0]).toBe(node);
            expect(nodes.length).toBe(Math.min(...through.map(({ length }) => length)));
            const turned = nodes.indexOf(Math.min(...nodes));
            const cycle = [...nodes.slice(turned), ...nodes.slice(0, turned)];
            expect(sorted(through)).toContain(cycle.join(' '));
          }
        });
      }),
      SETTINGS,
    );
    expect(found).toBeGreaterThan(10_000);
  });
});

describe('enumerateCycles', () => {
  it('lists and counts all cycles of a component, or the choice that it promises', () => {
    let left = 0;
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 12 }), (needs, most) => {
        const cycles = slowCycles(needs);
        for (const [members, list] of listsOf(needs, most)) {
          const own = cycles.filter((cycle) => members.includes(at(cycle, 0)));
          expect(list.cycles).toEqual(slowChoice(own, most));
          const lengths = [...new Set(own.map(({ length }) => length))].sort((a, b) => a - b);
          expect(list).toMatchObject({
            count: own.length,
            isCountExact: true,
            countOfLength: lengths.map((length) => ({
              length,
              count: own.filter((cycle) => cycle.length === length).length,
            })),
            unitsLeftOut: members.length - new Set(list.cycles.flat()).size,
          });
          left += own.length - list.cycles.length;
        }
      }),
      { ...SETTINGS, numRuns: 300 },
    );
    expect(left).toBeGreaterThan(1_000);
  });
  it('lists longer cycles than asked for only where there are no others', () => {
    const ringAndPair = [[1], [2], [3], [0, 4], [3]];
    const csr = csrFrom(ringAndPair);
    const isKept = new Uint8Array(csr.target.length).fill(1);
    const members = Int32Array.of(0, 1, 2, 3, 4);
    const limits = { cycles: 10, length: 3, visits: 1e6 };
    expect(enumerateCycles(csr, members, isKept, limits)).toEqual({
      cycles: [[3, 4]],
      count: 2,
      isCountExact: true,
      countOfLength: [
        { length: 2, count: 1 },
        { length: 4, count: 1 },
      ],
      unitsLeftOut: 3,
    });
    const ring = csrFrom([[1], [2], [3], [0]]);
    const kept = new Uint8Array(4).fill(1);
    expect(enumerateCycles(ring, Int32Array.of(0, 1, 2, 3), kept, limits).cycles).toEqual([[0, 1, 2, 3]]);
  });
  it('finds the one cycle of a ring, however long, and goes along no edge that is hidden', () => {
    const size = 100_000;
    const csr = csrFrom(Array.from({ length: size }, (_, node) => [(node + 1) % size]));
    const members = Int32Array.from({ length: size }, (_, node) => node);
    const list = enumerateCycles(csr, members, new Uint8Array(size).fill(1));
    expect(list).toMatchObject({ count: 1, isCountExact: true, unitsLeftOut: 0 });
    expect(at(list.cycles, 0).length).toBe(size);
    const both = csrFrom([[1, 2], [0, 2], [0]]);
    const withoutPair = Uint8Array.from([1, 1, 0, 1, 1]);
    const found = enumerateCycles(both, Int32Array.of(0, 1, 2), withoutPair);
    expect(found.cycles).toEqual([
      [0, 2],
      [0, 1, 2],
    ]);
  });
  it('counts by length what is too much to find, and shows each unit that the work suffices for', () => {
    const size = 40;
    const complete = Array.from({ length: size }, (_, from) =>
      Array.from({ length: size }, (__, to) => to).filter((to) => to !== from),
    );
    // a unit that is on long cycles only hangs on at the end
    const tail = [...complete.map((row, node) => (node === 0 ? [...row, size] : row)), [size + 1]];
    const needs = [...tail, [size + 2], [size + 3], [1]];
    const csr = csrFrom(needs);
    const members = Int32Array.from(needs, (_, node) => node);
    const isKept = new Uint8Array(csr.target.length).fill(1);
    const list = enumerateCycles(csr, members, isKept, { cycles: 25, length: 12, visits: 2_000_000 });
    expect(list.isCountExact).toBe(false);
    expect(list.countOfLength.slice(0, 2)).toEqual([
      { length: 2, count: (size * (size - 1)) / 2 },
      { length: 3, count: (size * (size - 1) * (size - 2)) / 3 },
    ]);
    expect(list.unitsLeftOut).toBe(0);
    const lengths = list.cycles.map(({ length }) => length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(list.cycles.some((cycle) => cycle.includes(size + 3))).toBe(true);
  });
  it('gives up no later than its work allows, and then tells how many there are at least', () => {
    const size = 60;
    const complete = Array.from({ length: size }, (_, from) =>
      Array.from({ length: size }, (__, to) => to).filter((to) => to !== from),
    );
    const csr = csrFrom(complete);
    const members = Int32Array.from(complete, (_, node) => node);
    const isKept = new Uint8Array(csr.target.length).fill(1);
    const list = enumerateCycles(csr, members, isKept, { cycles: 5, length: 12, visits: 3_000 });
    expect(list).toMatchObject({ isCountExact: false, countOfLength: [], count: size * (size - 2) + 1 });
    expect(list.cycles.length).toBeGreaterThan(0);
  });
});
