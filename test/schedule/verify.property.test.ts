import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemSpecs, specProblem } from '../dispatch/problems.ts';

/** Looks at every ms of a schedule, whose tasks are all placed once: whether anything is taken twice or too early. */
function isFeasible(problem: Problem, { placements, makespanMs }: Schedule): boolean {
  const endOf = new Map(placements.map(({ task, endMs }) => [task, endMs]));
  const isTooEarly = ({ task, startMs }: Placement): boolean =>
    row(problem.dag.needs, task).some((need) => (endOf.get(need) ?? Infinity) > startMs);
  if (placements.some(isTooEarly)) return false;
  for (let nowMs = 0; nowMs < makespanMs; nowMs++) {
    const running = placements.filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
    for (const [index, builder] of problem.builders.entries()) {
      const here = running.filter((placement) => placement.builder === index);
      const inRam = here.filter(({ mode }) => mode === 'ram');
      const ramDiskBytes = inRam.reduce((sum, { task }) => sum + at(problem.ramDiskBytes, task), 0);
      const memoryBytes = here.reduce((sum, { task }) => sum + at(problem.memoryBytes, task), ramDiskBytes);
      if (new Set(here.map(({ slot }) => slot)).size < here.length) return false;
      if (ramDiskBytes > builder.ramDiskBytes || memoryBytes > builder.memoryBytes) return false;
    }
  }
  return true;
}

describe('verifySchedule', () => {
  it('agrees with a look at every millisecond when one task is moved', () => {
    let brokenCount = 0;
    const specs = problemSpecs({ maxTasks: 12 });
    const property = fc.property(specs, fc.nat(), fc.integer({ min: -6, max: 6 }), (spec, pick, shiftMs) => {
      const problem = specProblem(spec);
      const { placements } = listSchedule(problem, Float64Array.from(spec.priorities));
      const victim = pick % placements.length;
      const moved = placements.map((one, index) => {
        const startMs = Math.max(0, one.startMs + (index === victim ? shiftMs : 0));
        return { ...one, startMs, endMs: startMs + one.endMs - one.startMs };
      });
      moved.sort((a, b) => a.startMs - b.startMs || a.task - b.task);
      const schedule = { placements: moved, makespanMs: Math.max(...moved.map(({ endMs }) => endMs)) };
      const isRight = verifySchedule(problem, schedule).length === 0;
      expect(isRight).toBe(isFeasible(problem, schedule));
      if (!isRight) brokenCount++;
    });
    fc.assert(property, { seed: 1, numRuns: 400 });
    expect(brokenCount).toBeGreaterThan(100);
  });
});
