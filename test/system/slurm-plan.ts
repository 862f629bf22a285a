import { at } from '../../src/base/column.ts';
import { compareText } from '../../src/base/compare.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { criticalChain } from '../../src/schedule/critical-chain.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { shortestDurations, tails } from '../../src/schedule/tails.ts';
import { problemOf, type TaskSpec } from '../dispatch/problems.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';

const MIB = 2 ** 20;
const ARCHS = ['amd64', 'arm64'] as const;
const BUILDERS = [
  { name: 'x86', arch: 'amd64', slots: 8, ramDiskBytes: 6144 * MIB, diskSlots: 4 },
  { name: 'arm', arch: 'arm64', slots: 4, ramDiskBytes: 3072 * MIB, diskSlots: 2 },
] as const;

/** Its name must reach the builder as it is, through sbatch too. */
export const PAYLOAD = `pkg '"$(touch pwned)"' \`x\`;&/amd64`;

/**
 * A plan of so many builds for two architectures, scheduled by critical-path tails: every seventh has no needs, the others one to
 * three some way before it; some only fit the largest node.
 */
export function slurmPlan(size: number): Plan {
  const random = seededRandom(7);
  const specs = Array.from({ length: size }, (_, task): TaskSpec & { readonly arch: string } => {
    const arch = at(ARCHS, task % 3 === 2 ? 1 : 0);
    const needs = Array.from({ length: task % 7 === 0 ? 0 : 1 + Math.floor(random() * 3) }, () =>
      Math.max(0, task - 20 - Math.floor(random() * 40)),
    );
    const ramDiskMib = 100 + Math.floor(random() ** 2 * (arch === 'amd64' ? 1800 : 1400));
    return {
      arch,
      durationMs: 1000 + Math.floor(random() * 60_000),
      ramDiskBytes: (task % 41 === 5 ? 2500 + ramDiskMib : ramDiskMib) * MIB,
      memoryBytes: 100 * MIB,
      needs: task === 0 ? [] : [...new Set(needs)],
    };
  });
  const problem = problemOf(specs, [...BUILDERS]);
  const priority = tails(problem.dag, shortestDurations(problem));
  const schedule = listSchedule(problem, dispatchRule(problem, priority));
  const tasks = schedule.placements.map(
    ({ task, builder, slot, mode, makeJobs, startMs, endMs }): PlanTask => {
      const { durationMs, ramDiskBytes = 0, memoryBytes = 0, needs = [] } = at(specs, task);
      return planTask({
        ...{ id: idOf(task), source: sourceOf(task), version: '1:2~3-1' },
        needs: needs.map(idOf).sort(compareText),
        ...{
          builder: at(BUILDERS, builder).name,
          slot,
          mode,
          makeJobs,
          startMs,
          durationMs: endMs - startMs,
        },
        ...{ workMs: durationMs, workUpperMs: durationMs },
        ...{ ramDiskBytes, ramDiskMedianBytes: ramDiskBytes, ramDiskUpperBytes: ramDiskBytes, memoryBytes },
        priority: at(priority, task),
      });
    },
  );
  const archOf = new Map(specs.map(({ arch }, task) => [idOf(task), arch]));
  const plan = emptyPlan(
    ARCHS.map((arch) => ({
      target: { arch, kind: 'any', profiles: [] },
      tasks: tasks.filter(({ id }) => archOf.get(id) === arch),
    })),
    problem.builders.map((builder) => ({ ...builder, memoryBytes: null, cores: null })),
  );
  const { makespanMs } = schedule;
  return {
    ...plan,
    makespanMs,
    lowerBoundMs: 0,
    criticalChain: criticalChain(problem, schedule).map(({ task, waitedFor }) => ({
      id: idOf(task),
      waitedFor,
    })),
  };
}

function sourceOf(task: number): string {
  return `pkg-${String(task).padStart(3, '0')}`;
}

function idOf(task: number): string {
  return task === 3 ? PAYLOAD : `${sourceOf(task)}_1:2~3-1/${at(ARCHS, task % 3 === 2 ? 1 : 0)}`;
}
