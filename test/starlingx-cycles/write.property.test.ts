import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import { brokenNeeds } from '../../src/cycles/starlingx/broken-needs.ts';
import { commonOrder } from '../../src/cycles/starlingx/common-order.ts';
import { connectedSets } from '../../src/cycles/starlingx/connected-sets.ts';
import { leastHarmOrder } from '../../src/cycles/starlingx/least-harm-order.ts';
import { lintCycleOrders } from '../../src/cycles/starlingx/lint.ts';
import { findContradictions } from '../../src/cycles/starlingx/order-preferences.ts';
import type { CyclePlatform } from '../../src/cycles/starlingx/platform.ts';
import { simulateCycleOrders, type Simulation } from '../../src/cycles/starlingx/simulate.ts';
import { WRITE_LIMITS, writeCycleOrders } from '../../src/cycles/starlingx/write.ts';
import { formatCycleOrders } from '../../src/emit/cycle-orders.ts';
import { parseCycleOrders, type CycleOrder } from '../../src/parse/starlingx/cycle-orders.ts';
import { platform, platformOf, subsetsOf } from './platforms.ts';

const SETTINGS = { seed: 7, numRuns: 300 };

/** What is written for platforms, as StarlingX reads it. */
function writtenFor(...platforms: readonly CyclePlatform[]): readonly CycleOrder[] {
  const written = writeCycleOrders(platforms, { limits: WRITE_LIMITS, orderOf: commonOrder(platforms) });
  expect(written.diagnostics).toEqual([]);
  return parseCycleOrders(formatCycleOrders(written), 'f', (diagnostic) => {
    throw new Error(diagnostic.message);
  });
}

/** Hard needs among the sources built that were not built before. */
function tooEarly({ names, needs, isHard }: CyclePlatform, { groups }: Simulation): readonly string[] {
  const order = groups.flatMap((group) => group.names);
  return order.flatMap((name, position) => {
    const from = names.indexOf(name);
    return [...row(needs, from)]
      .filter(
        (to, edge) => isHard[at(needs.offset, from) + edge] === 1 && order.indexOf(at(names, to)) > position,
      )
      .map((to) => `${name} before ${at(names, to)}`);
  });
}

/** Whether all of a set reach each other inside it, over one step or more; by trying all ways. */
function isRing({ names, needs }: CyclePlatform, set: readonly string[]): boolean {
  const inside = set.map((name) => names.indexOf(name));
  return inside.every((start) => {
    const reached = new Set<number>();
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const from of [start, ...reached])
        for (const to of row(needs, from)) if (inside.includes(to)) reached.add(to);
    }
    return inside.every((place) => reached.has(place));
  });
}

describe('writeCycleOrders', () => {
  it('gets every subset of a platform built, hard needs first', () => {
    let cycles = 0;
    fc.assert(
      fc.property(platform(7), (small) => {
        const entries = writtenFor(small);
        for (const subset of subsetsOf(small.names)) {
          const simulation = simulateCycleOrders(small, entries, subset);
          expect(simulation.stuck).toEqual([]);
          expect(tooEarly(small, simulation)).toEqual([]);
          cycles += simulation.groups.filter(({ kind }) => kind === 'cycle').length;
        }
      }),
      SETTINGS,
    );
    expect(cycles).toBeGreaterThan(2000);
  });

  it('needs every one of its entries: without it, a build of its set stops', () => {
    fc.assert(
      fc.property(platform(6), (small) => {
        const entries = writtenFor(small);
        for (const entry of entries) {
          const others = entries.filter((other) => other !== entry);
          expect(simulateCycleOrders(small, others, entry.set).stuck).toEqual(entry.set);
        }
      }),
      SETTINGS,
    );
  });

  it('serves two platforms with one file, every subset of either, and contradicts itself nowhere', () => {
    let agreed = 0;
    fc.assert(
      fc.property(platform(5), platform(5), (one, other) => {
        const platforms = [one, { ...other, label: 'other' }];
        const written = writeCycleOrders(platforms, {
          limits: WRITE_LIMITS,
          orderOf: commonOrder(platforms),
        });
        for (const user of platforms)
          for (const subset of subsetsOf(user.names))
            expect(simulateCycleOrders(user, written.orders, subset).stuck).toEqual([]);
        if (written.diagnostics.length > 0) return;
        agreed++;
        for (const user of platforms)
          for (const subset of subsetsOf(user.names))
            expect(tooEarly(user, simulateCycleOrders(user, written.orders, subset))).toEqual([]);
      }),
      SETTINGS,
    );
    expect(agreed).toBeGreaterThan(100);
  });

  it('passes the lint', () => {
    fc.assert(
      fc.property(platform(6), (small) => {
        expect(lintCycleOrders(writtenFor(small), [small])).toEqual([]);
      }),
      SETTINGS,
    );
  });

  it('writes no contradiction for one platform', () => {
    fc.assert(
      fc.property(platform(6), (small) => {
        expect(findContradictions(writtenFor(small))).toEqual([]);
      }),
      SETTINGS,
    );
  });

  it('writes the whole component, and says what it left out, where the limits are too low', () => {
    const names = 'abcdefgh'.split('');
    const all = platformOf(
      Object.fromEntries(
        names.map((name) => [name, names.join(' ').replace(name, '').trim().replaceAll('  ', ' ')]),
      ),
    );
    const written = writeCycleOrders([all], {
      limits: { sets: 30, tried: 1000 },
      orderOf: commonOrder([all]),
    });
    expect(written.orders.map(({ set }) => set.length)).toEqual([...Array.from({ length: 28 }, () => 2), 8]);
    expect(written.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'cycle-sets-left-out',
        'suite distro/std amd64: 8 sources need each other, and only their sets of up to 2 sources, and all of them, ' +
          'get an entry: a b c d e f g h',
      ],
    ]);
    expect(simulateCycleOrders(all, written.orders).stuck).toEqual([]);
    expect(simulateCycleOrders(all, written.orders, ['a', 'b']).stuck).toEqual([]);
    expect(simulateCycleOrders(all, written.orders, ['a', 'b', 'c']).stuck).toEqual(['a', 'b', 'c']);
  });

  it('reports an order that no order can make right', () => {
    const hard = platformOf({ a: 'b!', b: 'a!' });
    const { orders, diagnostics } = writeCycleOrders([hard], {
      limits: WRITE_LIMITS,
      orderOf: commonOrder([hard]),
    });
    expect(orders).toHaveLength(1);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['cycle-order-breaks-need', 'error'],
    ]);
  });

  it('explains a whole component by chains, and a part of it by names', () => {
    const explain = (from: number, to: number): string => `${'abc'[from] ?? ''}(s) -b> x(${'abc'[to] ?? ''})`;
    const knot = { ...platformOf({ a: 'b c', b: 'a', c: 'a' }), explain };
    const { orders } = writeCycleOrders([knot], { limits: WRITE_LIMITS, orderOf: leastHarmOrder });
    expect(orders).toEqual([
      {
        set: ['a', 'b'],
        order: ['a', 'b'],
        comments: ['in suite distro/std amd64', 'built against the existing one: a needs b'],
      },
      {
        set: ['a', 'c'],
        order: ['a', 'c'],
        comments: ['in suite distro/std amd64', 'built against the existing one: a needs c'],
      },
      {
        set: ['a', 'b', 'c'],
        order: ['a', 'b', 'c'],
        comments: [
          'in suite distro/std amd64',
          'a(s) -b> x(b): built against the existing one',
          'back: b(s) -b> x(a)',
          'a(s) -b> x(c): built against the existing one',
          'back: c(s) -b> x(a)',
        ],
      },
    ]);
  });

  it('takes the order that the caller chose, a source twice if it says so', () => {
    const ring = platformOf({ a: 'b', b: 'a' });
    const { orders } = writeCycleOrders([ring], { limits: WRITE_LIMITS, orderOf: () => [1, 0, 1] });
    expect(orders.map(({ order }) => order.join(' '))).toEqual(['b a b']);
  });
});

