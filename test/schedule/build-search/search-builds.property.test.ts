import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/column.ts';
import { row } from '../../../src/base/csr.ts';
import { seededRandom } from '../../../src/base/random.ts';
import { lowerBound } from '../../../src/schedule/bounds/lower-bound.ts';
import { buildModes } from '../../../src/schedule/build-search/build-modes.ts';
import { ListShaker } from '../../../src/schedule/build-search/list-shaker.ts';
import { PriorityList } from '../../../src/schedule/build-search/priority-list.ts';
import { joinRestarts, makeRestarts } from '../../../src/schedule/build-search/restarts.ts';
import { searchBuilds } from '../../../src/schedule/build-search/search-builds.ts';
import { emptyList } from '../../../src/schedule/build-search/task-list.ts';
import { listSchedule } from '../../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../../src/schedule/verify.ts';
import { problemOf, problemSpecs, specProblem, specRule, ruleOf } from '../../dispatch/problems.ts';
import { anyModes, anyOrder } from './random-lists.ts';

describe('searchBuilds', () => {
  it('breaks no rule, ends no later than it began, and makes no more schedules than it may', () => {
    let gained = 0;
    const property = fc.property(
      problemSpecs({ maxTasks: 40 }),
      fc.integer({ min: 1, max: 250 }),
      (spec, schedules) => {
        const problem = specProblem(spec);
        const initial = listSchedule(problem, specRule(spec));
        const { lowerBoundMs } = lowerBound(problem);
        const found = searchBuilds(problem, { schedules, seed: 1, initial: [initial], lowerBoundMs });
        expect(verifySchedule(problem, found.schedule)).toEqual([]);
        expect(found.schedule.makespanMs).toBeLessThanOrEqual(initial.makespanMs);
        expect(found.schedulesUsed).toBeLessThanOrEqual(schedules);
        expect(found.isOptimal).toBe(found.schedule.makespanMs <= lowerBoundMs);
        gained += Number(found.schedule.makespanMs < initial.makespanMs);
      },
    );
    fc.assert(property, { seed: 21, numRuns: 60 });
    expect(gained).toBeGreaterThan(15);
  });

  it('finds the same again, and something else with another seed', () => {
    const schedulesOf = (seed: number) => {
      const random = seededRandom(3);
      const tasks = Array.from({ length: 60 }, (_, task) => ({
        durationMs: 1 + Math.floor(random() * 50),
        ramDiskBytes: Math.floor(random() * 8),
        needs: task < 5 ? [] : [Math.floor(random() * task)],
      }));
      const problem = problemOf(tasks, [{ slots: 3 }]);
      const initial = listSchedule(problem, ruleOf(problem));
      return searchBuilds(problem, { schedules: 1500, seed, initial: [initial], lowerBoundMs: 0 });
    };
    expect(schedulesOf(1)).toEqual(schedulesOf(1));
    expect(schedulesOf(2).schedule.placements).not.toEqual(schedulesOf(1).schedule.placements);
  });

  it('never finds worse with more schedules', () => {
    const property = fc.property(problemSpecs({ maxTasks: 30 }), (spec) => {
      const problem = specProblem(spec);
      const initial = [listSchedule(problem, specRule(spec))];
      const makespanOf = (schedules: number): number =>
        searchBuilds(problem, { schedules, seed: 7, initial, lowerBoundMs: 0 }).schedule.makespanMs;
      expect(makespanOf(5000)).toBeLessThanOrEqual(makespanOf(2000));
    });
    fc.assert(property, { seed: 22, numRuns: 4 });
  });

  it('keeps a large build from waiting behind small ones that start before it is ready', () => {
    // As on trixie: what the dispatcher starts at 1 fills the RAM that the long chain wants at 2.
    const small = Array.from({ length: 2 }, () => ({ durationMs: 60, ramDiskBytes: 15, needs: [0] }));
    const problem = problemOf(
      [{ durationMs: 1 }, { durationMs: 2 }, { durationMs: 100, ramDiskBytes: 40, needs: [1] }, ...small],
      [{ slots: 4, ramDiskBytes: 60, diskSlots: 0 }],
    );
    const initial = listSchedule(problem, ruleOf(problem, [9, 9, 8, 1, 1]));
    const found = searchBuilds(problem, { schedules: 500, seed: 1, initial: [initial], lowerBoundMs: 0 });
    expect(initial.makespanMs).toBe(161);
    expect(found.schedule.makespanMs).toBe(121);
    expect(verifySchedule(problem, found.schedule)).toEqual([]);
  });

  it('ends at once where nothing can be gained', () => {
    const problem = problemOf([]);
    const initial = [{ placements: [], makespanMs: 0 }];
    const found = searchBuilds(problem, { schedules: 100, seed: 1, initial, lowerBoundMs: 0 });
    expect(found).toEqual({ schedule: initial[0], schedulesUsed: 0, isOptimal: true });
  });

  it('stops when it is told to, with the best so far', () => {
    const tasks = Array.from({ length: 30 }, (_, task) => ({
      durationMs: 1 + ((task * 7) % 13),
      ramDiskBytes: 4,
    }));
    const problem = problemOf(tasks);
    const initial = [listSchedule(problem, ruleOf(problem))];
    const options = { schedules: 100_000, seed: 1, initial, lowerBoundMs: 0 };
    const found = searchBuilds(problem, options, { shouldStop: () => true });
    expect(found.schedulesUsed).toBeLessThan(2000);
    expect(verifySchedule(problem, found.schedule)).toEqual([]);
  });
});

