import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { compareNumber } from '../../src/base/compare.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planBuild } from '../../src/pipeline.ts';
import { decodeReport } from '../../src/report/decode-report.ts';
import { encodeReport } from '../../src/report/encode-report.ts';
import { makeReportData } from '../../src/report/make-report-data.ts';
import { FOOTPRINT_PARTS, NOBODY, WAITED_FOR, type ReportPlan } from '../../src/report/report-data.ts';
import { PAYLOAD_PLAN } from '../emit/payload-plan.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { planJob } from '../support/planned.ts';
import type { UniverseShape } from '../support/small-universe.ts';

function planned(shape: UniverseShape): fc.Arbitrary<Plan> {
  return planJob(shape).map(({ inputs, options }) => planBuild(inputs, options).plan);
}

const plans: fc.Arbitrary<Plan> = fc.oneof(
  planned({ hasLayers: false, indexed: ['amd64', 'arm64'] }),
  planned({ hasLayers: true, indexed: ['amd64', 'arm64'] }),
  planned({ hasLayers: false, indexed: [] }),
  fc.nat(40).map(generatePlan),
);

function reportOf(plan: Plan): ReportPlan {
  return at(makeReportData([{ label: 'plan.json', sha256: 'abc', plan }]).plans, 0);
}

describe('makeReportData', () => {
  it('tells of every task what the plan tells, by start and id', () => {
    const property = fc.property(plans, (plan) => {
      const { tasks, builders, criticalChain } = reportOf(plan);
      const expected = tasksByStart(plan.targets);
      expect(tasks.ids).toEqual(expected.map(({ id }) => id));
      expected.forEach((task, index) => {
        const builder = at(builders, at(tasks.builderOf, index));
        const layer = at(tasks.layers, at(tasks.layerOf, index));
        expect([at(tasks.sources, index), at(tasks.versions, index)]).toEqual([task.source, task.version]);
        expect(builder.name).toBe(task.builder);
        const { target } = plan.targets.find(({ tasks: own }) => own.includes(task)) ?? {};
        const arch = target?.kind === 'all' ? 'all' : target?.arch;
        expect(at(tasks.archs, at(tasks.archOf, index))).toBe(arch);
        expect(layer).toBe([task.layer, task.buildType].filter((part) => part !== undefined).join('/'));
        expect(at(tasks.stages, at(tasks.stageOf, index))).toBe(task.stage);
        expect([at(tasks.isInRam, index), at(tasks.isCritical, index)]).toEqual([
          Number(task.mode === 'ram'),
          Number(task.critical),
        ]);
        const estimators = [tasks.durationBy, tasks.ramDiskBy].map((by) =>
          at(tasks.estimators, at(by, index)),
        );
        expect(estimators).toEqual([task.estimatedBy.duration, task.estimatedBy.ramDisk]);
        for (const key of NUMBERS) expect(at(tasks[key], index)).toBe(task[key]);
        const parts = FOOTPRINT_PARTS.map((part) => task.ramDiskParts[part]);
        const from = index * FOOTPRINT_PARTS.length;
        expect([...tasks.ramDiskParts.slice(from, from + FOOTPRINT_PARTS.length)]).toEqual(parts);
        const needs = tasks.needs.slice(at(tasks.needStart, index), at(tasks.needStart, index + 1));
        expect([...needs]).toEqual([...needs].sort(compareNumber));
        expect(Array.from(needs, (need) => at(tasks.ids, need)).sort()).toEqual([...task.needs].sort());
      });
      expect(Array.from(criticalChain, (task) => at(tasks.ids, task))).toEqual(
        plan.criticalChain.map(({ id }) => id),
      );
    });
    fc.assert(property, { seed: 1, numRuns: 25 });
  });

  it('says why each task starts, as the plan does of its critical chain', () => {
    const property = fc.property(plans, (plan) => {
      const { tasks, criticalChain } = reportOf(plan);
      plan.criticalChain.forEach(({ waitedFor }, place) => {
        const task = at(criticalChain, place);
        expect(WAITED_FOR[at(tasks.waitedFor, task)]).toBe(waitedFor);
        expect(at(tasks.waitedForTask, task)).toBe(place === 0 ? NOBODY : at(criticalChain, place - 1));
      });
      tasks.ids.forEach((_, task) => {
        expect(at(tasks.readyMs, task)).toBeLessThanOrEqual(at(tasks.startMs, task));
        const before = at(tasks.waitedForTask, task);
        if (before !== NOBODY)
          expect(at(tasks.startMs, before) + at(tasks.durationMs, before)).toBe(at(tasks.startMs, task));
      });
    });
    fc.assert(property, { seed: 2, numRuns: 25 });
  });

  it('tells of each builder what is in use at every moment, and its peak', () => {
    const property = fc.property(plans, (plan) => {
      reportOf(plan).builders.forEach(({ name, usage, busyMs, ramDiskPeakBytes }) => {
        const own = tasksByStart(plan.targets).filter(({ builder }) => builder === name);
        const { atMs, ramDiskBytes, busySlots } = usage;
        expect([at(atMs, 0), at(ramDiskBytes, atMs.length - 1), at(busySlots, atMs.length - 1)]).toEqual([
          0, 0, 0,
        ]);
        expect([...atMs]).toEqual([...new Set(atMs)].sort(compareNumber));
        const moments = own.flatMap(({ startMs, durationMs }) => [startMs, startMs + durationMs]);
        for (const momentMs of [0, ...moments]) {
          const step = atMs.findLastIndex((stepMs) => stepMs <= momentMs);
          const running = own.filter(
            ({ startMs, durationMs }) => startMs <= momentMs && startMs + durationMs > momentMs,
          );
          expect(at(busySlots, step)).toBe(running.length);
          expect(at(ramDiskBytes, step)).toBe(
            running.reduce((sum, task) => sum + (task.mode === 'ram' ? task.ramDiskBytes : 0), 0),
          );
        }
        expect(ramDiskPeakBytes).toBe(Math.max(...ramDiskBytes));
        expect(busyMs).toBe(own.reduce((sum, { durationMs }) => sum + durationMs, 0));
      });
    });
    fc.assert(property, { seed: 3, numRuns: 25 });
  });

  it('survives being written and read, with all it holds', () => {
    const property = fc.property(fc.array(plans, { minLength: 1, maxLength: 3 }), (several) => {
      const data = makeReportData(
        several.map((plan, index) => ({ label: `${String(index)}.json`, sha256: '', plan })),
      );
      const encoded = encodeReport(data);
      expect(decodeReport(encoded)).toEqual(withoutUndefined(data));
      expect(encodeReport(decodeReport(encoded))).toBe(encoded);
    });
    fc.assert(property, { seed: 4, numRuns: 15 });
  });

  it('compares the first two plans, or two architectures of one, or nothing', () => {
    const plan = generatePlan(12);
    const one = { label: 'a', sha256: '', plan };
    const other = { label: 'b', sha256: '', plan: generatePlan(13) };
    expect(makeReportData([one, other]).comparison?.kind).toBe('plans');
    expect(makeReportData([one]).comparison?.kind).toBe('architectures');
    const single = { ...plan, options: { ...plan.options, architectures: ['amd64'] } };
    expect(makeReportData([{ ...one, plan: single }]).comparison).toBeNull();
    expect(() => makeReportData([{ label: 'p', sha256: '', plan: PAYLOAD_PLAN }])).not.toThrow();
  });

  it('refuses a plan whose critical chain is not of its tasks', () => {
    const plan = { ...generatePlan(3), criticalChain: [{ id: 'nobody', waitedFor: 'start' as const }] };
    expect(() => makeReportData([{ label: 'plan.json', sha256: '', plan }])).toThrow(
      'plan.json contradicts itself: nobody of its critical chain is not in it',
    );
  });
});

const NUMBERS = [
  'slot',
  'startMs',
  'durationMs',
  'workMs',
  'workUpperMs',
  'makeJobs',
  'priority',
  'memoryBytes',
  'ramDiskBytes',
  'ramDiskMedianBytes',
  'ramDiskUpperBytes',
] as const;

/** Without the fields that are there but undefined. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) =>
      field === undefined ? [] : [[key, withoutUndefined(field)]],
    ),
  );
}
