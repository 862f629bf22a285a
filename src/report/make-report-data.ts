import { at } from '../base/column.ts';
import { UserError } from '../base/diagnostic.ts';
import { compareArchitectures, comparePlans } from '../compare/compare-plans.ts';
import type { ComparisonDocument } from '../compare/comparison-document.ts';
import type { Placement } from '../dispatch/problem.ts';
import { formatBinding } from '../emit/summary/binding.ts';
import { labelUnit, nameUnits } from '../emit/summary/unit-names.ts';
import { contradictoryPlan } from '../plan/diagnostics.ts';
import type { Plan, PlanTask } from '../plan/plan.ts';
import { problemOfPlan, type PlanProblem } from '../plan/problem-of-plan.ts';
import { ramDiskPeak } from '../plan/ram-disk-peak.ts';
import { usageSteps } from '../plan/usage-steps.ts';
import { makeReportTasks, rankTasks } from './make-report-tasks.ts';
import type { ReportBench } from './report-bench.ts';
import type { ReportBuilder, ReportData, ReportPlan } from './report-data.ts';

/** A plan file that was read. */
export interface LabelledPlan {
  /** What tells it from the others. */
  readonly label: string;
  readonly sha256: string;
  readonly plan: Plan;
}

/**
 * What the page is told of some plans. O(n log n + needs)
 * @param plans at least one
 * @param bench what was measured of them; null: nothing
 * @throws UserError for a plan that contradicts itself
 */
export function makeReportData(plans: readonly LabelledPlan[], bench: ReportBench | null = null): ReportData {
  return { plans: plans.map(makeReportPlan), comparison: comparisonOf(plans), bench };
}

/** The first two plans; of a single one with two architectures those. */
function comparisonOf([first, second]: readonly LabelledPlan[]): ComparisonDocument | null {
  if (first === undefined) return null;
  if (second !== undefined) return comparePlans(first, second);
  const [left, right] = first.plan.options.architectures;
  return left === undefined || right === undefined ? null : compareArchitectures(first, left, right);
}

function makeReportPlan({ label, sha256, plan }: LabelledPlan): ReportPlan {
  const planProblem = problemOfPlan(plan, label);
  const ranks = rankTasks(planProblem);
  const names = nameUnits(plan);
  const rankOf = new Map(planProblem.tasks.map(({ id }, task) => [id, at(ranks, task)]));
  return {
    label,
    sha256,
    makespanMs: plan.makespanMs,
    lowerBoundMs: plan.lowerBoundMs,
    lowerBoundName: plan.lowerBoundName,
    ranPlan: plan.ran?.plan ?? null,
    binding: formatBinding(plan.lowerBoundBinding, plan.lowerBoundMs, (id) => labelUnit(id, names, plan)),
    options: plan.options,
    inputs: plan.inputs,
    architectures: plan.architectures,
    builders: makeBuilders(plan, planProblem),
    tasks: makeReportTasks(plan, planProblem, ranks),
    criticalChain: Uint32Array.from(plan.criticalChain, ({ id }) => {
      const rank = rankOf.get(id);
      if (rank === undefined)
        throw new UserError([contradictoryPlan(label, `${id} of its critical chain is not in it`)]);
      return rank;
    }),
    breaks: plan.breaks,
    unbuildable: plan.unbuildable,
  };
}

function makeBuilders(plan: Plan, { problem, schedule, tasks }: PlanProblem): readonly ReportBuilder[] {
  const placementsOn = plan.builders.map((): Placement[] => []);
  for (const placement of schedule.placements) at(placementsOn, placement.builder).push(placement);
  return plan.builders.map((builder, index) => {
    const placements = at(placementsOn, index);
    const { name, arch, slots, ramDiskBytes, ramDiskChroots, memoryBytes, diskSlots, diskFactor } = builder;
    return {
      ...{ name, arch, slots, ramDiskBytes, ramDiskChroots, memoryBytes, diskSlots, diskFactor },
      cores: builder.cores,
      speed: builder.speed,
      busyMs: placements.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      ramDiskPeakBytes: ramDiskPeak(placements, problem.ramDiskBytes),
      usage: usageColumns(placements.map(({ task }) => at(tasks, task))),
    };
  });
}

function usageColumns(tasks: readonly PlanTask[]): ReportBuilder['usage'] {
  const steps = usageSteps(tasks);
  return {
    atMs: Float64Array.from(steps, ({ atMs }) => atMs),
    ramDiskBytes: Float64Array.from(steps, ({ ramDiskBytes }) => ramDiskBytes),
    busySlots: Uint16Array.from(steps, ({ busySlots }) => busySlots),
  };
}
