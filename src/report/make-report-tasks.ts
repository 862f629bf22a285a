import { at } from '../base/column.ts';
import { int32At } from '../base/cells.ts';
import { edgesFrom, edgesTo, row } from '../base/csr.ts';
import type { Plan, PlanTask } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { explainStarts } from '../schedule/explain-starts.ts';
import { FOOTPRINT_PARTS, NOBODY, WAITED_FOR, type ReportTasks } from './report-data.ts';

/** The number in the report of each task of the problem: by start, then id. */
export function rankTasks({ schedule }: PlanProblem): Uint32Array {
  const ranks = new Uint32Array(schedule.placements.length);
  schedule.placements.forEach(({ task }, rank) => {
    ranks[task] = rank;
  });
  return ranks;
}

/** The columns of a plan's tasks. @param ranks as `rankTasks` gives them. O(n log n + needs) */
export function makeReportTasks(plan: Plan, planProblem: PlanProblem, ranks: Uint32Array): ReportTasks {
  const { schedule } = planProblem;
  const tasks = schedule.placements.map(({ task }) => at(planProblem.tasks, task));
  const layers = indexTexts(tasks.map(layerOf));
  const stages = indexTexts(tasks.map(({ stage }) => stage));
  const archs = indexTexts(builtFor(plan, tasks));
  const estimators = indexTexts(
    tasks.flatMap(({ estimatedBy: { duration, ramDisk } }) => [duration, ramDisk]),
  );
  const column = (cell: (task: PlanTask) => number): Float64Array => new Float64Array(tasks.map(cell));
  return {
    count: tasks.length,
    ids: tasks.map(({ id }) => id),
    sources: tasks.map(({ source }) => source),
    versions: tasks.map(({ version }) => version),
    archs: archs.texts,
    archOf: Uint8Array.from(archs.cells),
    layers: layers.texts,
    layerOf: Uint16Array.from(layers.cells),
    stages: stages.texts,
    stageOf: Uint16Array.from(stages.cells),
    builderOf: Uint16Array.from(schedule.placements, ({ builder }) => builder),
    slot: Uint16Array.from(tasks, ({ slot }) => slot),
    isInRam: Uint8Array.from(tasks, ({ mode }) => (mode === 'ram' ? 1 : 0)),
    isCritical: Uint8Array.from(tasks, ({ critical }) => (critical ? 1 : 0)),
    startMs: column(({ startMs }) => startMs),
    durationMs: column(({ durationMs }) => durationMs),
    workMs: column(({ workMs }) => workMs),
    workUpperMs: column(({ workUpperMs }) => workUpperMs),
    makeJobs: Uint16Array.from(tasks, ({ makeJobs }) => makeJobs),
    priority: column(({ priority }) => priority),
    memoryBytes: column(({ memoryBytes }) => memoryBytes),
    ramDiskBytes: column(({ ramDiskBytes }) => ramDiskBytes),
    ramDiskMedianBytes: column(({ ramDiskMedianBytes }) => ramDiskMedianBytes),
    ramDiskUpperBytes: column(({ ramDiskUpperBytes }) => ramDiskUpperBytes),
    ramDiskParts: Float64Array.from(
      tasks.flatMap(({ ramDiskParts }) => FOOTPRINT_PARTS.map((part) => ramDiskParts[part])),
    ),
    estimators: estimators.texts,
    durationBy: Uint8Array.from(tasks, (_, task) => at(estimators.cells, 2 * task)),
    ramDiskBy: Uint8Array.from(tasks, (_, task) => at(estimators.cells, 2 * task + 1)),
    ...starts(planProblem, ranks),
    ...needs(planProblem, ranks),
  };
}

/** The architecture that each task is built for: `all` for what every architecture uses, wherever that is built. */
function builtFor({ targets }: Plan, tasks: readonly PlanTask[]): readonly string[] {
  const archOf = new Map<PlanTask, string>();
  for (const { target, tasks: own } of targets) {
    for (const task of own) archOf.set(task, target.kind === 'all' ? 'all' : target.arch);
  }
  return tasks.map((task) => archOf.get(task) ?? '');
}

function layerOf({ layer = '', buildType }: PlanTask): string {
  return buildType === undefined ? layer : `${layer}/${buildType}`;
}

interface IndexedTexts {
  /** Distinct, in the order in which they come first. */
  readonly texts: readonly string[];
  readonly cells: readonly number[];
}

function indexTexts(cells: readonly string[]): IndexedTexts {
  const indexOf = new Map<string, number>();
  const indexes = cells.map((text) => {
    const index = indexOf.get(text) ?? indexOf.size;
    indexOf.set(text, index);
    return index;
  });
  return { texts: [...indexOf.keys()], cells: indexes };
}

function starts(
  { problem, schedule }: PlanProblem,
  ranks: Uint32Array,
): Pick<ReportTasks, 'waitedFor' | 'waitedForTask' | 'readyMs'> {
  const reasons = explainStarts(problem, schedule);
  return {
    waitedFor: Uint8Array.from(reasons, ({ waitedFor }) => WAITED_FOR.indexOf(waitedFor)),
    waitedForTask: Uint32Array.from(reasons, ({ before }) =>
      before === undefined ? NOBODY : at(ranks, before.task),
    ),
    readyMs: Float64Array.from(reasons, ({ readyMs }) => readyMs),
  };
}

/** Each need goes to the rows of those that wait for it, in the order of ranks: so the rows come out ascending. */
function needs(
  { problem: { taskCount, dag }, schedule }: PlanProblem,
  ranks: Uint32Array,
): Pick<ReportTasks, 'needStart' | 'needs'> {
  const needStart = new Uint32Array(taskCount + 1);
  schedule.placements.forEach(({ task }, rank) => {
    needStart[rank + 1] = at(needStart, rank) + row(dag.needs, task).length;
  });
  const numbers = new Uint32Array(dag.needs.target.length);
  const cursor = needStart.slice(0, taskCount);
  schedule.placements.forEach(({ task }, need) => {
    for (let edge = edgesFrom(dag.dependents, task); edge < edgesTo(dag.dependents, task); edge++) {
      const waiting = at(ranks, int32At(dag.dependents.target, edge));
      const place = at(cursor, waiting);
      numbers[place] = need;
      cursor[waiting] = place + 1;
    }
  });
  return { needStart, needs: numbers };
}
