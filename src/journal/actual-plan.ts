import { compareNumber, compareText, firstDifference } from '../base/compare.ts';
import type { Plan, PlanArchitecture, PlanBuilder, PlanTarget, PlanTask } from '../plan/plan.ts';
import { usageSteps } from '../plan/usage-steps.ts';
import { actualBuilders } from './actual-builders.ts';
import { actualChain, longestChain } from './actual-chain.ts';
import { builtAttempts, type BuiltAttempts } from './built-attempts.ts';
import { notBuilt } from './not-built.ts';
import { ActualPlaces, type ActualBuild, type ActualPlace } from './place-actual.ts';
import type { RunEvent } from './run-event.ts';

/**
 * What took place when a plan was run, as a plan: `readPlan` and `problemOfPlan` take it, so it can be looked at in the report and
 * compared with the plan. Starts, durations, builders, slots and modes are those of the attempts that built something; on Slurm,
 * builders are nodes. What was not built is in `unbuildable`, with why; waits by way of it are kept. Builders keep the speed and disk
 * factor of the plan, so that the work of a build can be compared too; durations lose the fraction of a ms of work that these leave,
 * at most.
 * The bound is the longest chain of builds as long as they were. Cost: O(events log events + tasks × slots)
 * @param events of a journal, in order; of a run that goes on as well
 */
export function actualPlan(plan: Plan, events: readonly RunEvent[]): Plan {
  const found = builtAttempts(events);
  const { builds, builders } = actualBuilders(plan, events, found.built);
  const placed = new ActualPlaces(plan, builds, builders);
  const taskOf = new Map(
    builds.map((build): [string, PlanTask] => [build.task.id, describeTask(build, placed.of(build))]),
  );
  const chain = actualChain([...taskOf.values()]);
  const critical = new Set(chain.map(({ id }) => id));
  const targets = plan.targets.map(({ target, tasks }) => ({
    target,
    tasks: tasks
      .flatMap(({ id }) => taskOf.get(id) ?? [])
      .map((task) => ({ ...task, critical: critical.has(task.id) }))
      .sort((a, b) => firstDifference(compareNumber(a.startMs, b.startMs), compareText(a.id, b.id))),
  }));
  return assemble(plan, found, targets, placed.widen(builders, [...taskOf.values()]), events, chain);
}

/** What is in the document beside what was found out. */
function assemble(
  plan: Plan,
  { attempts, pausedMs, built }: BuiltAttempts,
  targets: readonly PlanTarget[],
  builders: readonly PlanBuilder[],
  events: readonly RunEvent[],
  criticalChain: Plan['criticalChain'],
): Plan {
  const tasks = targets.flatMap((target) => target.tasks);
  const unbuildable = [...plan.unbuildable, ...notBuilt(plan, events, (id) => built.has(id))].sort((a, b) =>
    firstDifference(
      compareText(a.source, b.source),
      compareText(a.arch, b.arch),
      compareText(a.unit ?? '', b.unit ?? ''),
    ),
  );
  const longest = longestChain(tasks);
  const ran = { plan: nameOf(events), attempts, pausedMs };
  return {
    ...plan,
    ran,
    builders,
    targets,
    architectures: plan.architectures.map((row) => describeArchitecture(row, targets, builders, unbuildable)),
    criticalChain,
    unbuildable,
    makespanMs: lastEnd(tasks),
    lowerBoundMs: longest.lengthMs,
    lowerBoundName: BOUND,
    lowerBoundBinding: { kind: 'chain', tasks: longest.tasks },
  };
}

/** As the planner calls it. */
const BOUND = 'critical-path';

function nameOf(events: readonly RunEvent[]): string {
  const begin = events.find((event) => event.event === 'begin');
  return begin?.plan ?? '';
}

/** The attempt in place of what was planned; what it held on the RAM disk, where that is known, in place of the estimate. */
function describeTask(
  { task, attempt: { start, end }, builder }: ActualBuild,
  { slot, chroot, startMs, durationMs, workMs }: ActualPlace,
): PlanTask {
  const { profiles, buildArch, layer, buildType, mayUseRamDisk } = task;
  const { mode, makeJobs } = start;
  const ramDiskBytes = mode === 'ram' ? start.ramDiskBytes : task.ramDiskBytes;
  const heldBytes = end.peakBytes ?? task.ramDiskMedianBytes;
  return {
    ...{ id: task.id, source: task.source, version: task.version, stage: task.stage },
    ...(profiles === undefined ? {} : { profiles }),
    ...(buildArch === undefined ? {} : { buildArch }),
    ...(layer === undefined ? {} : { layer }),
    ...(buildType === undefined ? {} : { buildType }),
    needs: task.needs,
    ...{ builder, slot, mode },
    ...(chroot < 0 ? {} : { chroot }),
    ...{ makeJobs, startMs, durationMs, workMs, workUpperMs: workMs },
    parallelFraction: task.parallelFraction,
    ramDiskBytes,
    ramDiskMedianBytes: heldBytes,
    ramDiskUpperBytes: end.peakBytes ?? task.ramDiskUpperBytes,
    ramDiskParts: partsOf(task, ramDiskBytes, heldBytes),
    memoryBytes: task.memoryBytes,
    estimatedBy: task.estimatedBy,
    ...(mayUseRamDisk === undefined ? {} : { mayUseRamDisk }),
    priority: task.priority,
    critical: false,
  };
}

/** The parts of the plan, with the tree as what is left of what the build held; if that is less than the rest, all of it. */
function partsOf(
  { ramDiskParts: parts }: PlanTask,
  ramDiskBytes: number,
  heldBytes: number,
): PlanTask['ramDiskParts'] {
  const { baseBytes, listsBytes, dependsBytes, downloadsBytes } = parts;
  const restBytes = baseBytes + listsBytes + dependsBytes + downloadsBytes;
  const known =
    restBytes > heldBytes ? { baseBytes: 0, listsBytes: 0, dependsBytes: 0, downloadsBytes: 0 } : {};
  const treeBytes = restBytes > heldBytes ? heldBytes : heldBytes - restBytes;
  return { ...parts, ...known, treeBytes, peakBytes: 0, reserveBytes: ramDiskBytes - heldBytes };
}

function describeArchitecture(
  { arch, notForArchCount }: PlanArchitecture,
  targets: readonly PlanTarget[],
  builders: readonly PlanBuilder[],
  unbuildable: Plan['unbuildable'],
): PlanArchitecture {
  const own = targets.flatMap(({ target, tasks }) =>
    tasks.filter((task) => (task.buildArch ?? target.arch) === arch),
  );
  const inRam = own.filter(({ mode }) => mode === 'ram');
  const left = unbuildable.filter((entry) => entry.arch === arch && entry.kind !== 'not-for-arch');
  return {
    arch,
    taskCount: own.length,
    unbuildableCount: left.length,
    notForArchCount,
    makespanMs: lastEnd(own),
    lowerBoundMs: longestChain(own).lengthMs,
    lowerBoundName: BOUND,
    ramDiskPeakBytes: usageSteps(inRam).reduce((peak, step) => Math.max(peak, step.ramDiskBytes), 0),
    ramDiskBytes: builders.reduce((sum, one) => sum + (one.arch === arch ? one.ramDiskBytes : 0), 0),
  };
}

function lastEnd(tasks: readonly PlanTask[]): number {
  return tasks.reduce((latest, { startMs, durationMs }) => Math.max(latest, startMs + durationMs), 0);
}
