import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import type { Builder, Placement, Problem, Schedule } from '../dispatch/problem.ts';
import { findOverloads } from './verify-resources.ts';
import type { Violation } from './violation.ts';

/**
 * Checks a schedule against the problem alone. Shares no code with what makes schedules: it computes durations and demands itself.
 * What runs already is compared with what the problem says of it, and takes its place; nothing else is asked of it.
 * @returns nothing when the schedule is right; otherwise what is wrong, by check, then by task or builder. O(n log n)
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem, schedule } = problemOfPlan(plan, 'plan.json');
 * verifySchedule(problem, schedule); // → []
 */
export function verifySchedule(problem: Problem, schedule: Schedule): readonly Violation[] {
  const violations: Violation[] = [];
  const placements = schedule.placements.filter((placement) => isKnown(problem, placement, violations));
  const byTask = groupByTask(problem, placements, violations);
  const running = new Map(problem.running.map((placement) => [placement.task, placement]));
  for (const placement of placements) {
    const before = running.get(placement.task);
    if (before === undefined) checkPlacement(problem, placement, violations);
    else if (!isSame(before, placement)) violations.push({ kind: 'running-changed', task: placement.task });
  }
  checkOrder(schedule.placements, violations);
  checkNeeds(problem, byTask, running, violations);
  checkSlots(placements, violations);
  checkChroots(placements, violations);
  violations.push(...findOverloads(problem, placements));
  const makespanMs = placements.reduce((latest, placement) => Math.max(latest, placement.endMs), 0);
  if (schedule.makespanMs !== makespanMs)
    violations.push({ kind: 'wrong-makespan', makespanMs: schedule.makespanMs, expectedMs: makespanMs });
  return violations;
}

function isSame(a: Placement, b: Placement): boolean {
  return (
    a.builder === b.builder &&
    a.slot === b.slot &&
    a.mode === b.mode &&
    a.makeJobs === b.makeJobs &&
    a.chroot === b.chroot &&
    a.startMs === b.startMs &&
    a.endMs === b.endMs
  );
}

function isKnown(problem: Problem, { task, builder }: Placement, violations: Violation[]): boolean {
  const hasTask = Number.isInteger(task) && task >= 0 && task < problem.taskCount;
  const hasBuilder = problem.builders[builder] !== undefined;
  if (!hasTask) violations.push({ kind: 'unknown-task', task });
  if (!hasBuilder) violations.push({ kind: 'unknown-builder', task, builder });
  return hasTask && hasBuilder;
}

function groupByTask(
  problem: Problem,
  placements: readonly Placement[],
  violations: Violation[],
): readonly (Placement | undefined)[] {
  const byTask = Array.from<Placement | undefined>({ length: problem.taskCount });
  for (const placement of placements) {
    if (byTask[placement.task] !== undefined)
      violations.push({ kind: 'repeated-task', task: placement.task });
    byTask[placement.task] = placement;
  }
  for (let task = 0; task < problem.taskCount; task++) {
    if (byTask[task] === undefined) violations.push({ kind: 'missing-task', task });
  }
  return byTask;
}

function checkPlacement(problem: Problem, placement: Placement, violations: Violation[]): void {
  const { task, builder: index, slot, makeJobs, startMs, endMs } = placement;
  const builder = at(problem.builders, index);
  if (builder.arch !== problem.arch[task])
    violations.push({ kind: 'wrong-architecture', task, builder: index });
  if (!Number.isInteger(slot) || slot < 0 || slot >= builder.slots)
    violations.push({ kind: 'slot-out-of-range', task, builder: index, slot });
  if (!Number.isSafeInteger(startMs) || !Number.isSafeInteger(endMs) || startMs < 0)
    violations.push({ kind: 'not-integer', task, startMs, endMs });
  const releaseMs = at(problem.releaseMs, task);
  if (startMs < releaseMs) violations.push({ kind: 'starts-before-release', task, startMs, releaseMs });
  if (!builder.makeJobs.includes(makeJobs))
    violations.push({ kind: 'wrong-make-jobs', task, builder: index, makeJobs });
  const expectedMs = expectedDuration(problem, placement, builder);
  if (endMs - startMs !== expectedMs)
    violations.push({ kind: 'wrong-duration', task, durationMs: endMs - startMs, expectedMs });
  checkRamDisk(problem, placement, builder, violations);
}

