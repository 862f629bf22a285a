import { describe, expect, it } from 'vitest';
import { stableJson } from '../../src/base/stable-json.ts';
import { emitSimulationCsv } from '../../src/emit/simulation-csv.ts';
import { formatSimulation } from '../../src/emit/simulation-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { resolveSimulationOptions, type RawSimulationOptions } from '../../src/options/simulate-options.ts';
import { simulatePlan } from '../../src/simulate-plan.ts';
import type { PolicyFigures, SimulationDocument } from '../../src/simulate/simulation-document.ts';
import { simulationSchema } from '../../src/simulate/simulation-schema.ts';
import { planExample } from '../platform/example.ts';
import { hasStarlingX, planStarlingX } from '../starlingx-plan/starlingx.ts';

function simulate(plan: Plan, raw: RawSimulationOptions): SimulationDocument {
  const file = { name: 'plan.json', sha256: '0'.repeat(64), text: stableJson(plan) };
  const document = simulatePlan(file, resolveSimulationOptions(raw), () => undefined);
  expect(simulationSchema.parse(JSON.parse(stableJson(document)))).toEqual(document);
  return document;
}

function figuresOf(document: SimulationDocument, policy: string, result = 0): PolicyFigures {
  const found = document.results[result]?.policies.find((figures) => figures.policy === policy);
  if (found === undefined) throw new Error(`BUG: ${policy} was not simulated`);
  return found;
}

describe('the example platform under noise', () => {
  it('is built sooner by the plan than by its static sequence, which is sooner than today', async () => {
    const { plan } = await planExample();
    const document = simulate(plan, { runs: '100' });
    expect(figuresOf(document, 'static').difference?.lowMs).toBeGreaterThan(0);
    expect(figuresOf(document, 'starlingx').difference?.lowMs).toBeGreaterThan(
      figuresOf(document, 'static').difference?.highMs ?? Infinity,
    );
    expect(figuresOf(document, 'plan').difference).toBeNull();
    expect(figuresOf(document, 'plan').expectedMakespanMs).toBeGreaterThan(plan.lowerBoundMs);
  });

  it('takes what was planned where there is no noise', async () => {
    const { plan } = await planExample();
    const document = simulate(plan, { jitter: '0', policies: ['plan-order'] });
    expect(document.results[0]?.runs).toBe(1);
    expect(figuresOf(document, 'plan').makespansMs).toEqual([plan.makespanMs]);
  });

  it('gives the same answer for the same seed, whatever else is compared', async () => {
    const { plan } = await planExample();
    const few = simulate(plan, { runs: '5', seed: '3', policies: ['fifo'], failRate: '0.1' });
    const many = simulate(plan, {
      runs: '5',
      seed: '3',
      policies: ['waves', 'fifo', 'dpb'],
      failRate: '0.1',
      jitter: '0.1,0.3',
    });
    expect(figuresOf(many, 'fifo', 1)).toEqual(figuresOf(few, 'fifo'));
    const other = simulate(plan, { runs: '5', seed: '4', policies: ['fifo'], failRate: '0.1' });
    expect(figuresOf(other, 'fifo').makespansMs).not.toEqual(figuresOf(few, 'fifo').makespansMs);
  });

  it('reads as a table of at most 106 columns, and as CSV', async () => {
    const { plan } = await planExample();
    const document = simulate(plan, { runs: '5', failRate: '0.1', jitter: '0,0.3' });
    const lines = formatSimulation(document, plainStyle).split('\n');
    expect(lines.filter((line) => line.length > 106)).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/undefined|NaN|Infinity| \n/);
    expect(lines.filter((line) => /^(?:plan|static|critical-path|starlingx) /.test(line))).toHaveLength(8);
    const rows = emitSimulationCsv(document).trimEnd().split('\n');
    expect(rows).toHaveLength(9);
    expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([18]));
    expect(rows[0]).toMatch(/^jitter,size_jitter,runs,policy,expected_makespan_ms,p50_ms,p95_ms,/);
  });
});

describe.skipIf(!hasStarlingX)('StarlingX (../shared) under noise', () => {
  it.each(['trixie', 'bullseye'])(
    '%s is built sooner by the plan than by its static sequence',
    async (suite) => {
      const { plan } = await planStarlingX(suite, 'index');
      const document = simulate(plan, { runs: '40', policies: ['static', 'starlingx'] });
      expect(figuresOf(document, 'static').difference?.lowMs).toBeGreaterThan(0);
      expect(figuresOf(document, 'starlingx').difference?.lowMs).toBeGreaterThan(0);
    },
  );
});
