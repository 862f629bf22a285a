import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import { modeDuration, type Placement } from '../../src/dispatch/problem.ts';
import { Follower } from '../../src/next/follower.ts';
import type { NextAnswer, NextStart } from '../../src/next/next-document.ts';
import { nextSchema } from '../../src/next/next-schema.ts';
import { NOTHING_YET } from '../../src/next/standing.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { generatePlan } from '../support/generated-plan.ts';

const PLANNED = problemOfPlan(generatePlan(150), 'plan.json');
const { problem, rule, tasks } = PLANNED;
const BEGAN_MS = 1_764_000_000_000;

/** As the loop gets it: read back from its line. */
function tell(follower: Follower, event: unknown, clockMs = BEGAN_MS): NextAnswer {
  const line = JSON.stringify(follower.tell(JSON.stringify(event), clockMs));
  const answer = nextSchema.parse(JSON.parse(line));
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

interface Started {
  readonly start: NextStart;
  readonly startMs: number;
  readonly endMs: number;
}

/** A build loop that knows nothing of plans: it starts what it is told to, and tells what ended. */
function loop(
  follower: Follower,
  durationMs: (start: NextStart) => number,
  confirms: boolean,
): readonly Started[] {
  const started: Started[] = [];
  const running: Started[] = [];
  let nowMs = 0;
  const begin = (start: NextStart): void => {
    const one = { start, startMs: nowMs, endMs: nowMs + durationMs(start) };
    started.push(one);
    running.push(one);
  };
  let answer = tell(follower, { event: 'tick', atMs: BEGAN_MS });
  for (;;) {
    if (!confirms) answer.start.forEach(begin);
    // one package at a time: the first, then it asks again
    for (let start = answer.start[0]; confirms && start !== undefined; start = answer.start[0]) {
      begin(start);
      answer = tell(follower, { event: 'started', id: start.id, atMs: BEGAN_MS + nowMs });
    }
    running.sort(byEnd);
    const first = running.shift();
    if (first === undefined) return started;
    nowMs = first.endMs;
    answer = tell(follower, { event: 'finished', id: first.start.id, atMs: BEGAN_MS + nowMs });
  }
}

function byEnd(a: Pick<Started, 'endMs' | 'start'>, b: Pick<Started, 'endMs' | 'start'>): number {
  return a.endMs - b.endMs || (a.start.id < b.start.id ? -1 : 1);
}

/** The dispatcher itself, told one end after the other. */
function dispatched(durationMs: (id: string, expectedMs: number) => number): readonly Placement[] {
  const dispatcher = new Dispatcher(problem, rule);
  const placements: Placement[] = [];
  const running: Placement[] = [];
  const startAll = (nowMs: number): void => {
    for (const one of dispatcher.start(nowMs)) {
      const endMs = nowMs + durationMs(at(tasks, one.task).id, one.endMs - one.startMs);
      placements.push({ ...one, endMs });
      running.push({ ...one, endMs });
    }
  };
  startAll(0);
  for (;;) {
    running.sort((a, b) => a.endMs - b.endMs || a.task - b.task);
    const first = running.shift();
    if (first === undefined) return placements;
    dispatcher.finish(first.task);
    startAll(first.endMs);
  }
}

/** Durations of builds that nobody foresaw. */
function noise(id: string, expectedMs: number): number {
  return Math.ceil(expectedMs * (0.4 + 1.6 * seededRandom(1 + (taskOf.get(id) ?? 0))()));
}

function startedAs(placements: readonly Placement[]): readonly unknown[] {
  return placements.map(({ task, builder, slot, mode, makeJobs, startMs, endMs }) => ({
    ...{ id: at(tasks, task).id, builder: at(problem.builders, builder).name, slot, mode, makeJobs },
    ...{ startMs, endMs },
  }));
}

function looped(started: readonly Started[]): readonly unknown[] {
  return started.map(({ start: { id, builder, slot, mode, makeJobs }, startMs, endMs }) => ({
    ...{ id, builder, slot, mode, makeJobs, startMs, endMs },
  }));
}

const taskOf = new Map(tasks.map(({ id }, task) => [id, task]));
const builderOf = new Map(problem.builders.map(({ name }, builder) => [name, builder]));

function placementsOf(started: readonly Started[]): readonly Placement[] {
  return started
    .map(({ start: { id, builder, slot, mode, makeJobs }, startMs, endMs }) => ({
      ...{ task: taskOf.get(id) ?? -1, builder: builderOf.get(builder) ?? -1, slot, mode, makeJobs },
      ...{ chroot: -1, startMs, endMs },
    }))
    .sort((a, b) => a.startMs - b.startMs || a.task - b.task);
}

describe('debplan next --follow', () => {
  it.each([
    ['as expected', (_: string, expectedMs: number) => expectedMs],
    ['otherwise', noise],
  ])('lets a loop build a whole plan as the dispatcher would, when builds take %s', (_, durationMs) => {
    const follower = new Follower(PLANNED, NOTHING_YET, BEGAN_MS, false);
    const started = loop(follower, ({ id, expectedMs }) => durationMs(id, expectedMs), false);
    expect(looped(started)).toEqual(startedAs(dispatched(durationMs)));
    expect(tell(follower, { event: 'tick' })).toMatchObject({ done: true, finished: 150, remainingMs: 0 });
    // limits, needs and slots are checked against how long the builds really took
    const placements = placementsOf(started);
    const took = new Map(placements.map(({ task, startMs, endMs }) => [task, endMs - startMs]));
    const asTaken = {
      ...problem,
      builders: problem.builders.map((builder) => ({ ...builder, speed: 1, diskFactor: 1 })),
      parallelFraction: new Float64Array(problem.taskCount),
      durationMs: Float64Array.from(problem.durationMs, (__, task) => took.get(task) ?? 0),
    };
    const makespanMs = Math.max(...placements.map(({ endMs }) => endMs));
    expect(verifySchedule(asTaken, { placements, makespanMs })).toEqual([]);
  });

  it('names what is not confirmed again, and starts the same builds one by one', () => {
    const follower = new Follower(PLANNED, NOTHING_YET, BEGAN_MS, true);
    const first = tell(follower, { event: 'tick' });
    expect(tell(follower, { event: 'tick' })).toEqual(first);
    const started = loop(follower, ({ id, expectedMs }) => noise(id, expectedMs), true);
    expect(looped(started)).toEqual(startedAs(dispatched(noise)));
  });

  it('gives the same expected durations as the plan counts with', () => {
    const follower = new Follower(PLANNED, NOTHING_YET, BEGAN_MS, false);
    for (const { id, builder, mode, makeJobs, expectedMs } of tell(follower, { event: 'tick' }).start) {
      const machine = at(problem.builders, builderOf.get(builder) ?? -1);
      expect(expectedMs).toBe(modeDuration(problem, taskOf.get(id) ?? -1, machine, mode, makeJobs));
    }
  });

  it('builds a retried unit once more, on disk if that is asked, and takes what it failed back', () => {
    const follower = new Follower(PLANNED, NOTHING_YET, BEGAN_MS, false);
    const { start } = tell(follower, { event: 'tick' });
    const { id } = start.find(({ mode }) => mode === 'ram') ?? at(start, 0);
    const { blocked } = tell(follower, { event: 'failed', id });
    expect(blocked.length).toBeGreaterThan(0);
    const again = tell(follower, { event: 'retry', id, mode: 'disk' });
    expect(again.blocked).toEqual([]);
    const told = [...again.start, ...again.held].find((unit) => unit.id === id);
    expect(told).toMatchObject({ id, mode: 'disk' });
  });

  it.each([
    ['{"event":', 'this line is no event'],
    ['{"event":"finnished","id":"a"}', 'this line is no event'],
    ['{"event":"finished"}', 'this line is no event'],
    ['{"event":"finished","id":"pkg-0000x"}', "the plan has no build 'pkg-0000x'"],
    ['{"event":"started","id":"pkg-00001/arm64","builder":"x86-9"}', 'which is no builder of the plan'],
    ['{"event":"finished","id":"pkg-00001"}', "'pkg-00001' may be any of"],
  ])('answers %s with an error, and nothing changes', (line, error) => {
    const [follower, other] = [1, 2].map(() => new Follower(PLANNED, NOTHING_YET, BEGAN_MS, false));
    if (follower === undefined || other === undefined) throw new Error('BUG: two were made');
    const answer = nextSchema.parse(follower.tell(line, BEGAN_MS));
    expect('error' in answer ? answer.error : '').toContain(error);
    expect(tell(follower, { event: 'tick' })).toEqual(tell(other, { event: 'tick' }));
  });
});
