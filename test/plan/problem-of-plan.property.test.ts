import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { planBuild } from '../../src/pipeline.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { planJob } from '../support/planned.ts';

const plans = planJob({ hasLayers: true, indexed: ['amd64', 'arm64'] }).map(
  ({ inputs, options }) => planBuild(inputs, options).plan,
);

/** The plan with the first task of its first target changed. */
function withFirst(plan: Plan, change: (task: PlanTask) => PlanTask): Plan {
  const [target, ...targets] = plan.targets;
  if (target === undefined) throw new Error('BUG: a plan without tasks');
  const [first, ...rest] = target.tasks;
  if (first === undefined) throw new Error('BUG: a target without tasks');
  return { ...plan, targets: [{ ...target, tasks: [change(first), ...rest] }, ...targets] };
}

function refusal(plan: Plan): string {
  try {
    problemOfPlan(plan, 'plan.json');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

describe('a plan read back', () => {
  it('is the problem that its schedule solves, played through by its own rule', () => {
    let taskCount = 0;
    fc.assert(
      fc.property(plans, (plan) => {
        const { problem, rule, schedule, tasks } = problemOfPlan(plan, 'plan.json');
        expect(verifySchedule(problem, schedule)).toEqual([]);
        expect(listSchedule(problem, rule)).toEqual(schedule);
        expect(tasks.map(({ id }) => id).sort()).toEqual(
          tasksByStart(plan.targets)
            .map(({ id }) => id)
            .sort(),
        );
        tasks.forEach((task, index) => {
          const needs = Array.from(row(problem.dag.needs, index), (need) => at(tasks, need).id);
          expect(needs.sort()).toEqual(task.needs);
        });
        taskCount += tasks.length;
      }),
      { seed: 21, numRuns: 200 },
    );
    expect(taskCount).toBeGreaterThan(500);
  });

  it('is refused where it contradicts itself', () => {
    let count = 0;
    fc.assert(
      fc.property(
        plans.filter(({ targets }) => targets.length > 0),
        (plan) => {
          const of = (change: Partial<PlanTask>): string =>
            refusal(withFirst(plan, (task) => ({ ...task, ...change })));
          expect(of({})).toBe('');
          expect(of({ needs: ['gone_1/amd64'] })).toMatch(/needs gone_1\/amd64, which is not in it$/);
          expect(of({ builder: 'gone' })).toMatch(/is on builder gone, which it does not have$/);
          expect(of({ durationMs: 1_000_000_007 })).toMatch(/^plan\.json contradicts itself: .*instead of/);
          expect(of({ ramDiskUpperBytes: 0, ramDiskMedianBytes: 1 })).toMatch(/take less than half of them/);
          const twice = { ...plan, targets: [...plan.targets, ...plan.targets] };
          expect(refusal(twice)).toMatch(/is in it twice$/);
          count++;
        },
      ),
      { seed: 22, numRuns: 50 },
    );
    expect(count).toBe(50);
  });

  it('is refused when its tasks wait for each other', () => {
    const [plan] = fc.sample(
      plans.filter(({ targets }) => targets.length > 0),
      { seed: 23, numRuns: 1 },
    );
    if (plan === undefined) throw new Error('BUG: no plan');
    expect(refusal(withFirst(plan, (task) => ({ ...task, needs: [task.id] })))).toMatch(
      /its tasks wait for each other$/,
    );
  });
});
