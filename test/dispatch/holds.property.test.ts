import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import type { Hold } from '../../src/dispatch/find-holds.ts';
import { modeDuration, type Placement, type Problem } from '../../src/dispatch/problem.ts';
import { drive } from './drive.ts';
import { problemOf, problemSpecs, ruleOf, specProblem, specRule } from './problems.ts';
import { hasRoomFor, roomBeside } from './room.ts';

type Said = Pick<Hold, 'why' | 'free' | 'needed' | 'forTask'>;

/** What is missing for a build, counted anew from all that runs. */
function missing(
  problem: Problem,
  { task, builder: index, mode, makeJobs }: Hold,
  running: readonly Placement[],
): Said | undefined {
  const builder = at(problem.builders, index);
  const room = roomBeside(problem, index, running);
  const inRam = mode === 'ram' ? at(problem.ramDiskBytes, task) : 0;
  const hasChroots = builder.ramDiskChroots.length > 0;
  const largest = Math.max(-1, ...room.chroots.map((chroot) => at(builder.ramDiskChroots, chroot)));
  const counted: readonly (readonly [Hold['why'], number, number])[] = [
    ['slot', room.slots, 1],
    ...(mode === 'ram' && hasChroots ? ([['chroot', largest, inRam]] as const) : []),
    ...(mode === 'ram' && !hasChroots ? ([['ram-disk', room.ramDiskBytes, inRam]] as const) : []),
    ['memory', room.memoryBytes, inRam + at(problem.memoryBytes, task)],
    ...(mode === 'disk' ? ([['disk-slot', room.diskSlots, 1]] as const) : []),
    ['cores', room.cores, makeJobs],
  ];
  const [first] = counted.filter(([, free, needed]) => free < needed);
  if (first === undefined) return undefined;
  const [why, free, needed] = first;
  return { why, free: Math.max(0, free), needed, forTask: -1 };
}

describe('holds', () => {
  it('tells of every ready task that did not start what is missing, as a count of all that runs does', () => {
    const seen = new Map<string, number>();
    const property = fc.property(problemSpecs(), fc.nat(), (spec, seed) => {
      const problem = specProblem(spec);
      const rule = specRule(spec);
      drive(problem, rule, { seed, shortest: 0.5, longest: 2 }, (dispatcher, running, nowMs) => {
        const holds = dispatcher.holds();
        const ready = problem.arch.flatMap((_, task) => (dispatcher.state(task) === 'ready' ? task : []));
        expect(holds.map(({ task }) => task).sort((a, b) => a - b)).toEqual(ready);
        for (const hold of holds) {
          seen.set(hold.why, (seen.get(hold.why) ?? 0) + 1);
          const { task, builder, mode, makeJobs, why, free, needed, forTask } = hold;
          const expected = missing(problem, hold, running);
          if (expected !== undefined) {
            expect({ why, free, needed, forTask }).toEqual(expected);
            continue;
          }
          const reservation = dispatcher.reservations().find((one) => one.builder === builder);
          expect({ why, forTask }).toEqual({ why: 'reserved', forTask: reservation?.task });
          expect(forTask).not.toBe(task);
          if (reservation === undefined) continue;
          // it would still be there when the other one starts, and both have no room then
          const endMs = nowMs + modeDuration(problem, task, at(problem.builders, builder), mode, makeJobs);
          expect(endMs).toBeGreaterThan(reservation.startMs);
          const then = running.filter((one) => Math.max(nowMs, one.endMs) > reservation.startMs);
          const both = roomBeside(problem, builder, [...then, reservation]);
          const now = roomBeside(problem, builder, [...running, reservation]);
          const use = { task, builder, mode, makeJobs };
          const hasBoth = hasRoomFor(problem, { ...both, slots: 1 }, use);
          const hasChroot =
            mode === 'disk' || hasRoomFor(problem, { ...both, slots: 1, chroots: now.chroots }, use);
          expect(hasBoth && hasChroot).toBe(false);
        }
      });
    });
    fc.assert(property, { seed: 5, numRuns: 150 });
    const whys: readonly Hold['why'][] = [
      ...(['slot', 'chroot', 'ram-disk', 'memory', 'disk-slot', 'cores', 'reserved'] as const),
    ];
    expect(whys.filter((why) => (seen.get(why) ?? 0) < 5)).toEqual([]);
  });

  it('says for whom room is kept, and until when that one waits', () => {
    const builders = [{ slots: 3, ramDiskBytes: 10, diskSlots: 0 }];
    const tasks = [
      { durationMs: 5, ramDiskBytes: 6 },
      { durationMs: 9, ramDiskBytes: 9 },
      { durationMs: 9, ramDiskBytes: 4 },
      { durationMs: 5, ramDiskBytes: 5 },
    ];
    const problem = problemOf(tasks, builders);
    const dispatcher = new Dispatcher(problem, ruleOf(problem, [9, 8, 7, 6]));
    expect(dispatcher.start(0).map(({ task }) => task)).toEqual([0]);
    const place = { builder: 0, mode: 'ram', makeJobs: 1 };
    expect(dispatcher.holds()).toEqual([
      { ...place, task: 1, why: 'ram-disk', free: 4, needed: 9, forTask: -1, startMs: 5 },
      { ...place, task: 2, why: 'reserved', free: 0, needed: 0, forTask: 1, startMs: 5 },
      { ...place, task: 3, why: 'ram-disk', free: 4, needed: 5, forTask: -1, startMs: 5 },
    ]);
  });
});
