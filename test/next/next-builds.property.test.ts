import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { UserError } from '../../src/base/diagnostic.ts';
import { replay } from '../../src/journal/replay.ts';
import { nextBuilds, nextOf } from '../../src/next/next-builds.ts';
import { nextSchema } from '../../src/next/next-schema.ts';
import { standingOfRun } from '../../src/next/standing-of-run.ts';
import { STATE_SCHEMA, type StateBuild, type StateDocument } from '../../src/next/state-document.ts';
import { stateSchema } from '../../src/next/state-schema.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { BEGAN_MS, playRun } from '../journal/played-run.ts';
import { generatePlan } from '../support/generated-plan.ts';

const PLAN = generatePlan(60);
const PLANNED = problemOfPlan(PLAN, 'plan.json');
const { tasks, problem } = PLANNED;
const EMPTY: StateDocument = { schema: STATE_SCHEMA };

function errorOf(state: StateDocument): string {
  try {
    nextBuilds(PLANNED, state, 0);
  } catch (error) {
    if (error instanceof UserError)
      return error.diagnostics.map(({ message, hint = '' }) => `${message}; ${hint}`).join('\n');
    throw error;
  }
  return '';
}

/** Anything that a loop might tell, true or not. */
const states = fc
  .array(
    fc.record({
      fate: fc.constantFrom('finished', 'failed', 'running', 'forDisk', 'none'),
      builder: fc.option(fc.constantFrom('arm-1', 'x86-1', 'x86-2'), { nil: undefined }),
      slot: fc.option(fc.nat({ max: 14 }), { nil: undefined }),
      mode: fc.option(fc.constantFrom('ram' as const, 'disk' as const), { nil: undefined }),
      makeJobs: fc.option(fc.constantFrom(1, 8, 900), { nil: undefined }),
      runningMs: fc.option(fc.constantFrom(0, 1000, 10_000_000), { nil: undefined }),
    }),
    { minLength: tasks.length, maxLength: tasks.length, size: 'max' },
  )
  .map((fates): StateDocument => {
    const list = (wanted: string): readonly StateBuild[] =>
      fates.flatMap(({ fate, builder, slot, mode, makeJobs, runningMs }, task) => {
        if (fate !== wanted) return [];
        return {
          id: at(tasks, task).id,
          ...(builder === undefined ? {} : { builder }),
          ...(slot === undefined ? {} : { slot }),
          ...(mode === undefined ? {} : { mode }),
          ...(makeJobs === undefined ? {} : { makeJobs }),
          ...(runningMs === undefined ? {} : { runningMs }),
        };
      });
    return {
      ...{ schema: STATE_SCHEMA, atMs: 5 },
      ...{ finished: list('finished'), failed: list('failed') },
      ...{ running: list('running'), forDisk: list('forDisk') },
    };
  });

