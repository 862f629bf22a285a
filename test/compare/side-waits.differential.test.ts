import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EdgeList } from '../../src/base/csr.ts';
import { at } from '../../src/base/column.ts';
import { findWaits } from '../../src/compare/side-waits.ts';
import type { Side } from '../../src/compare/side.ts';
import { planTask } from '../emit/small-plan.ts';

const COUNT = 90;
const UNITS = 70;
const idOf = (task: number): string => `s${String(task).padStart(2, '0')}_1/amd64`;

it('finds what a search from each task finds, of more units than go into a pass', () => {
  const size = { minLength: COUNT, maxLength: COUNT };
  const needs = fc.array(fc.array(fc.nat(COUNT - 1), { minLength: 1, maxLength: 3 }), size);
  const units = fc.array(fc.integer({ min: -1, max: UNITS - 1 }), size);
  // indexes follow ids, starts don't
  const ranks = fc.shuffledSubarray(
    Array.from({ length: COUNT }, (_, rank) => rank),
    size,
  );
  let waiting = 0;
  const property = fc.property(needs, units, ranks, (wanted, numbers, rankOf) => {
    const rows = wanted.map((row, task) => row.filter((need) => at(rankOf, need) < at(rankOf, task)));
    const entries = rows.map((row, index) => {
      const startMs = 1000 * at(rankOf, index);
      const task = planTask({
        ...{ id: idOf(index), source: 's', version: '1' },
        startMs,
        needs: row.map(idOf),
      });
      return { task, index, place: 'amd64', runsOn: 'amd64', key: idOf(index) };
    });
    const byId: Side['byId'] = new Map(entries.map((entry) => [entry.task.id, entry]));
    const asked = new EdgeList();
    for (let task = 0; task < COUNT; task++)
      for (let unit = 0; unit < UNITS; unit += 1 + (task % 3)) asked.push(task, unit);
    const found = findWaits({ byId }, Int32Array.from(numbers), UNITS, asked);
    const expected = Array.from(asked.from(), (task, place) =>
      Number(reached(task, rows).some((need) => numbers[need] === asked.to()[place])),
    );
    waiting += expected.filter((waits) => waits === 1).length;
    expect([...found]).toEqual(expected);
  });
  fc.assert(property, { seed: 3, numRuns: 20 });
  expect(waiting).toBeGreaterThan(1000);
});

function reached(task: number, rows: readonly (readonly number[])[]): readonly number[] {
  const seen = new Set(at(rows, task));
  for (const need of seen) for (const next of at(rows, need)) seen.add(next);
  return [...seen];
}
