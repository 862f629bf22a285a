import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import { buildCsr, EdgeList } from '../base/csr.ts';
import { UserError } from '../base/diagnostic.ts';
import { sigmaBetween } from '../base/log-normal.ts';
import {
  allottedJobs,
  type Builder,
  type DispatchRule,
  type Placement,
  type Problem,
  type Schedule,
} from '../dispatch/problem.ts';
import { toDag } from '../graph/dag.ts';
import { dispatchRule } from '../schedule/dispatch-rule.ts';
import { verifySchedule } from '../schedule/verify.ts';
import { formatViolation } from '../schedule/violation.ts';
import { contradictoryPlan } from './diagnostics.ts';
import type { Plan, PlanBuilder, PlanTask } from './plan.ts';
import { tasksById, type PlacedTask } from './tasks-by-id.ts';

/** A plan as what it was made from and what came of it; task `t` is `tasks[t]`. */
export interface PlanProblem {
  readonly problem: Problem;
  /** What the dispatcher goes by. Played through without noise it gives `schedule`, if that came from it and not from a search. */
  readonly rule: DispatchRule;
  readonly schedule: Schedule;
  /** By code unit of their ids, as the planner numbers them: so ties are broken as they were. */
  readonly tasks: readonly PlanTask[];
}

/** Reports and comparisons ask for the same plan's problem several times, which takes a second for a whole archive. */
const known = new WeakMap<Plan, PlanProblem>();

/**
 * Reads a plan back as a problem with its schedule, checked by `verifySchedule`. O(n log n + edges) when it is first asked of a plan
 * @param file what to call the plan in messages
 * @throws UserError for a plan that contradicts itself: it was changed by hand
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem, schedule } = problemOfPlan(plan, 'plan.json');
 * problem.taskCount === schedule.placements.length; // → true
 */
export function problemOfPlan(plan: Plan, file: string): PlanProblem {
  const found = known.get(plan) ?? readProblem(plan, file);
  known.set(plan, found);
  return found;
}

function readProblem(plan: Plan, file: string): PlanProblem {
  const placed = tasksById(plan.targets);
  const tasks = placed.map(({ task }) => task);
  for (const task of tasks) refuseUpsideDown(task, file);
  const problem = makeProblem(plan, placed, file);
  const placements = makePlacements(plan, tasks, file);
  const schedule: Schedule = { placements, makespanMs: plan.makespanMs };
  const [violation] = verifySchedule(problem, schedule);
  if (violation !== undefined) {
    const about = 'task' in violation ? (tasks[violation.task]?.id ?? '') : 'the plan';
    throw new UserError([contradictoryPlan(file, `${about}: ${formatViolation(violation)}`)]);
  }
  if (plan.lowerBoundMs > plan.makespanMs)
    throw new UserError([contradictoryPlan(file, 'its lower bound is above its makespan')]);
  return { problem, rule: makeRule(problem, placements, tasks), schedule, tasks };
}

/** What 90 % of builds take is no less than what half of them take. */
function refuseUpsideDown(task: PlanTask, file: string): void {
  const { workMs, workUpperMs, ramDiskMedianBytes, ramDiskUpperBytes } = task;
  if (workUpperMs >= workMs && ramDiskUpperBytes >= ramDiskMedianBytes) return;
  throw new UserError([
    contradictoryPlan(file, `${task.id}: 90 % of its builds take less than half of them`),
  ]);
}

function makeProblem(plan: Plan, placed: readonly PlacedTask[], file: string): Problem {
  const dag = toDag(buildCsr(placed.length, needsOf(placed, file)));
  if (dag === undefined) throw new UserError([contradictoryPlan(file, 'its tasks wait for each other')]);
  const figures = readFigures(placed);
  return {
    taskCount: placed.length,
    dag,
    builders: plan.builders.map(readBuilder),
    arch: placed.map(({ task, target }) => task.buildArch ?? target.arch),
    durationJobs: plan.options.durationJobs,
    releaseMs: new Float64Array(placed.length),
    running: [],
    ...figures,
  };
}

