import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRunTable } from '../../../src/emit/run/run-table.ts';
import { plainStyle } from '../../../src/emit/style.ts';
import { replay } from '../../../src/journal/replay.ts';
import { makeRunView, type RunView } from '../../../src/next/run-view.ts';
import { problemOfPlan } from '../../../src/plan/problem-of-plan.ts';
import { BEGAN_MS, playRun } from '../../journal/played-run.ts';
import { generatePlan } from '../../support/generated-plan.ts';

const PLAN = generatePlan(80);
const PLANNED = problemOfPlan(PLAN, 'plan.json');
const EVENTS = playRun(PLAN, { seed: 1, shortest: 0.5, longest: 2, failing: 0.05 });
const TOTAL = PLANNED.problem.taskCount;

/** After so many events. */
function viewAt(count: number): RunView {
  const events = EVENTS.slice(0, count);
  const nowMs = events.at(-1)?.atMs ?? BEGAN_MS;
  return makeRunView(PLANNED, { nowMs, beganMs: BEGAN_MS, runs: replay(events).tasks });
}

describe('makeRunView', () => {
  it('counts every build once, and shows what runs where it was started', () => {
    for (let count = 0; count <= EVENTS.length; count += 7) {
      const { counts, builders } = viewAt(count);
      const { total, built, running, ready, waiting, failed, blocked, skipped } = counts;
      expect(total).toBe(TOTAL);
      expect(built + running + ready + waiting + failed + blocked + skipped).toBe(TOTAL);
      const { tasks } = replay(EVENTS.slice(0, count));
      const started = [...tasks].flatMap(([id, { state, start }]) =>
        state === 'running' && start !== undefined ? `${start.builder}.${start.slot} ${id}` : [],
      );
      const shown = builders.flatMap(({ name, slots }) =>
        slots.flatMap((slot, index) => (slot === undefined ? [] : `${name}.${index} ${slot.id}`)),
      );
      expect(shown.sort()).toEqual(started.sort());
    }
  });

  it('expects the rest as the dispatcher plays it: with everything as planned the makespan never changes', () => {
    const events = playRun(PLAN, { seed: 1 });
    for (let count = 10; count < events.length; count += 25) {
      let until = count;
      // all that happens at one moment belongs together
      while (events[until]?.atMs === events[count - 1]?.atMs) until++;
      const nowMs = events[until - 1]?.atMs ?? 0;
      const runs = replay(events.slice(0, until)).tasks;
      const { elapsedMs, remainingMs } = makeRunView(PLANNED, { nowMs, beganMs: BEGAN_MS, runs });
      expect(elapsedMs + remainingMs).toBe(PLAN.makespanMs);
    }
  });

  it('takes what is not built here for skipped, and what needs it for blocked', () => {
    const first = EVENTS.find((event) => event.event === 'start');
    const skipped = new Set([first?.task ?? '']);
    const request = { nowMs: BEGAN_MS, beganMs: BEGAN_MS, runs: replay([]).tasks, skipped };
    const { counts } = makeRunView(PLANNED, request);
    expect(counts).toMatchObject({ skipped: 1, failed: 0 });
    expect(counts.blocked).toBeGreaterThan(0);
  });
});

describe('formatRunTable', () => {
  it('fits into any terminal, to the letter', () => {
    const sizes = fc.record({
      count: fc.nat({ max: EVENTS.length }),
      width: fc.integer({ min: 20, max: 200 }),
      height: fc.integer({ min: 4, max: 60 }),
    });
    const property = fc.property(sizes, ({ count, width, height }) => {
      const lines = formatRunTable(viewAt(count), plainStyle, width, height).split('\n');
      expect(lines.length).toBeLessThanOrEqual(height);
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.some((line) => line.startsWith(`${viewAt(count).counts.built} of ${TOTAL}`))).toBe(true);
    });
    fc.assert(property, { seed: 11, numRuns: 60 });
  });

  it('shows slots, the RAM disk, times and what comes next', () => {
    const view: RunView = {
      ...{ nowMs: BEGAN_MS + 60_000, elapsedMs: 60_000, remainingMs: 90_000, planMs: 140_000 },
      counts: { total: 9, built: 2, running: 2, ready: 1, waiting: 2, failed: 1, blocked: 1, skipped: 0 },
      builders: [
        {
          ...{
            name: 'x86',
            arch: 'amd64',
            ramDiskBytes: 2 ** 33,
            reservedBytes: 2 ** 32,
            usedBytes: 2 ** 30,
          },
          slots: [
            {
              ...{ id: 'base/std/libfoo_1.2-1/amd64', attempt: 1, mode: 'ram', ramDiskBytes: 2 ** 32 },
              ...{ startedMs: BEGAN_MS + 30_000, expectedMs: 60_000 },
            },
            {
              ...{ id: 'base/std/bar\u001b[2J_1-1/amd64', attempt: 2, mode: 'disk', ramDiskBytes: 0 },
              ...{ startedMs: BEGAN_MS, expectedMs: 40_000 },
            },
            undefined,
          ],
        },
      ],
      nextUp: [{ id: 'base/std/baz_1-1/amd64', builder: 'x86', mode: 'ram', inMs: 30_000 }],
    };
    expect(formatRunTable(view, plainStyle, 90, 20).split('\n')).toEqual([
      'x86  RAM disk ████████░░░░░░░░ 4 GiB of 8 GiB given out, 1 GiB filled',
      '   0 ram  base/std/libfoo_1.2-1/amd64                      30s of 1m 00s ████████░░░░░░░░',
      '   1 disk base/std/bar␛[2J_1-1/amd64 (attempt 2)           1m 00s of 40s ████████████████',
      '   2 free',
      '2 of 9 built, 2 running, 1 ready, 2 waiting, 1 failed, 1 blocked',
      '1m 00s so far, about 1m 30s to go: 2m 30s in all, planned 2m 20s',
      'next: base/std/baz_1-1/amd64 on x86 in RAM in 30s',
    ]);
    expect(formatRunTable(view, plainStyle, 60, 4)).toBe(
      [
        'x86  RAM disk ████████░░░░░░░░ 4 GiB of 8 GiB given out, 1 …',
        '   0 ram  base/std/libfoo_1.2-1/amd64         30s of 1m 00s',
        '2 of 9 built, 2 running, 1 ready, 2 waiting, 1 failed, 1 bl…',
        '1m 00s so far, about 1m 30s to go: 2m 30s in all, planned 2…',
      ].join('\n'),
    );
  });
});