describe('makeRestarts', () => {
  it('begins with the same restarts whatever the number, and spends all schedules', () => {
    const property = fc.property(fc.integer({ min: 1, max: 400_000 }), fc.integer(), (schedules, seed) => {
      const restarts = makeRestarts(schedules, seed);
      expect(restarts.reduce((sum, restart) => sum + restart.schedules, 0)).toBe(schedules);
      const longer = makeRestarts(schedules * 3, seed);
      expect(restarts.slice(0, -1)).toEqual(longer.slice(0, restarts.length - 1));
    });
    fc.assert(property, { seed: 23 });
  });

  it('makes two more with each level of effort', () => {
    const sizes = makeRestarts(50_000, 1).map(({ schedules }) => schedules);
    expect(sizes).toEqual([2000, 4000, 4000, 20_000, 20_000]);
    expect(new Set(makeRestarts(50_000, 1).map(({ seed }) => seed)).size).toBe(5);
  });
});

describe('joinRestarts', () => {
  const result = (makespanMs: number, schedulesUsed: number, isOptimal = false) => ({
    schedule: { placements: [], makespanMs },
    schedulesUsed,
    isOptimal,
  });

  it('takes the first of the shortest and leaves out what follows the first optimum', () => {
    expect(joinRestarts(result(9, 0), [result(7, 10), result(8, 20)])).toEqual(result(7, 30));
    const others = [result(7, 10), result(5, 3, true), result(5, 1, true)];
    expect(joinRestarts(result(9, 0), others)).toEqual(result(5, 13, true));
    expect(joinRestarts(result(5, 0, true), others)).toEqual(result(5, 0, true));
  });
});

describe('lists', () => {
  it('have needs first, whatever is crossed, moved or ordered', () => {
    const property = fc.property(problemSpecs({ features: [] }), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const random = seededRandom(seed);
      const { taskCount } = problem;
      const parent = () => ({ order: anyOrder(problem, random), wanted: anyModes(problem, random) });
      const [father, mother, child] = [parent(), parent(), emptyList(taskCount)];
      const shaker = new ListShaker(problem.dag, random);
      const from = Math.floor(random() * taskCount);
      shaker.cross(father, mother, child, from, from + Math.floor(random() * (taskCount - from + 1)));
      expectNeedsFirst(problem, child.order);
      child.wanted.forEach((mode, task) => {
        expect([at(father.wanted, task), at(mother.wanted, task)]).toContain(mode);
      });
      for (let move = 0; move < 10; move++) shaker.shift(child, Math.floor(random() * taskCount));
      expectNeedsFirst(problem, child.order);
      new PriorityList(problem.dag).fill(Float64Array.from({ length: taskCount }, random), child.order);
      expectNeedsFirst(problem, child.order);
      expect(buildModes(problem).offset).toHaveLength(taskCount + 1);
    });
    fc.assert(property, { seed: 24, numRuns: 100 });
  });
});

function expectNeedsFirst(problem: ReturnType<typeof problemOf>, order: Int32Array): void {
  const placeOf = new Map([...order].map((task, place) => [task, place]));
  expect(placeOf.size).toBe(problem.taskCount);
  for (let task = 0; task < problem.taskCount; task++) {
    for (const need of row(problem.dag.needs, task))
      expect(placeOf.get(need) ?? Infinity).toBeLessThan(placeOf.get(task) ?? -1);
  }
}
