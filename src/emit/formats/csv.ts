import { formatClock } from '../clock.ts';
import { csvRow, csvText } from '../csv-row.ts';
import { makePlanGraph, needIds } from '../plan-graph.ts';
import type { Emitter } from '../emitter.ts';
import type { PlanBuild } from '../plan-builds.ts';

/** A table for spreadsheets. */
export const csv: Emitter = {
  describe: 'one build a row for a spreadsheet: place, times, sizes, estimates, needs',
  emit: (plan) => {
    const graph = makePlanGraph(plan);
    const needs = needIds(graph);
    const header = csvRow([...Object.keys(COLUMNS), 'needs']);
    const rows = graph.nodes.map(({ build }, index) =>
      csvRow([...Object.values(COLUMNS).map((cell) => cell(build)), csvText((needs[index] ?? []).join(' '))]),
    );
    return [{ path: 'builds.csv', content: [header, ...rows].join(''), isExecutable: false }];
  },
};

/** Sizes in bytes, times in ms from the plan's start, and once more as hours, minutes and seconds; lists with blanks between; of the
 * needs only those that don't follow from others. */
const COLUMNS: Readonly<Record<string, (build: PlanBuild) => string>> = {
  number: ({ number }) => String(number),
  id: ({ task }) => csvText(task.id),
  source: ({ task }) => csvText(task.source),
  version: ({ task }) => csvText(task.version),
  arch: ({ target }) => csvText(target.arch),
  kind: ({ target }) => target.kind,
  build_arch: ({ task }) => csvText(task.buildArch ?? ''),
  profiles: ({ task, target }) => csvText((task.profiles ?? target.profiles).join(' ')),
  stage: ({ task }) => csvText(task.stage),
  layer: ({ task }) => csvText(task.layer ?? ''),
  build_type: ({ task }) => csvText(task.buildType ?? ''),
  builder: ({ task }) => csvText(task.builder),
  slot: ({ task }) => String(task.slot),
  chroot: ({ task }) => (task.chroot === undefined ? '' : String(task.chroot)),
  mode: ({ task }) => task.mode,
  make_jobs: ({ task }) => String(task.makeJobs),
  start: ({ task }) => formatClock(task.startMs),
  end: ({ task }) => formatClock(task.startMs + task.durationMs),
  duration: ({ task }) => formatClock(task.durationMs),
  start_ms: ({ task }) => String(task.startMs),
  end_ms: ({ task }) => String(task.startMs + task.durationMs),
  duration_ms: ({ task }) => String(task.durationMs),
  waited_for: ({ waitedFor }) => waitedFor ?? '',
  critical: ({ task }) => (task.critical ? 'yes' : 'no'),
  priority: ({ task }) => String(task.priority),
  ram_disk_bytes: ({ task }) => String(task.ramDiskBytes),
  ram_disk_median_bytes: ({ task }) => String(task.ramDiskMedianBytes),
  ram_disk_upper_bytes: ({ task }) => String(task.ramDiskUpperBytes),
  memory_bytes: ({ task }) => String(task.memoryBytes),
  work_ms: ({ task }) => String(task.workMs),
  work_upper_ms: ({ task }) => String(task.workUpperMs),
  duration_from: ({ task }) => task.estimatedBy.duration,
  ram_disk_from: ({ task }) => task.estimatedBy.ramDisk,
  need_count: ({ task }) => String(task.needs.length),
  dependent_count: ({ dependentCount }) => String(dependentCount),
};
