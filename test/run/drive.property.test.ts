import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { isAdmissible } from '../../src/dispatch/problem.ts';
import { problemSpecs, specProblem, specRule } from '../dispatch/problems.ts';
import { DriveWorld, WHOLE_LIFE } from './drive-world.ts';

const specs = problemSpecs({
  maxTasks: 20,
  features: ['chroots', 'disk-slots', 'cores', 'make-jobs'],
});

const lives = fc.array(
  fc.record({
    diesAt: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 150 }) },
      { weight: 1, arbitrary: fc.constant(Infinity) },
    ),
    isPowerCut: fc.boolean(),
    journalLines: fc.oneof(
      { weight: 3, arbitrary: fc.constant(Infinity) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
    ),
    interrupts: fc.oneof(
      fc.constant<readonly number[]>([]),
      fc.array(fc.integer({ min: 2, max: 100 }), { maxLength: 2 }),
    ),
  }),
  { minLength: 1, maxLength: 8, size: 'max' },
);

describe('driveRun, however often its runner dies', () => {
  it('builds every task once, or gives it up for a reason, within all limits', async () => {
    let killed = 0;
    let again = 0;
    const property = fc.asyncProperty(
      specs,
      lives,
      fc.nat(),
      fc.nat({ max: 2 }),
      async (spec, plans, seed, retries) => {
        const problem = specProblem(spec);
        const world = new DriveWorld(problem, specRule(spec), seed, retries);
        for (const plan of plans) if ((await world.live(plan)) === 'killed') killed++;
        expect(await world.live(WHOLE_LIFE)).toEqual({ reason: 'done', error: undefined });
        const { tasks } = world.history;
        for (let task = 0; task < problem.taskCount; task++) {
          const id = world.id(task);
          const builds = world.builds.filter((build) => build.task === task);
          const counted = builds.filter(
            ({ end, state }) => state === 'over' && end.outcome !== 'interrupted',
          );
          const good = counted.filter(({ end }) => end.outcome === 'built');
          const bad = counted.filter(({ end }) => end.outcome !== 'built');
          again += builds.length - good.length;
          const state = tasks.get(id)?.state ?? 'waiting';
          // a build whose packages were there is never made again
          expect(good.length).toBe(state === 'built' ? 1 : 0);
          expect(world.kept.get(id) ?? 0).toBe(good.length);
          const spilled = bad.findIndex(({ end }) => end.outcome === 'no-space');
          if (spilled >= 0)
            for (const { attempt } of builds.filter(
              ({ attempt }) => attempt.number > at(bad, spilled).attempt.number,
            ))
              expect(attempt.mode).toBe('disk');
          const tries = bad.filter(({ end }) => end.outcome !== 'no-space');
          expect(tries.length).toBeLessThanOrEqual(1 + retries);
          expect(tries.slice(0, -1).every(({ end }) => end.isTransient)).toBe(true);
          if (state === 'failed') {
            const last = bad.at(-1);
            const admitsDisk = problem.builders.some(
              (builder) =>
                builder.arch === problem.arch[task] && isAdmissible(problem, task, builder, 'disk'),
            );
            expect(
              last?.end.isTransient === false
                ? last.end.outcome !== 'no-space' || !admitsDisk
                : tries.length === 1 + retries,
            ).toBe(true);
          }
          if (state === 'waiting') expect(builds).toEqual([]);
        }
      },
    );
    await fc.assert(property, { seed: 8, numRuns: 150 });
    expect(killed).toBeGreaterThan(150);
    expect(again).toBeGreaterThan(100);
  });
});