describe('nextBuilds', () => {
  it('answers whatever it is told, and starts nothing that runs, has ended or has no free slot', () => {
    let warned = 0;
    const property = fc.property(states, (given) => {
      const state = stateSchema.parse(JSON.parse(JSON.stringify(given)));
      const answer = nextBuilds(PLANNED, state, 0);
      expect(nextSchema.parse(JSON.parse(stableJson(answer)))).toEqual(answer);
      const told = [...(given.finished ?? []), ...(given.failed ?? []), ...(given.running ?? [])];
      const ids = new Set(told.map((entry) => (typeof entry === 'string' ? entry : entry.id)));
      expect(answer.start.filter(({ id }) => ids.has(id))).toEqual([]);
      expect(answer.held.filter(({ id }) => ids.has(id))).toEqual([]);
      const { start, held, waiting, running, finished, failed, blocked } = answer;
      const counted = [start.length, held.length, waiting, running, finished, failed, blocked.length];
      expect(counted.reduce((a, b) => a + b)).toBe(tasks.length);
      for (const { name, slots } of problem.builders) {
        const own = (given.running ?? []).filter((one) => typeof one !== 'string' && one.builder === name);
        const starts = start.filter(({ builder }) => builder === name);
        expect(starts.length).toBeLessThanOrEqual(Math.max(0, slots - own.length));
        expect(new Set(starts.map(({ slot }) => slot)).size).toBe(starts.length);
      }
      warned += answer.warnings.length;
    });
    fc.assert(property, { seed: 9, numRuns: 100 });
    expect(warned).toBeGreaterThan(100);
  });

  it('says the same whatever the order in which it is told', () => {
    const property = fc.property(states, (state) => {
      const turned = {
        ...state,
        ...{ finished: [...(state.finished ?? [])].reverse(), failed: [...(state.failed ?? [])].reverse() },
        ...{ running: [...(state.running ?? [])].reverse(), forDisk: [...(state.forDisk ?? [])].reverse() },
      };
      expect(nextBuilds(PLANNED, turned, 0)).toEqual(nextBuilds(PLANNED, state, 0));
    });
    fc.assert(property, { seed: 10, numRuns: 30 });
  });

  it('takes the names that loops have for builds', () => {
    const first = at(nextBuilds(PLANNED, EMPTY, 0).start, 0);
    const { id, source, arch, version } = first;
    for (const name of [id, `${source}/${arch}`]) {
      const { start, running } = nextBuilds(PLANNED, { ...EMPTY, running: [name] }, 0);
      expect(start.map((one) => one.id)).not.toContain(id);
      expect(running).toBe(1);
    }
    expect(errorOf({ ...EMPTY, finished: [source] })).toMatch(
      new RegExp(`^'${source}' may be any of .*${source}_${version}/`),
    );
    expect(errorOf({ ...EMPTY, finished: [`${source}/amd65`] })).toBe(
      `the plan has no build '${source}/amd65'; did you mean ${source}/amd64?`,
    );
    expect(errorOf({ ...EMPTY, running: [{ id, builder: 'x86-3' }] })).toBe(
      `${id} is said to run on 'x86-3', which is no builder of the plan; did you mean x86-1?`,
    );
  });

  it('goes on from the journal of a run as the run itself does', () => {
    const events = playRun(PLAN, { seed: 2, shortest: 0.5, longest: 2 });
    for (const [index, event] of events.entries()) {
      if (event.event !== 'end') continue;
      let next = index + 1;
      while (events[next]?.event === 'start') next++;
      const { tasks: runs } = replay(events.slice(0, index + 1));
      const answer = nextOf(PLANNED, standingOfRun(PLANNED, runs, new Set(), event.atMs));
      const started = events.slice(index + 1, next).map((one) => ('task' in one ? one.task : ''));
      expect(answer.start.map(({ id }) => id)).toEqual(started);
      expect(answer.warnings).toEqual([]);
    }
    expect(BEGAN_MS).toBeLessThan(events.at(-1)?.atMs ?? 0);
  });

  it('counts how long a build has run from when it began, and expects the rest', () => {
    const { start } = nextBuilds(PLANNED, EMPTY, 0);
    const { id, expectedMs, ...place } = at(start, 0);
    const { builder, slot, mode, makeJobs } = place;
    const build = { id, builder, slot, mode, makeJobs };
    const others = tasks.map((task) => task.id).filter((other) => other !== id);
    const state = { ...EMPTY, finished: others, atMs: 50_000 };
    const rest = (running: readonly StateBuild[]): number =>
      nextBuilds(PLANNED, { ...state, running }, 99_000).remainingMs;
    expect(rest([build])).toBe(expectedMs);
    expect(rest([{ ...build, startedMs: 40_000 }])).toBe(expectedMs - 10_000);
    expect(rest([{ ...build, startedMs: 40_000, runningMs: 7 }])).toBe(expectedMs - 7);
    expect(rest([{ ...build, runningMs: 2 * expectedMs }])).toBe(0);
  });
});