type Figures = 'durationMs' | 'parallelFraction' | 'ramDiskBytes' | 'memoryBytes' | 'spread';

/** All columns in one pass: the tasks of a whole archive don't fit into a processor's cache. */
function readFigures(placed: readonly PlacedTask[]): Pick<Problem, Figures> {
  const column = (): Float64Array => new Float64Array(placed.length);
  const figures = {
    durationMs: column(),
    parallelFraction: column(),
    ramDiskBytes: column(),
    memoryBytes: column(),
    spread: { medianRamDiskBytes: column(), ramDiskSigma: column(), durationSigma: column() },
  };
  const { spread } = figures;
  placed.forEach(({ task }, index) => {
    figures.durationMs[index] = task.workMs;
    figures.parallelFraction[index] = task.parallelFraction;
    figures.ramDiskBytes[index] = task.ramDiskBytes;
    figures.memoryBytes[index] = task.memoryBytes;
    spread.medianRamDiskBytes[index] = task.ramDiskMedianBytes;
    spread.ramDiskSigma[index] = sigmaBetween(task.ramDiskMedianBytes, task.ramDiskUpperBytes);
    spread.durationSigma[index] = sigmaBetween(task.workMs, task.workUpperMs);
  });
  return figures;
}

function readBuilder(builder: PlanBuilder): Builder {
  return {
    ...builder,
    memoryBytes: builder.memoryBytes ?? Infinity,
    cores: builder.cores ?? Infinity,
  };
}

function needsOf(placed: readonly PlacedTask[], file: string): EdgeList {
  const taskOf = new Map<string, number>();
  placed.forEach(({ task: { id } }, task) => {
    if (taskOf.has(id)) throw new UserError([contradictoryPlan(file, `${id} is in it twice`)]);
    taskOf.set(id, task);
  });
  const edges = new EdgeList();
  placed.forEach(({ task: { id, needs } }, task) => {
    for (const need of needs) {
      const needed = taskOf.get(need);
      if (needed === undefined)
        throw new UserError([contradictoryPlan(file, `${id} needs ${need}, which is not in it`)]);
      edges.push(task, needed);
    }
  });
  return edges;
}

function makePlacements(plan: Plan, tasks: readonly PlanTask[], file: string): readonly Placement[] {
  const builderOf = new Map(plan.builders.map(({ name }, index) => [name, index]));
  return tasks
    .map(({ id, builder: name, slot, mode, makeJobs, chroot = -1, startMs, durationMs }, task) => {
      const builder = builderOf.get(name);
      if (builder === undefined)
        throw new UserError([contradictoryPlan(file, `${id} is on builder ${name}, which it does not have`)]);
      return { task, builder, slot, mode, makeJobs, chroot, startMs, endMs: startMs + durationMs };
    })
    .sort((a, b) => firstDifference(compareNumber(a.startMs, b.startMs), compareNumber(a.task, b.task)));
}

/** The plan tells what a task got, not what it wished for: where the planner's own wish explains that, it was that. */
function makeRule(
  problem: Problem,
  placements: readonly Placement[],
  tasks: readonly PlanTask[],
): DispatchRule {
  const rule = dispatchRule(
    problem,
    Float64Array.from(tasks, ({ priority }) => priority),
  );
  const makeJobs = rule.makeJobs.slice();
  for (const { task, builder, makeJobs: allotted } of placements) {
    if (allottedJobs(rule, task, at(problem.builders, builder)) !== allotted) makeJobs[task] = allotted;
  }
  const mayUseRamDisk = Uint8Array.from(tasks, (task) => (task.mayUseRamDisk === undefined ? 1 : 0));
  return { ...rule, mayUseRamDisk, makeJobs };
}
