import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { row } from '../../src/base/csr.ts';
import type { Placement, Problem, Schedule } from '../../src/dispatch/problem.ts';
import { criticalChain } from '../../src/schedule/critical-chain.ts';
import { explainStarts } from '../../src/schedule/explain-starts.ts';
import { listSchedule } from '../../src/schedule/list-schedule.ts';
import { buildMaxTree, lastAtLeast } from '../../src/schedule/max-tree.ts';
import { BuilderUsage } from '../../src/schedule/usage.ts';
import { verifySchedule } from '../../src/schedule/verify.ts';
import { problemSpecs, specProblem, specRule, type ProblemSpec } from '../dispatch/problems.ts';
import { slowShortage } from './slow-shortage.ts';

/** Tight builders on which tasks wait for everything there is. */
const specs = problemSpecs({ maxTasks: 40 });

function scheduled(spec: ProblemSpec): { readonly problem: Problem; readonly schedule: Schedule } {
  const problem = specProblem(spec);
  const schedule = listSchedule(problem, specRule(spec));
  expect(verifySchedule(problem, schedule)).toEqual([]);
  return { problem, schedule };
}

describe('explainStarts', () => {
  it('names for every task what ended or came exactly when it started, and since when it could have', () => {
    const seen = new Set<string>();
    const property = fc.property(specs, (spec) => {
      const { problem, schedule } = scheduled(spec);
      const byTask = new Map(schedule.placements.map((placement) => [placement.task, placement]));
      const runs = new Set(problem.running.map(({ task }) => task));
      const reasons = explainStarts(problem, schedule);
      expect(reasons).toHaveLength(schedule.placements.length);
      reasons.forEach(({ waitedFor, before, readyMs }, place) => {
        const { task, startMs } = at(schedule.placements, place);
        seen.add(waitedFor);
        const needs = [...row(problem.dag.needs, task)];
        const ends = needs.map((need) => byTask.get(need)?.endMs ?? 0);
        expect(readyMs).toBe(Math.max(0, at(problem.releaseMs, task), ...ends));
        if (runs.has(task)) expect(waitedFor).toBe('start');
        else expect(readyMs).toBeLessThanOrEqual(startMs);
        if (before === undefined) expect(['start', 'release']).toContain(waitedFor);
        else expect(before).toBe(byTask.get(before.task));
        if (before !== undefined) expect(before.endMs).toBe(startMs);
        if (waitedFor === 'need') expect(needs).toContain(before?.task);
        else if (startMs > 0 && !runs.has(task)) expect(ends).not.toContain(startMs);
      });
    });
    fc.assert(property, { seed: 1, numRuns: 300 });
    expect([...seen].sort()).toEqual(
      ['cores', 'disk-slot', 'memory', 'need', 'ram-disk', 'release', 'slot', 'start'].sort(),
    );
  });

  it('is what the critical chain is made of', () => {
    const property = fc.property(specs, (spec) => {
      const { problem, schedule } = scheduled(spec);
      const reasons = explainStarts(problem, schedule);
      const reasonOf = new Map(schedule.placements.map(({ task }, place) => [task, at(reasons, place)]));
      const chain = criticalChain(problem, schedule);
      chain.forEach(({ task, waitedFor }, place) => {
        const { before, waitedFor: own } = reasonOf.get(task) ?? {};
        expect([own, before?.task]).toEqual([waitedFor, chain[place - 1]?.task]);
      });
    });
    fc.assert(property, { seed: 2, numRuns: 100 });
  });
});

describe('BuilderUsage', () => {
  it('finds what a task was short of for longest, as a look at every moment does', () => {
    let several = 0;
    const property = fc.property(specs, fc.nat(60), (spec, backMs) => {
      const { problem, schedule } = scheduled(spec);
      problem.builders.forEach((builder, index) => {
        const own: readonly Placement[] = schedule.placements.filter(({ builder: on }) => on === index);
        const usage = new BuilderUsage(problem, builder, own);
        for (const placement of own) {
          const sinceMs = Math.max(0, placement.startMs - backMs);
          const short = usage.shortage(placement, sinceMs);
          expect(short).toBe(slowShortage(problem, own, placement, sinceMs));
          if (short !== usage.shortage(placement, placement.startMs)) several++;
        }
      });
    });
    fc.assert(property, { seed: 3, numRuns: 400 });
    // the search back in time has decided
    expect(several).toBeGreaterThan(10);
  });
});

describe('lastAtLeast', () => {
  it('finds what a look at one cell after the other finds', () => {
    const cells = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 40, size: 'max' });
    const property = fc.property(
      cells,
      fc.nat(40),
      fc.integer({ min: -4, max: 4 }),
      (column, place, least) => {
        const until = Math.min(place, column.length) - 1;
        const tree = buildMaxTree(Float64Array.from(column));
        const expected = column.slice(0, until + 1).findLastIndex((cell) => cell >= least);
        expect(lastAtLeast(tree, until, least)).toBe(expected);
      },
    );
    fc.assert(property, { seed: 4, numRuns: 1000 });
  });
});