function checkRamDisk(
  problem: Problem,
  { task, builder: index, mode, chroot }: Placement,
  { ramDiskBytes, ramDiskChroots }: Builder,
  violations: Violation[],
): void {
  const takesChroot = mode === 'ram' && ramDiskChroots.length > 0;
  const isRight = takesChroot ? ramDiskChroots[chroot] !== undefined : chroot === -1;
  if (!isRight) {
    violations.push({ kind: 'wrong-chroot', task, builder: index, chroot });
    return;
  }
  if (mode === 'disk') return;
  const roomBytes = takesChroot ? at(ramDiskChroots, chroot) : ramDiskBytes;
  const footprintBytes = at(problem.ramDiskBytes, task);
  if (roomBytes <= 0 || footprintBytes > roomBytes)
    violations.push({ kind: 'footprint-exceeds-ram-disk', task, builder: index, footprintBytes });
}

function expectedDuration(problem: Problem, { task, mode, makeJobs }: Placement, builder: Builder): number {
  const inRamMs = at(problem.durationMs, task) * speedUp(problem, task, makeJobs);
  const scaledMs = mode === 'ram' ? inRamMs / builder.speed : (inRamMs * builder.diskFactor) / builder.speed;
  const roundedMs = Math.ceil(scaledMs);
  return roundedMs < 1 ? 1 : roundedMs;
}

/** Amdahl's law: the duration with these make jobs over that with the jobs that estimates are for. */
function speedUp({ parallelFraction, durationJobs }: Problem, task: number, makeJobs: number): number {
  if (makeJobs === durationJobs) return 1;
  const parallel = at(parallelFraction, task);
  return (1 - parallel + parallel / makeJobs) / (1 - parallel + parallel / durationJobs);
}

function checkOrder(placements: readonly Placement[], violations: Violation[]): void {
  for (let index = 1; index < placements.length; index++) {
    const before = at(placements, index - 1);
    const after = at(placements, index);
    const isInOrder =
      before.startMs < after.startMs || (before.startMs === after.startMs && before.task <= after.task);
    if (!isInOrder) violations.push({ kind: 'wrong-order', task: after.task, index });
  }
}

function checkNeeds(
  problem: Problem,
  byTask: readonly (Placement | undefined)[],
  running: ReadonlyMap<number, Placement>,
  violations: Violation[],
): void {
  const { needs } = problem.dag;
  for (let task = 0; task < problem.taskCount; task++) {
    const placement = byTask[task];
    if (placement === undefined || running.has(task)) continue;
    for (let edge = edgesFrom(needs, task); edge < edgesTo(needs, task); edge++) {
      const need = at(needs.target, edge);
      const needed = byTask[need];
      if (needed !== undefined && needed.endMs > placement.startMs)
        violations.push({
          kind: 'need-not-finished',
          task,
          need,
          startMs: placement.startMs,
          needEndMs: needed.endMs,
        });
    }
  }
}

function checkSlots(placements: readonly Placement[], violations: Violation[]): void {
  for (const { placement, other } of overlaps(placements, ({ slot }) => slot)) {
    const { task, builder, slot, startMs: atMs } = placement;
    violations.push({ kind: 'slot-overlap', task, other: other.task, builder, slot, atMs });
  }
}

function checkChroots(placements: readonly Placement[], violations: Violation[]): void {
  const inChroots = placements.filter(({ chroot }) => chroot !== -1);
  for (const { placement, other } of overlaps(inChroots, ({ chroot }) => chroot)) {
    const { task, builder, chroot, startMs: atMs } = placement;
    violations.push({ kind: 'chroot-overlap', task, other: other.task, builder, chroot, atMs });
  }
}

/** The placements that start in a place of their builder where another one still runs, by builder, place and start. */
function overlaps(
  placements: readonly Placement[],
  placeOf: (placement: Placement) => number,
): readonly { readonly placement: Placement; readonly other: Placement }[] {
  const found: { readonly placement: Placement; readonly other: Placement }[] = [];
  const lasting = placements.filter(({ startMs, endMs }) => endMs > startMs);
  const ordered = lasting.sort(
    (a, b) => a.builder - b.builder || placeOf(a) - placeOf(b) || a.startMs - b.startMs || a.task - b.task,
  );
  let latest: Placement | undefined;
  for (const placement of ordered) {
    if (latest?.builder !== placement.builder || placeOf(latest) !== placeOf(placement)) {
      latest = placement;
      continue;
    }
    if (placement.startMs < latest.endMs) found.push({ placement, other: latest });
    if (placement.endMs > latest.endMs) latest = placement;
  }
  return found;
}
