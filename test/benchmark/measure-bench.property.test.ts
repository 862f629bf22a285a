import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { lowerBound } from '../../src/schedule/bounds/lower-bound.ts';
import type { BenchRow } from '../../src/benchmark/bench-document.ts';
import { quickBounds } from '../../src/benchmark/run-bounds.ts';
import { compareArchitectures, comparePlans } from '../../src/compare/compare-plans.ts';
import type { ComparisonDocument } from '../../src/compare/comparison-document.ts';
import { CONTESTANTS } from '../../src/simulate/contestants.ts';
import { planBuild } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { problemOfPlan } from '../../src/plan/problem-of-plan.ts';
import { resolveSimulationOptions } from '../../src/options/simulate-options.ts';
import { simulatePlan } from '../../src/simulate-plan.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { planJob } from '../support/planned.ts';
import type { BenchWorld } from '../../src/measure-bench.ts';
import { bench, NO_TIME, rowOf } from './benches.ts';

const jobs = fc.sample(planJob({ hasLayers: false, indexed: ['amd64', 'arm64'] }), {
  seed: 3,
  numRuns: 40,
});
const PLANNED: readonly Plan[] = jobs
  .map(({ inputs, options }) => planBuild(inputs, options).plan)
  .filter(({ targets }) => targets.some(({ tasks }) => tasks.length > 1))
  .slice(0, 20);
/** The last one is larger; what it says of its architectures is made up. */
const PLANS: readonly Plan[] = [...PLANNED, generatePlan(120)];

const NOISY = { jitter: '0,0.5,estimates', sizeJitter: '0.3', runs: '3', policies: CONTESTANTS };

/** What `compare` measures of the left side. */
function measured({ metrics }: ComparisonDocument): Readonly<Record<string, number>> {
  return Object.fromEntries(metrics.map(({ name, values: [left] }) => [name, left]));
}

describe('a bench', () => {
  it('has no row that is shorter than its bound', async () => {
    let rows = 0;
    for (const plan of PLANNED) {
      const asEstimated = await bench(plan, { jitter: '0', policies: CONTESTANTS });
      const all = [...asEstimated.rows, ...(await bench(plan, NOISY)).rows];
      const whole = all.filter(({ givenUp }) => givenUp === 0);
      expect(whole.filter(({ makespanMs, lowerBoundMs }) => makespanMs < (lowerBoundMs ?? Infinity))).toEqual(
        [],
      );
      expect(
        whole.filter(({ gap, slotUse, ramUse }) => (gap ?? -1) < 0 || slotUse > 1 || ramUse > 1),
      ).toEqual([]);
      rows += whole.length;
    }
    expect(rows).toBeGreaterThan(1000);
  });

  it('says of the plan itself what compare says of it, and of each architecture', async () => {
    for (const plan of PLANNED) {
      const document = await bench(plan, { jitter: '0', policies: [] });
      const named = { label: 'plan.json', plan };
      const archs = plan.options.architectures;
      const said = (found: BenchRow): object => ({
        makespan: found.makespanMs,
        bound: found.lowerBoundMs,
        gap: found.gap,
        'slot-use': found.slotUse,
        'ram-use': found.ramUse,
      });
      expect(measured(comparePlans(named, named))).toMatchObject(said(rowOf(document, 'plan')));
      if (archs.length === 1) continue;
      for (const arch of archs) {
        const [other = ''] = archs.filter((one) => one !== arch);
        expect(measured(compareArchitectures(named, arch, other))).toMatchObject(
          said(rowOf(document, 'plan', 0, arch)),
        );
      }
    }
  });

  it('has no bound for a row in which builds were given up, and counts its steps to the last', async () => {
    for (const plan of PLANNED.slice(0, 5)) {
      const steps: string[] = [];
      const world: BenchWorld = {
        ...NO_TIME,
        onProgress: ({ done, total }) => steps.push(`${String(done)} of ${String(total)}`),
      };
      const failing = { failRate: '1', retries: '0', runs: '2', jitter: '0,0.3', policies: ['fifo'] };
      const { rows } = await bench(plan, failing, world);
      const lost = rows.filter(({ givenUp }) => givenUp > 0);
      expect(lost.length).toBeGreaterThan(3);
      for (const row of lost) expect(row).toMatchObject({ lowerBoundMs: null, gap: null });
      expect(rows.filter(({ givenUp, gap }) => givenUp === 0 && gap === null)).toEqual([]);
      expect(steps).toEqual(['1 of 6', '2 of 6', '3 of 6', '4 of 6', '5 of 6', '6 of 6']);
    }
  });

  it('says of policies under noise what simulate says of them', async () => {
    for (const plan of PLANS) {
      const raw = { jitter: '0.4', runs: '4', seed: '7', policies: ['static', 'fifo', 'starlingx', 'dpb'] };
      const document = await bench(plan, raw);
      const file = { name: 'plan.json', sha256: '0'.repeat(64), text: stableJson(plan) };
      const simulated = simulatePlan(file, resolveSimulationOptions(raw), () => undefined);
      for (const figures of simulated.results[0]?.policies ?? []) {
        expect(rowOf(document, figures.policy, 0.4)).toMatchObject({
          makespanMs: figures.expectedMakespanMs,
          p95Ms: figures.p95Ms,
          runs: 4,
        });
      }
    }
  });

  it('does not depend on the order of options, nor its rows on what else is measured', async () => {
    for (const plan of PLANS.slice(0, 8)) {
      const raw = { runs: '2', jitter: 'estimates,0,0.2', policies: ['static', 'fifo', 'random'] };
      const document = await bench(plan, raw);
      const turned = {
        ...raw,
        jitter: '0.2,estimates,0,0',
        policies: ['random', 'static', 'fifo', 'static'],
      };
      expect(stableJson(await bench(plan, turned))).toBe(stableJson(document));
      const few = await bench(plan, { ...raw, jitter: '0.2', policies: ['fifo'] });
      expect(document.rows).toEqual(expect.arrayContaining([...few.rows]));
    }
  });

  it('has each row once, the plan itself first in every table, the others the shortest first', async () => {
    for (const plan of PLANS) {
      const { rows } = await bench(plan, NOISY);
      const keys = rows.map(({ jitter, arch, policy }) => JSON.stringify([jitter, arch, policy]));
      expect(new Set(keys).size).toBe(keys.length);
      rows.forEach(({ policy, makespanMs }, index) => {
        if (policy === 'plan') return;
        const before = rows[index - 1];
        expect(before?.policy === 'plan' || (before?.makespanMs ?? Infinity) <= makespanMs).toBe(true);
      });
    }
  });
});

describe('quick bounds', () => {
  it('never prove more than all bounds do', () => {
    for (const plan of PLANS) {
      const { problem } = problemOfPlan(plan, 'plan.json');
      const archs = [...new Set(problem.arch)].sort();
      const { lowerBoundMs, perArch } = lowerBound(problem);
      const quick = quickBounds(problem, [null, ...archs, 'hurd-i386']);
      const full = [lowerBoundMs, ...perArch.map((bound) => bound.lowerBoundMs), 0];
      expect(quick.filter((ms, index) => ms > (full[index] ?? 0))).toEqual([]);
      expect(quick[0]).toBeGreaterThan(0);
    }
  });
});
