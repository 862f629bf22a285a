import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { compareText } from '../../src/base/compare.ts';
import { row } from '../../src/base/csr.ts';
import { stableJson } from '../../src/base/stable-json.ts';
import { emitOrder } from '../../src/emit/order.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { emitGantt } from '../../src/emit/gantt-text.ts';
import { emitSummary } from '../../src/emit/summary.ts';
import { planBuild } from '../../src/pipeline.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { allNeeds } from '../support/all-needs.ts';
import { planJob } from '../support/planned.ts';

const jobs = fc.oneof(
  planJob({ hasLayers: false, indexed: ['amd64', 'arm64'] }),
  planJob({ hasLayers: true, indexed: ['amd64', 'arm64'] }),
  planJob({ hasLayers: false, indexed: [] }),
);

describe('a plan', () => {
  it('validates against its own schema and is read back as it was', () => {
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan } = planBuild(inputs, options);
        expect(readPlan(stableJson(plan), 'plan.json')).toEqual(plan);
      }),
      { seed: 8, numRuns: 250 },
    );
  });
  it('accounts for every unit once: as a task, or with a reason', () => {
    const counts = { tasks: 0, unbuildable: 0, breaks: 0 };
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan, analysis } = planBuild(inputs, options);
        const tasks = tasksByStart(plan.targets);
        const left = plan.unbuildable.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
        const keys = analysis.universe.units.map(({ key }) => key);
        expect([...tasks.map(({ id }) => id), ...left].sort(compareText)).toEqual(keys);

        const rows = new Map(plan.architectures.map((row) => [row.arch, row]));
        expect([...rows.keys()]).toEqual(options.architectures);
        const sum = (count: (row: (typeof plan.architectures)[number]) => number): number =>
          plan.architectures.reduce((total, row) => total + count(row), 0);
        expect(sum((row) => row.taskCount)).toBe(tasks.length);
        expect(sum((row) => row.unbuildableCount)).toBe(left.length);
        expect(sum((row) => row.notForArchCount)).toBe(plan.unbuildable.length - left.length);
        counts.tasks += tasks.length;
        counts.unbuildable += left.length;
        counts.breaks += plan.breaks.length;
      }),
      { seed: 9, numRuns: 400 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
  });
  it('starts no task before its needs end, and drops none but the breaks it names', () => {
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan, analysis } = planBuild(inputs, options);
        const tasks = new Map(tasksByStart(plan.targets).map((task) => [task.id, task]));
        const broken = new Set(plan.breaks.map(({ from, to }) => `${from} ${to}`));
        let edges = 0;
        for (const task of tasks.values()) {
          expect([...task.needs].sort(compareText)).toEqual(task.needs);
          for (const need of task.needs) {
            const needed = tasks.get(need);
            expect(needed).toBeDefined();
            expect((needed?.startMs ?? 0) + (needed?.durationMs ?? 0)).toBeLessThanOrEqual(task.startMs);
            expect(broken.has(`${task.id} ${need}`)).toBe(false);
            edges++;
          }
          expect(task.priority).toBeGreaterThan(0);
        }
        const { needs, universe } = analysis.planned;
        const all = allNeeds(plan);
        for (const unit of universe.units) {
          for (const need of row(needs, unit.id)) {
            const to = at(universe.units, need).key;
            expect(broken.has(`${unit.key} ${to}`)).toBe(all.get(unit.key)?.has(to) !== true);
          }
        }
        expect(edges + broken.size).toBeLessThanOrEqual(needs.target.length);
        const breaks = plan.breaks.map(({ from, to }) => `${from} ${to}`);
        expect([...breaks].sort(compareText)).toEqual(breaks);
        const ends = [...tasks.values()].map((task) => task.startMs + task.durationMs);
        expect(plan.makespanMs).toBe(Math.max(0, ...ends));
        expect(plan.lowerBoundMs).toBeLessThanOrEqual(plan.makespanMs);
        const critical = [...tasks.values()].filter((task) => task.critical).map(({ id }) => id);
        expect(plan.criticalChain.map(({ id }) => id).sort(compareText)).toEqual(critical.sort(compareText));
      }),
      { seed: 10, numRuns: 250 },
    );
  });
  it('has the same bytes however the sources and binaries are shuffled', () => {
    const shuffled = jobs.chain((job) =>
      fc.record({
        job: fc.constant(job),
        sources: fc.shuffledSubarray([...job.inputs.sources], { minLength: job.inputs.sources.length }),
        binaries: fc.shuffledSubarray([...job.inputs.binaries], { minLength: job.inputs.binaries.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ job: { inputs, options }, sources, binaries }) => {
        const first = planBuild(inputs, options);
        const second = planBuild({ ...inputs, sources, binaries }, options);
        expect(stableJson(second.plan)).toBe(stableJson(first.plan));
        expect(second.diagnostics).toEqual(first.diagnostics);
      }),
      { seed: 11, numRuns: 250 },
    );
  });
  it('can be summed up and ordered, whatever it holds', () => {
    fc.assert(
      fc.property(jobs, ({ inputs, options }) => {
        const { plan } = planBuild(inputs, options);
        for (const all of [false, true]) {
          const shown = { all, style: plainStyle };
          for (const text of [
            emitSummary(plan, shown),
            emitGantt(plan, { ...shown, columns: 80, rows: 24 }),
          ]) {
            expect(text).toMatch(/\n$/);
            expect(text).not.toMatch(/undefined|NaN|Infinity| \n/);
          }
        }
        const tasks = tasksByStart(plan.targets);
        expect(emitOrder(plan).split('\n')).toEqual([
          ...tasks.map(({ id, builder, mode }) => `${id} ${builder} ${mode}`),
          '',
        ]);
        expect(
          tasks.every(({ startMs }, place) => place === 0 || startMs >= (tasks[place - 1]?.startMs ?? 0)),
        ).toBe(true);
      }),
      { seed: 12, numRuns: 250 },
    );
  });
});
