import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { NearestUnits } from '../../src/compare/nearest-units.ts';
import type { Side } from '../../src/compare/side.ts';
import { nearestNeeds } from '../../src/plan/nearest-needs.ts';
import { planTask } from '../emit/small-plan.ts';

const COUNT = 12;
const UNITS = 5;
const idOf = (task: number): string => `s${String(task).padStart(2, '0')}_1/amd64`;

it('finds what the needs of a plan lead to, by way of what is no unit or of the same one', () => {
  const size = { minLength: COUNT, maxLength: COUNT };
  const needs = fc.array(fc.array(fc.nat(COUNT - 1), { maxLength: 3 }), size);
  const units = fc.array(fc.integer({ min: -1, max: UNITS - 1 }), size);
  fc.assert(
    fc.property(needs, units, (wanted, numbers) => {
      const tasks = wanted.map((row, index) => {
        const earlier = [...new Set(row.filter((need) => need < index))].sort((a, b) => a - b);
        const task = planTask({
          ...{ id: idOf(index), source: 's', version: '1' },
          needs: [...earlier.map(idOf), 'of_another/plan'],
        });
        return { task, index, place: 'amd64', runsOn: 'amd64', key: idOf(index) };
      });
      const byId: Side['byId'] = new Map(tasks.map((entry) => [entry.task.id, entry]));
      const nearest = new NearestUnits({ byId }, Int32Array.from(numbers), UNITS);
      for (const { task, index } of tasks) {
        for (let unit = 0; unit < UNITS; unit++) {
          const number = (id: string): number => at(numbers, byId.get(id)?.index ?? 0);
          const isKept = (id: string): boolean => byId.has(id) && number(id) >= 0 && number(id) !== unit;
          const ids = nearestNeeds(task.needs, isKept, (id) => byId.get(id)?.task.needs);
          const found = nearest.find(index, unit);
          expect(new Set(found)).toEqual(new Set(ids.map(number)));
          expect(found.length).toBe(new Set(found).size);
          for (let other = 0; other < UNITS; other++)
            expect(nearest.hasFound(other)).toBe(found.includes(other));
        }
      }
    }),
  );
});