describe('connectedSets', () => {
  it('finds exactly the sets in which all need each other', () => {
    let found = 0;
    fc.assert(
      fc.property(platform(7), (small) => {
        const sets = connectedSets(small, WRITE_LIMITS).flatMap(({ sets: own }) =>
          own.map((set) => set.map((place) => at(small.names, place)).join(' ')),
        );
        const expected = subsetsOf(small.names)
          .filter((subset) => subset.length > 0 && isRing(small, subset))
          .map((subset) => subset.join(' '));
        expect([...sets].sort()).toEqual([...expected].sort());
        found += sets.length;
      }),
      SETTINGS,
    );
    expect(found).toBeGreaterThan(500);
  });
});

describe('leastHarmOrder', () => {
  const harmOf = (small: CyclePlatform, order: readonly number[]): number =>
    brokenNeeds(small, order).reduce((sum, { isHard, harm }) => sum + harm + (isHard ? 1e6 : 0), 0);

  function* permutations(items: readonly number[]): Generator<readonly number[]> {
    if (items.length === 0) yield [];
    for (const first of items)
      for (const rest of permutations(items.filter((item) => item !== first))) yield [first, ...rest];
  }

  it('does no more harm than any other order', () => {
    fc.assert(
      fc.property(platform(6), (small) => {
        const members = small.names.map((_, place) => place);
        const order = leastHarmOrder(small, members);
        expect([...order].sort((a, b) => a - b)).toEqual(members);
        const least = Math.min(...[...permutations(members)].map((other) => harmOf(small, other)));
        expect(harmOf(small, order)).toBe(least);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('honours every hard need of a large set', () => {
    fc.assert(
      fc.property(platform(26), (large) => {
        const order = leastHarmOrder(large, [...large.names.keys()]);
        expect(new Set(order).size).toBe(large.names.length);
        expect(brokenNeeds(large, order).filter(({ isHard }) => isHard)).toEqual([]);
      }),
      SETTINGS,
    );
  });

  it('grants wishes among orders of equal harm, and none that costs harm', () => {
    const ring = platformOf({ a: 'b', b: 'a', c: 'a', d: '' });
    // b before a costs no more than a before b; c before a does
    const wish = (first: number, then: number): boolean => then === 0 || first === 3;
    expect(leastHarmOrder(ring, [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
    expect(leastHarmOrder(ring, [0, 1, 2, 3], wish)).toEqual([3, 1, 0, 2]);
  });
});

describe('commonOrder', () => {
  it('leaves its order where it would break what a platform can not do without', () => {
    const one = platformOf({ a: 'b!', b: 'a' });
    const other = { ...platformOf({ a: 'b', b: 'a!' }), label: 'other' };
    const orderOf = commonOrder([one, other]);
    expect(orderOf(one, [0, 1])).toEqual([1, 0]);
    expect(orderOf(other, [0, 1])).toEqual([0, 1]);
  });

  it('follows wishes by name', () => {
    const ring = platformOf({ a: 'b', b: 'a' });
    expect(commonOrder([ring])(ring, [0, 1])).toEqual([0, 1]);
    expect(commonOrder([ring], (first) => first === 'b')(ring, [0, 1])).toEqual([1, 0]);
  });
});
