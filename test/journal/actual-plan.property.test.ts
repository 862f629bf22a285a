import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { actualPlan } from '../../src/journal/actual-plan.ts';
import type { RunEvent } from '../../src/journal/run-event.ts';
import type { Plan, PlanTask } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { BEGIN, end, start } from './events.ts';
import { PAUSE_MS, playRun, type PlayedOptions } from './played-run.ts';

const PLAN = generatePlan(120);
const tasksOf = (plan: Plan): readonly PlanTask[] => plan.targets.flatMap(({ tasks }) => tasks);

/** Reads the document as commands do: it is checked against the schema, and by `verifySchedule`. */
function readActual(plan: Plan, events: readonly RunEvent[]): Plan {
  const read = readPlan(stableJson(actualPlan(plan, events)), 'actual.json');
  problemOfPlan(read, 'actual.json');
  return read;
}

function runOf(options: PlayedOptions): { readonly actual: Plan; readonly events: readonly RunEvent[] } {
  const events = playRun(PLAN, options);
  return { actual: readActual(PLAN, events), events };
}

describe('actualPlan', () => {
  it('is a plan that contradicts nothing, whatever failed, was stopped, resumed, or ran by clocks that differ', () => {
    const options = fc.record({
      seed: fc.nat(),
      shortest: fc.constantFrom(0.3, 1),
      longest: fc.constantFrom(1, 3),
      failing: fc.constantFrom(0, 0.1, 0.4),
      jitterMs: fc.constantFrom(0, 400, 20_000, 10_000_000),
      pauseAfter: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
      stopAfter: fc.constantFrom(0, 1, 40, Infinity),
      nodes: fc.constantFrom([], ['n1', 'n2', 'n3']),
    });
    const property = fc.property(options, ({ nodes, ...rest }) => {
      const { actual, events } = runOf(nodes.length === 0 ? rest : { ...rest, nodes });
      const built = new Set(
        events.flatMap((event) => (event.event === 'end' && event.then === 'done' ? event.task : [])),
      );
      expect(new Set(tasksOf(actual).map(({ id }) => id))).toEqual(built);
      const left = actual.unbuildable.filter(({ kind }) =>
        /^(?:build-failed|needs-failed|not-run)$/.test(kind),
      );
      expect(left).toHaveLength(tasksOf(PLAN).length - built.size);
      expect(actual.architectures.map(({ taskCount }) => taskCount).reduce((a, b) => a + b)).toBe(built.size);
      const last = actual.criticalChain.at(-1);
      const end = tasksOf(actual).find(({ id }) => id === last?.id);
      if (built.size > 0) expect((end?.startMs ?? 0) + (end?.durationMs ?? 0)).toBe(actual.makespanMs);
    });
    fc.assert(property, { seed: 8, numRuns: 60 });
  });

  it('is the plan of the dispatcher when everything takes what was planned', () => {
    const { actual } = runOf({ seed: 1 });
    const placesOf = (plan: Plan): readonly unknown[] =>
      tasksOf(plan).map(({ id, builder, slot, mode, makeJobs, startMs, durationMs, workMs }) => ({
        ...{ id, builder, slot, mode, makeJobs, startMs, durationMs },
        // what ends in the same ms is the same, though less work may do it
        isWork: mode === 'ram' ? workMs : undefined,
      }));
    expect(placesOf(actual)).toEqual(placesOf(PLAN));
    expect(actual.makespanMs).toBe(PLAN.makespanMs);
    expect(actual.builders).toEqual(PLAN.builders);
  });

  it('tells starts and ends as clocks told them, to the ms where the factors of the builder allow it', () => {
    const { actual, events } = runOf({ seed: 3, shortest: 0.5, longest: 2 });
    const beganMs = events[0]?.atMs ?? 0;
    const byId = new Map(tasksOf(actual).map((task) => [task.id, task]));
    for (const event of events) {
      if (event.event !== 'end') continue;
      const task = byId.get(event.task);
      expect(task?.startMs).toBe(event.startedMs - beganMs);
      const lostMs = event.endedMs - event.startedMs - (task?.durationMs ?? 0);
      expect(lostMs).toBeGreaterThanOrEqual(0);
      expect(lostMs).toBeLessThan(task?.mode === 'ram' ? 1 : 2.35);
    }
  });

  it('leaves out the time in which nobody ran it, but not what was built in it', () => {
    const { actual, events } = runOf({ seed: 4, pauseAfter: [30, 60] });
    expect(actual.ran?.pausedMs).toBe(2 * PAUSE_MS);
    const endedMs = events.at(-1)?.atMs ?? 0;
    const beganMs = events[0]?.atMs ?? 0;
    expect(actual.makespanMs).toBe(endedMs - beganMs - 2 * PAUSE_MS);
  });

  it('says of what was not built whether it failed, needs what failed, or was never begun', () => {
    const { actual, events } = runOf({ seed: 5, failing: 0.1, stopAfter: 60 });
    const failed = events.flatMap((event) =>
      event.event === 'end' && event.then === 'given-up' ? event.task : [],
    );
    const kinds = new Map(actual.unbuildable.map(({ unit, kind }) => [unit, kind]));
    expect(failed.length).toBeGreaterThan(2);
    for (const id of failed) expect(kinds.get(id)).toBe('build-failed');
    const needsOf = new Map(tasksOf(PLAN).map(({ id, needs }) => [id, needs]));
    for (const [unit = '', kind] of kinds) {
      if (kind !== 'needs-failed' && kind !== 'not-run') continue;
      const stack = [...(needsOf.get(unit) ?? [])];
      const all = new Set(stack);
      for (let need = stack.pop(); need !== undefined; need = stack.pop())
        for (const next of needsOf.get(need) ?? []) {
          if (!all.has(next)) stack.push(next);
          all.add(next);
        }
      expect(failed.some((id) => all.has(id))).toBe(kind === 'needs-failed');
    }
    expect([...kinds.values()].filter((kind) => kind === 'needs-failed').length).toBeGreaterThan(0);
    expect([...kinds.values()].filter((kind) => kind === 'not-run').length).toBeGreaterThan(0);
  });

  it('keeps waits that went by way of what was not built', () => {
    const tasks = ['a', 'b', 'c', 'd'].map((source, place, all) =>
      planTask({
        ...{ id: `${source}_1/amd64`, source, version: '1', startMs: 1000 * place },
        needs: all.slice(Math.max(0, place - 1), place).map((need) => `${need}_1/amd64`),
      }),
    );
    const plan: Plan = {
      ...emptyPlan([{ target: { arch: 'amd64', kind: 'any', profiles: [] }, tasks }]),
      ...{ makespanMs: 4000, lowerBoundMs: 4000 },
    };
    const built = (task: string, atMs: number): readonly RunEvent[] => [
      start(task, 1, { atMs }),
      { ...end(task, 1, 'built', 'done'), atMs: atMs + 10, startedMs: atMs, endedMs: atMs + 10 },
    ];
    const actual = readActual(plan, [BEGIN, ...built('a_1/amd64', 11), ...built('d_1/amd64', 16)]);
    expect(tasksOf(actual).map(({ id, needs, startMs }) => ({ id, needs, startMs }))).toEqual([
      { id: 'a_1/amd64', needs: [], startMs: 10 },
      { id: 'd_1/amd64', needs: ['a_1/amd64'], startMs: 20 },
    ]);
  });

  it('names the nodes of a cluster as builders, each with as many slots as it had builds at once', () => {
    const { actual } = runOf({ seed: 6, nodes: ['n1', 'n2'] });
    for (const { name, slots } of actual.builders) {
      expect(name).toMatch(/^n[12]/);
      const own = tasksOf(actual).filter(({ builder }) => builder === name);
      const atOnce = own.map(
        ({ startMs }) =>
          own.filter((other) => other.startMs <= startMs && startMs < other.startMs + other.durationMs)
            .length,
      );
      expect(slots).toBe(Math.max(...atOnce));
    }
  });
});
