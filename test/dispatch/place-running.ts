import { at } from '../../src/base/column.ts';
import type { Mode, Placement, Problem } from '../../src/dispatch/problem.ts';

/**
 * Builds that run already when the plan starts, one a pick at most: each pick chooses a task, a place and times; what finds no
 * room beside those before it is left out.
 */
export function placeRunning(problem: Problem, picks: readonly number[]): readonly Placement[] {
  const running: Placement[] = [];
  for (const pick of picks) {
    const placement = place(problem, pick, running);
    if (placement !== undefined) running.push(placement);
  }
  return running.sort((a, b) => a.task - b.task);
}

function place(problem: Problem, pick: number, running: readonly Placement[]): Placement | undefined {
  const task = pick % problem.taskCount;
  if (running.some((other) => other.task === task)) return undefined;
  const indexes = problem.builders.flatMap(({ arch }, index) => (arch === problem.arch[task] ? index : []));
  const index = at(indexes, (pick >> 3) % indexes.length);
  const builder = at(problem.builders, index);
  const here = running.filter((other) => other.builder === index);
  const mode: Mode = (pick & 1) === 0 ? 'ram' : 'disk';
  const footprintBytes = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
  const chroot =
    mode === 'disk'
      ? -1
      : builder.ramDiskChroots.findLastIndex(
          (bytes, at) => bytes >= footprintBytes && here.every((other) => other.chroot !== at),
        );
  const makeJobs = at(builder.makeJobs, (pick >> 4) % builder.makeJobs.length);
  const slots = Array.from({ length: builder.slots }, (_, slot) => slot);
  const slot = slots.findLast((one) => here.every((other) => other.slot !== one));
  if (slot === undefined) return undefined;
  const placement = { task, builder: index, slot, mode, makeJobs, chroot };
  if (!isFree(problem, index, [...here, { ...placement, startMs: 0, endMs: 0 }])) return undefined;
  return { ...placement, startMs: -((pick >> 5) % 7), endMs: (pick >> 6) % 20 };
}

function isFree(problem: Problem, index: number, users: readonly Placement[]): boolean {
  const builder = at(problem.builders, index);
  const total = (amount: (placement: Placement) => number): number =>
    users.reduce((sum, user) => sum + amount(user), 0);
  const onDisk = total(({ mode }) => (mode === 'disk' ? 1 : 0));
  const inRam = total(({ mode, task }) => (mode === 'ram' ? at(problem.ramDiskBytes, task) : 0));
  const hasChroots = builder.ramDiskChroots.length > 0;
  return (
    users.every(({ mode, chroot }) => mode === 'disk' || !hasChroots || chroot >= 0) &&
    users.every(({ mode }) => mode === 'disk' || builder.ramDiskBytes > 0) &&
    onDisk <= builder.diskSlots &&
    (hasChroots || inRam <= builder.ramDiskBytes) &&
    inRam + total(({ task }) => at(problem.memoryBytes, task)) <= builder.memoryBytes &&
    total(({ makeJobs }) => makeJobs) <= builder.cores
  );
}
