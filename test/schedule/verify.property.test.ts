import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemSpecs, specProblem, specRule } from '../dispatch/problems.ts';

/** Looks at every ms of a schedule, whose tasks are all placed once: whether anything is taken twice or too early. */
function isFeasible(problem: Problem, { placements, makespanMs }: Schedule): boolean {
  const endOf = new Map(placements.map(({ task, endMs }) => [task, endMs]));
  const runningTasks = new Set(problem.running.map(({ task }) => task));
  const isTooEarly = ({ task, startMs }: Placement): boolean =>
    startMs < at(problem.releaseMs, task) ||
    row(problem.dag.needs, task).some((need) => (endOf.get(need) ?? Infinity) > startMs);
  if (placements.some((one) => !runningTasks.has(one.task) && isTooEarly(one))) return false;
  for (const before of problem.running) {
    const after = placements.find(({ task }) => task === before.task);
    if (after?.startMs !== before.startMs || after.endMs !== before.endMs) return false;
  }
  for (let nowMs = 0; nowMs < makespanMs; nowMs++) {
    const running = placements.filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
    for (const index of problem.builders.keys())
      if (
        !hasPlaces(
          problem,
          index,
          running.filter((placement) => placement.builder === index),
        )
      )
        return false;
  }
  return true;
}

/** Whether these builds can be on a builder together. */
function hasPlaces(problem: Problem, index: number, here: readonly Placement[]): boolean {
  const builder = at(problem.builders, index);
  const inRam = here.filter(({ mode }) => mode === 'ram');
  const ramDiskBytes = inRam.reduce((sum, { task }) => sum + at(problem.ramDiskBytes, task), 0);
  const memoryBytes = here.reduce((sum, { task }) => sum + at(problem.memoryBytes, task), ramDiskBytes);
  const areDistinct = (numbers: readonly number[]): boolean => new Set(numbers).size === numbers.length;
  const hasRamDisk =
    builder.ramDiskChroots.length > 0
      ? areDistinct(inRam.map(({ chroot }) => chroot))
      : ramDiskBytes <= builder.ramDiskBytes;
  return (
    areDistinct(here.map(({ slot }) => slot)) &&
    hasRamDisk &&
    memoryBytes <= builder.memoryBytes &&
    here.length - inRam.length <= builder.diskSlots &&
    here.reduce((sum, { makeJobs }) => sum + makeJobs, 0) <= builder.cores
  );
}

describe('verifySchedule', () => {
  it('agrees with a look at every millisecond when one task is moved', () => {
    let brokenCount = 0;
    const specs = problemSpecs({ maxTasks: 12 });
    const property = fc.property(specs, fc.nat(), fc.integer({ min: -6, max: 6 }), (spec, pick, shiftMs) => {
      const problem = specProblem(spec);
      const { placements } = listSchedule(problem, specRule(spec));
      const victim = pick % placements.length;
      const moved = placements.map((one, index) => {
        const startMs = index === victim ? Math.max(0, one.startMs + shiftMs) : one.startMs;
        return { ...one, startMs, endMs: startMs + one.endMs - one.startMs };
      });
      moved.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
      const schedule = { placements: moved, makespanMs: Math.max(0, ...moved.map(({ endMs }) => endMs)) };
      const isRight = verifySchedule(problem, schedule).length === 0;
      expect(isRight).toBe(isFeasible(problem, schedule));
      if (!isRight) brokenCount++;
    });
    fc.assert(property, { seed: 1, numRuns: 400 });
    expect(brokenCount).toBeGreaterThan(100);
  });
});
