import { int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareText, firstDifference } from '../base/compare.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { DispatchRule, Schedule } from '../dispatch/problem.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { UnitProblem } from './make-problem.ts';
import type { PlanTarget, PlanTask } from './plan.ts';
import { planPriority } from './plan-priority.ts';

/** What is known of units and tasks. */
export interface TaskFacts {
  /** One a unit. */
  readonly estimates: readonly Estimate[];
  readonly rule: DispatchRule;
  /** The build profiles of the run. */
  readonly profiles: readonly string[];
}

/**
 * The scheduled units as plan tasks, in their targets.
 * @param critical the tasks of the critical chain
 */
export function makeTargets(
  unitProblem: UnitProblem,
  schedule: Schedule,
  { estimates, rule, profiles }: TaskFacts,
  critical: ReadonlySet<number>,
): readonly PlanTarget[] {
  const { problem, units } = unitProblem;
  const priority = planPriority(rule.priority);
  const targets = new Map<string, { target: PlanTarget['target']; tasks: PlanTask[] }>();
  for (const placement of schedule.placements) {
    const { task } = placement;
    const unit = at(units, task);
    const { arch, kind, buildArch } = unit.target;
    const key = `${arch} ${kind}`;
    let group = targets.get(key);
    if (group === undefined) {
      group = { target: { arch, kind, profiles }, tasks: [] };
      targets.set(key, group);
    }
    const estimate = at(estimates, unit.id);
    const { layer, buildType } = unit.source;
    group.tasks.push({
      id: unit.key,
      source: unit.source.name,
      version: unit.version,
      stage: unit.stage,
      ...(isSame(unit.target.profiles, profiles) ? {} : { profiles: unit.target.profiles }),
      ...(buildArch === undefined ? {} : { buildArch }),
      ...(layer === undefined ? {} : { layer }),
      ...(buildType === undefined ? {} : { buildType }),
      needs: keysOfNeeds(unitProblem, task),
      builder: at(problem.builders, placement.builder).name,
      slot: placement.slot,
      mode: placement.mode,
      ...(placement.chroot < 0 ? {} : { chroot: placement.chroot }),
      makeJobs: placement.makeJobs,
      startMs: placement.startMs,
      durationMs: placement.endMs - placement.startMs,
      ...describeEstimate(estimate),
      ...(rule.mayUseRamDisk[task] === 1 ? {} : { mayUseRamDisk: false as const }),
      priority: at(priority, task),
      critical: critical.has(task),
    });
  }
  return [...targets.entries()].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

function keysOfNeeds({ problem, units }: UnitProblem, task: number): readonly string[] {
  const { needs } = problem.dag;
  const keys: string[] = [];
  const end = edgesTo(needs, task);
  for (let edge = edgesFrom(needs, task); edge < end; edge++)
    keys.push(at(units, int32At(needs.target, edge)).key);
  return keys;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some === others || some.join() === others.join();
}

function describeEstimate(estimate: Estimate): EstimateOfTask {
  return {
    workMs: estimate.durationMs,
    workUpperMs: estimate.durationUpperMs,
    parallelFraction: estimate.parallelFraction,
    ramDiskBytes: estimate.ramDiskBytes,
    ramDiskMedianBytes: estimate.ramDiskMedianBytes,
    ramDiskUpperBytes: estimate.ramDiskUpperBytes,
    ramDiskParts: estimate.parts,
    memoryBytes: estimate.memoryBytes,
    estimatedBy: { duration: estimate.durationBy, ramDisk: estimate.ramDiskBy },
  };
}

type EstimateOfTask = Pick<
  PlanTask,
  | 'workMs'
  | 'workUpperMs'
  | 'parallelFraction'
  | 'ramDiskBytes'
  | 'ramDiskMedianBytes'
  | 'ramDiskUpperBytes'
  | 'ramDiskParts'
  | 'memoryBytes'
  | 'estimatedBy'
>;

const sorted = new WeakMap<readonly PlanTarget[], readonly PlanTask[]>();

/** All tasks of a plan in the order in which they start; ties by id. Sorted once for a plan, however often it is asked. */
export function tasksByStart(targets: readonly PlanTarget[]): readonly PlanTask[] {
  const known = sorted.get(targets);
  if (known !== undefined) return known;
  const tasks = targets
    .flatMap((target) => target.tasks)
    .sort((a, b) => firstDifference(a.startMs - b.startMs, compareText(a.id, b.id)));
  sorted.set(targets, tasks);
  return tasks;
}
