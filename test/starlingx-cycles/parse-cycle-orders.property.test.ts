import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCycleOrders } from '../../src/emit/cycle-orders.ts';
import { parseCycleOrders, type CycleOrderText } from '../../src/parse/starlingx/cycle-orders.ts';

const SETTINGS = { seed: 7, numRuns: 500 };

const name = fc.constantFrom('linux', 'linux-rt', 'g++', 'python3.9', '0ad', 'libc', 'x');

const entry: fc.Arbitrary<CycleOrderText> = fc
  .tuple(
    fc.uniqueArray(name, { minLength: 1, maxLength: 6, size: 'max' }),
    fc.array(fc.constantFrom('a(s) -b> b', 'in trixie', 'SRC SET: a', '…'), { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([names, comments, isTwice]) => ({
    set: [...names].sort(),
    order: isTwice ? [...names, ...names] : names,
    comments,
  }));

const noise = fc.array(
  fc.constantFrom(
    ...['SRC SET: a b', 'BUILD ORDER: b a', 'BUILD ORDER: c', 'SRC SET:', 'SRC SET：a', 'BUILD ODER: a b'],
    ...[
      '',
      '#',
      '# SRC SET: a',
      'a b',
      '`',
      '\t',
      'SRC SET: a\tb',
      'SRC SET: a  b',
      '\u0000',
      'BUILD ORDER:',
    ],
  ),
  { maxLength: 12, size: 'max' },
);

describe('parseCycleOrders', () => {
  it('reads back what formatCycleOrders writes, without a report', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5, size: 'max' }), (orders) => {
        const reports: unknown[] = [];
        const read = parseCycleOrders(formatCycleOrders({ orders }), 'f', (report) => reports.push(report));
        expect(reports).toEqual([]);
        expect(read.map(({ set, order, comments }) => ({ set, order, comments }))).toEqual(orders);
      }),
      SETTINGS,
    );
  });

  it('loses no good entry beside bad ones, and gives a line for whatever it reports', () => {
    fc.assert(
      fc.property(noise, noise, (before, after) => {
        const lines = [...before, 'SRC SET: good1 good2', 'BUILD ORDER: good2 good1', ...after];
        const places: number[] = [];
        const read = parseCycleOrders(lines.join('\n'), 'f', ({ location, hint }) => {
          places.push(location?.line ?? 0);
          expect(hint).not.toBe('');
        });
        expect(read.filter(({ set }) => set.join(' ') === 'good1 good2')).toHaveLength(1);
        for (const line of places) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines.length);
        }
        for (const { set, order } of read) expect([...new Set(order)].sort()).toEqual(set);
      }),
      SETTINGS,
    );
  });
});
