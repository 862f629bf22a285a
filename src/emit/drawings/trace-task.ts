import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { PlanTask } from '../../plan/plan.ts';
import type { PlanStartReason } from '../../plan/start-reasons.ts';
import type { TraceEvent } from './trace-event.ts';

/** What a viewer shows of a build that is clicked on. */
export function describeTask(
  task: PlanTask,
  reason: PlanStartReason | undefined,
): NonNullable<TraceEvent['args']> {
  const { source, version, stage, layer, buildType, mode, makeJobs, memoryBytes, estimatedBy } = task;
  return {
    source,
    version,
    ...(stage === '' ? {} : { stage }),
    ...(layer === undefined ? {} : { layer }),
    ...(buildType === undefined ? {} : { 'build type': buildType }),
    mode,
    'make jobs': makeJobs,
    ...describeWait(task, reason),
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

/** What it waited for at last, whose end that was, and how long it was ready before. */
function describeWait(
  { startMs }: PlanTask,
  reason: PlanStartReason | undefined,
): Readonly<Record<string, string>> {
  if (reason === undefined) return {};
  const { waitedFor, after, readyMs } = reason;
  const roomMs = startMs - readyMs;
  return {
    'waited for': WAITED_FOR[waitedFor],
    ...(after === undefined ? {} : { 'started after': after }),
    ...(roomMs <= 0 ? {} : { 'waited for room': formatDuration(roomMs) }),
  };
}

const WAITED_FOR: Readonly<Record<PlanStartReason['waitedFor'], string>> = {
  start: 'nothing',
  need: 'what it needs',
  release: 'its time',
  slot: 'a slot',
  'ram-disk': 'RAM disk',
  memory: 'memory',
  'disk-slot': 'a build on disk to end',
  cores: 'cores',
};
