import { at } from '../../src/base/column.ts';
import { compareText } from '../../src/base/compare.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import type { Schedule } from '../../src/dispatch/problem.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { criticalChain } from '../../src/schedule/critical-chain.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { shortestDurations, tails } from '../../src/schedule/tails.ts';
import { problemOf, type BuilderSpec, type TaskSpec } from '../dispatch/problems.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';

const GIB = 2 ** 30;
const BUILDERS: readonly (BuilderSpec & { readonly name: string; readonly arch: string })[] = [
  { name: 'arm-1', arch: 'arm64', slots: 8, ramDiskBytes: 64 * GIB, diskSlots: 8 },
  { name: 'x86-1', arch: 'amd64', slots: 12, ramDiskBytes: 96 * GIB, diskSlots: 12 },
  { name: 'x86-2', arch: 'amd64', slots: 8, ramDiskBytes: 48 * GIB, diskSlots: 8 },
];
const ARCHS = ['amd64', 'arm64'];
const LAYERS = ['base', 'runtime', 'apps'];

/**
 * A plan of so many builds for two architectures on three builders, scheduled by critical-path tails: durations and sizes have
 * long tails, a tenth of the builds is left out or not waited for. The same size, the same plan.
 */
export function generatePlan(size: number): Plan {
  const random = seededRandom(size);
  const specs = Array.from({ length: size }, (_, task) => generateTask(random, task));
  const problem = problemOf(specs, BUILDERS, 1.35);
  const priority = tails(problem.dag, shortestDurations(problem));
  const schedule = listSchedule(problem, dispatchRule(problem, priority));
  const chain = criticalChain(problem, schedule);
  const critical = new Set(chain.map(({ task }) => task));
  const tasks = tasksOf(specs, schedule, priority, critical);
  const lowerBoundMs = priority.reduce((longest, tail) => Math.max(longest, tail), 0);
  const targets = ARCHS.map((arch) => ({
    target: { arch, kind: 'any' as const, profiles: [] },
    tasks: tasks.filter((_, place) => at(specs, at(schedule.placements, place).task).arch === arch),
  }));
  const plan = emptyPlan(
    targets,
    problem.builders.map((builder) => ({ ...builder, memoryBytes: null, cores: null })),
  );
  return {
    ...plan,
    inputs: [{ name: 'Sources', sha256: '0'.repeat(64) }],
    options: { ...plan.options, architectures: ARCHS, layers: LAYERS },
    architectures: ARCHS.map((arch) => ({
      arch,
      taskCount: specs.filter((spec) => spec.arch === arch).length,
      unbuildableCount: 2,
      notForArchCount: 1,
      makespanMs: schedule.makespanMs,
      lowerBoundMs,
      lowerBoundName: 'critical-path',
      ramDiskPeakBytes: 40 * GIB,
      ramDiskBytes: 64 * GIB,
    })),
    criticalChain: chain.map(({ task, waitedFor }) => ({ id: idOf(specs, task), waitedFor })),
    breaks: breaksOf(specs),
    unbuildable: lossesOf(),
    makespanMs: schedule.makespanMs,
    lowerBoundMs,
    lowerBoundName: 'critical-path',
    lowerBoundBinding: { kind: 'chain', tasks: chain.slice(-3).map(({ task }) => idOf(specs, task)) },
  };
}

function generateTask(random: Random, task: number): TaskSpec & { readonly arch: string } {
  const arch = at(ARCHS, task % 2);
  const spread = -Math.log(1 - random());
  const needs = Array.from({ length: Math.floor(random() * 6) }, () =>
    Math.max(0, task - 1 - Math.floor(random() ** 2 * 400)),
  ).filter((need) => need < task);
  return {
    arch,
    durationMs: Math.ceil(30_000 + 300_000 * spread ** 2),
    ramDiskBytes: Math.ceil((0.4 + 2 * random() ** 2 + (task % 97 === 5 ? 70 : 0)) * GIB),
    memoryBytes: GIB,
    needs: [...new Set(needs)],
  };
}

function sourceOf(task: number): string {
  return `pkg-${String(Math.floor(task / 2)).padStart(5, '0')}`;
}

function idOf(specs: readonly TaskSpec[], task: number): string {
  return `${sourceOf(task)}_1.${String(task % 7)}-1/${at(specs, task).arch ?? ''}`;
}

function tasksOf(
  specs: readonly TaskSpec[],
  schedule: Schedule,
  priority: Float64Array,
  critical: ReadonlySet<number>,
): readonly PlanTask[] {
  return schedule.placements.map(({ task, builder, slot, mode, makeJobs, startMs, endMs }) => {
    const { durationMs, ramDiskBytes = 0, memoryBytes = 0, needs = [] } = at(specs, task);
    return planTask({
      id: idOf(specs, task),
      source: sourceOf(task),
      version: `1.${String(task % 7)}-1`,
      layer: at(LAYERS, Math.floor((3 * task) / specs.length)),
      needs: needs.map((need) => idOf(specs, need)).sort(compareText),
      builder: at(BUILDERS, builder).name,
      ...{ slot, mode, makeJobs, startMs, ramDiskBytes, memoryBytes },
      durationMs: endMs - startMs,
      workMs: durationMs,
      workUpperMs: 2 * durationMs,
      ramDiskMedianBytes: Math.floor(ramDiskBytes / 2),
      ramDiskUpperBytes: ramDiskBytes,
      estimatedBy: { duration: task % 3 === 0 ? 'history' : 'prior', ramDisk: 'prior' },
      priority: at(priority, task),
      critical: critical.has(task),
    });
  });
}

/** One build in ten does not wait for another. */
function breaksOf(specs: readonly TaskSpec[]): Plan['breaks'] {
  return specs
    .flatMap((_, task) => (task % 10 === 9 ? [{ from: idOf(specs, task - 9), to: idOf(specs, task) }] : []))
    .sort((a, b) => compareText(a.from, b.from))
    .map((edge) => ({
      ...edge,
      kind: 'existing-binary' as const,
      reason: 'Build-Depends: debhelper-compat (= 13)',
      servedBy: 'debhelper 13.11',
    }));
}

function lossesOf(): Plan['unbuildable'] {
  return ['lost-a', 'lost-b'].flatMap((source) =>
    ARCHS.map((arch) => ({
      source,
      version: '1-1',
      arch,
      unit: `${source}_1-1/${arch}`,
      kind: 'missing' as const,
      reason: 'Build-Depends: libnowhere-dev is not there',
      location: { file: 'Sources', line: 12 },
    })),
  );
}
