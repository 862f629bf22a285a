import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { Plan, PlanChainLink, PlanTask } from '../../plan/plan.ts';
import type { TraceEvent } from './trace-event.ts';

/** What each task waited for, as far as a plan tells. */
export interface Waits {
  readonly tasks: ReadonlyMap<string, PlanTask>;
  readonly chain: ReadonlyMap<string, PlanChainLink['waitedFor']>;
}

export function waitsOf(plan: Plan, tasks: ReadonlyMap<string, PlanTask>): Waits {
  return { tasks, chain: new Map(plan.criticalChain.map(({ id, waitedFor }) => [id, waitedFor])) };
}

/** What a viewer shows of a build that is clicked on. */
export function describeTask(task: PlanTask, waits: Waits): NonNullable<TraceEvent['args']> {
  const { source, version, stage, layer, buildType, mode, makeJobs, memoryBytes, estimatedBy } = task;
  return {
    source,
    version,
    ...(stage === '' ? {} : { stage }),
    ...(layer === undefined ? {} : { layer }),
    ...(buildType === undefined ? {} : { 'build type': buildType }),
    mode,
    'make jobs': makeJobs,
    'waited for': waitedFor(task, waits),
    'RAM disk reserved': formatBytes(task.ramDiskBytes),
    'RAM disk, half of such builds': formatBytes(task.ramDiskMedianBytes),
    ...(memoryBytes === 0 ? {} : { memory: formatBytes(memoryBytes) }),
    'time, half of such builds': formatDuration(task.workMs),
    'time, 90 % of such builds': formatDuration(task.workUpperMs),
    'time estimated by': estimatedBy.duration,
    'size estimated by': estimatedBy.ramDisk,
    critical: task.critical,
  };
}

/** `nothing`, `linux_6.1-1/amd64`, `a slot, 4m 05s after a_1/amd64`. */
function waitedFor({ id, startMs, needs }: PlanTask, { tasks, chain }: Waits): string {
  if (startMs === 0) return 'nothing';
  const last = lastOf(needs, tasks);
  const readyMs = last === undefined ? 0 : endOf(last);
  if (last !== undefined && readyMs === startMs) return last.id;
  const room = ROOM[chain.get(id) ?? 'start'];
  const ready = last === undefined ? '' : ` after ${last.id}`;
  return `${room}, ${formatDuration(startMs - readyMs)}${ready}`;
}

/** The last of them to end; of several the first. */
function lastOf(ids: readonly string[], tasks: ReadonlyMap<string, PlanTask>): PlanTask | undefined {
  let last: PlanTask | undefined;
  for (const id of ids) {
    const task = tasks.get(id);
    if (task !== undefined && (last === undefined || endOf(task) > endOf(last))) last = task;
  }
  return last;
}

function endOf({ startMs, durationMs }: PlanTask): number {
  return startMs + durationMs;
}

const ROOM: Readonly<Record<PlanChainLink['waitedFor'], string>> = {
  start: 'a place',
  need: 'a place',
  release: 'its time',
  slot: 'a slot',
  'ram-disk': 'RAM disk',
  memory: 'memory',
  'disk-slot': 'a build on disk to end',
  cores: 'cores',
};
