import { at } from '../../src/base/column.ts';
import { compareText } from '../../src/base/compare.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { shortestDurations, tails } from '../../src/schedule/tails.ts';
import { problemOf } from '../dispatch/problems.ts';
import { emptyPlan, planBuilder, planTask } from '../emit/small-plan.ts';

const MIB = 2 ** 20;
const BUILDER = { name: 'one', arch: 'amd64', slots: 4, ramDiskBytes: 128 * MIB, diskSlots: 2 };

/** A plan of small builds, some of which find no room in the RAM disk. The same seed, the same plan. */
export function makeKillPlan(size: number, seed: number): Plan {
  const random = seededRandom(seed);
  const specs = Array.from({ length: size }, (_, task) => ({
    arch: 'amd64',
    durationMs: 50 + Math.floor(random() * 200),
    ramDiskBytes: Math.ceil((random() < 0.1 ? 200 : 8 + 50 * random()) * MIB),
    needs: Array.from({ length: Math.floor(random() * 3) }, () => task - 1 - Math.floor(random() * 8)).filter(
      (need) => need >= 0,
    ),
  }));
  const problem = problemOf(specs, [BUILDER], 1.5);
  const priority = tails(problem.dag, shortestDurations(problem));
  const { placements, makespanMs } = listSchedule(problem, dispatchRule(problem, priority));
  const tasks = placements.map(({ task, slot, mode, makeJobs, startMs, endMs }) => {
    const { durationMs, ramDiskBytes, needs } = at(specs, task);
    return planTask({
      ...{ id: idOf(task), source: sourceOf(task), version: '1', builder: BUILDER.name },
      needs: [...new Set(needs)].map(idOf).sort(compareText),
      ...{ slot, mode, makeJobs, startMs, durationMs: endMs - startMs },
      ...{ workMs: durationMs, workUpperMs: durationMs, ramDiskBytes, ramDiskMedianBytes: ramDiskBytes },
      ...{ ramDiskUpperBytes: ramDiskBytes, priority: at(priority, task) },
    });
  });
  const target = { arch: 'amd64', kind: 'any', profiles: [] } as const;
  const plan = emptyPlan([{ target, tasks }], [planBuilder({ ...BUILDER, diskFactor: 1.5 })]);
  return { ...plan, makespanMs };
}

function sourceOf(task: number): string {
  return `unit-${String(task).padStart(2, '0')}`;
}

function idOf(task: number): string {
  return `${sourceOf(task)}_1/amd64`;
}
