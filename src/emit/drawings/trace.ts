import { compareNumber } from '../../base/compare.ts';
import { formatBytes } from '../../base/quantity.ts';
import { tasksByStart } from '../../plan/make-tasks.ts';
import type { Plan, PlanTask } from '../../plan/plan.ts';
import { startReasons, type PlanStartReason } from '../../plan/start-reasons.ts';
import type { UsageStep } from '../../plan/usage-steps.ts';
import type { Emitter } from '../emitter.ts';
import { builderLanes, type BuilderLanes } from './builder-lanes.ts';
import type { TraceEvent } from './trace-event.ts';
import { describeTask } from './trace-task.ts';

/** The schedule for trace viewers: processes are builders, threads their slots. */
export const trace: Emitter = {
  describe: 'the schedule in the Chrome trace format, which ui.perfetto.dev opens',
  emit: (plan) => [{ path: 'trace.json', content: emitTrace(plan), isExecutable: false }],
};

/**
 * @see "Trace Event Format", Google 2016: JSON object format; timestamps in µs
 */
function emitTrace(plan: Plan): string {
  const lanes = builderLanes(plan);
  const places = placesOf(lanes);
  const tasks = tasksByStart(plan.targets);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const reasons = startReasons(plan);
  const timed = [
    ...tasks.map((task) => sliceOf(task, reasons.get(task.id), places)),
    ...lanes.flatMap((lane) => countersOf(lane, places, plan.makespanMs)),
    ...chainFlows(plan, byId, places),
  ].sort((a, b) => compareNumber(a.ts, b.ts)); // stable: slices before the arrows that hang on them
  const events = [...lanes.flatMap((lane) => namesOf(lane, places)), ...timed];
  const about = JSON.stringify({ makespanMs: plan.makespanMs, lowerBoundMs: plan.lowerBoundMs });
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  return `{"displayTimeUnit":"ms","otherData":${about},"traceEvents":[\n${lines}\n]}\n`;
}

/** The numbers by which a viewer tells processes and threads apart; none is both, and 0 is neither. */
interface Place {
  readonly pid: number;
  /** Of the first slot; the others follow. */
  readonly firstTid: number;
}

type Places = ReadonlyMap<string, Place>;

function placesOf(lanes: readonly BuilderLanes[]): Places {
  let firstTid = lanes.length + 1;
  return new Map(
    lanes.map(({ builder: { name, slots } }, index) => {
      const place = { pid: index + 1, firstTid };
      firstTid += slots;
      return [name, place];
    }),
  );
}

function threadOf(
  { builder, slot }: PlanTask,
  places: Places,
): { readonly pid: number; readonly tid: number } {
  const { pid, firstTid } = places.get(builder) ?? { pid: 0, firstTid: 0 };
  return { pid, tid: firstTid + slot };
}

type Args = NonNullable<TraceEvent['args']>;

/** What processes and threads are called, and in which order they stand. */
function namesOf({ builder }: BuilderLanes, places: Places): readonly TraceEvent[] {
  const { name, arch, ramDiskBytes, slots } = builder;
  const { pid = 0, firstTid = 0 } = places.get(name) ?? {};
  const about = (tid: number, what: TraceEvent['name'], args: Args): TraceEvent => ({
    ph: 'M',
    name: what,
    pid,
    tid,
    ts: 0,
    args,
  });
  return [
    about(firstTid, 'process_name', { name }),
    about(firstTid, 'process_labels', { labels: `${arch}, RAM disk ${formatBytes(ramDiskBytes)}` }),
    about(firstTid, 'process_sort_index', { sort_index: pid }),
    ...Array.from({ length: slots }, (_, slot) => [
      about(firstTid + slot, 'thread_name', { name: `slot ${String(slot + 1)}` }),
      about(firstTid + slot, 'thread_sort_index', { sort_index: slot }),
    ]).flat(),
  ];
}

const US_PER_MS = 1000;

function sliceOf(task: PlanTask, reason: PlanStartReason | undefined, places: Places): TraceEvent {
  return {
    ph: 'X',
    name: task.id,
    cat: task.critical ? `${task.mode},critical` : task.mode,
    ts: task.startMs * US_PER_MS,
    dur: task.durationMs * US_PER_MS,
    ...threadOf(task, places),
    args: describeTask(task, reason),
  };
}

/** RAM disk and busy slots at each change; a value that stays is not told again, but the budget at both ends. */
function countersOf(
  { builder, usage }: BuilderLanes,
  places: Places,
  makespanMs: number,
): readonly TraceEvent[] {
  const { pid = 0, firstTid = 0 } = places.get(builder.name) ?? {};
  const count = (name: string, atMs: number, args: Readonly<Record<string, number>>): TraceEvent => ({
    ph: 'C',
    name,
    ts: atMs * US_PER_MS,
    pid,
    tid: firstTid,
    args,
  });
  const bytes = changes(usage, ({ ramDiskBytes }) => ramDiskBytes);
  const slots = changes(usage, ({ busySlots }) => busySlots);
  const ends = makespanMs === 0 ? [0] : [0, makespanMs];
  return [
    ...bytes.map(({ atMs, ramDiskBytes }) => count('RAM disk', atMs, { bytes: ramDiskBytes })),
    ...ends.map((atMs) => count('RAM disk budget', atMs, { bytes: builder.ramDiskBytes })),
    ...slots.map(({ atMs, busySlots }) => count('busy slots', atMs, { slots: busySlots })),
  ];
}

/** The steps at which a value is another one than before. */
function changes(usage: readonly UsageStep[], value: (step: UsageStep) => number): readonly UsageStep[] {
  return usage.filter((step, index) => {
    const before = usage[index - 1];
    return before === undefined || value(before) !== value(step);
  });
}

/** An arrow from each build of the critical chain to the next: from its last µs, since a slice ends before the next begins. */
function chainFlows(
  { criticalChain }: Plan,
  tasks: ReadonlyMap<string, PlanTask>,
  places: Places,
): readonly TraceEvent[] {
  return criticalChain.flatMap(({ id: to, waitedFor }, index) => {
    const before = tasks.get(criticalChain[index - 1]?.id ?? '');
    const task = tasks.get(to);
    if (before === undefined || task === undefined) return [];
    const both = { name: 'critical chain', cat: 'critical', id: index, args: { 'waited for': waitedFor } };
    const endMs = before.startMs + before.durationMs;
    return [
      { ph: 's', ...both, ts: endMs * US_PER_MS - 1, ...threadOf(before, places) },
      { ph: 'f', bp: 'e', ...both, ts: task.startMs * US_PER_MS, ...threadOf(task, places) },
    ];
  });
}
