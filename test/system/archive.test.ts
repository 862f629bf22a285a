import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import type { Analysis } from '../../src/analysis.ts';
import { enumerateCycles } from '../../src/cycles/find/enumerate-cycles.ts';
import { findKnots, honouredEdges } from '../../src/cycles/find-cycles.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { resolveAnalyseOptions } from '../../src/options/analyse-options.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { readPlan } from '../../src/plan/read-plan.ts';
import { tasksByStart } from '../../src/plan/make-tasks.ts';

const root = resolve(import.meta.dirname, '../..');
const aptConfig = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'bookworm', 'apt.conf');
const machine = { arch: 'amd64', cpus: 8, memoryBytes: 64 * 1024 ** 3 };
const options = resolveAnalyseOptions({ arch: ['amd64'] }, machine);

function debplan(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const env = { ...process.env, APT_CONFIG: aptConfig, NO_COLOR: '1' };
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'dist/bin/debplan.js'), ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 30,
  });
  return { status, stdout };
}

describe('the whole of bookworm main', () => {
  const folder = mkdtempSync(join(tmpdir(), 'debplan-archive-'));
  let inputs: Inputs;
  let analysis: Analysis;

  beforeAll(async () => {
    process.env['APT_CONFIG'] = aptConfig;
    inputs = await readInputs({
      paths: [],
      packages: [],
      apt: true,
      architectures: ['amd64'],
      suite: undefined,
    });
    analysis = analyse(inputs, options, () => undefined);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads without an error', () => {
    expect(inputs.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(inputs.sources.length).toBeGreaterThan(34_000);
    expect(inputs.binaries.length).toBeGreaterThan(60_000);
  });

  it('has one great knot of about 5,200 units, and a next one of about 130', () => {
    const isKept = new Uint8Array(analysis.graph.edgeFlags.length).fill(1);
    const sizes = findKnots(analysis.graph, isKept)
      .map((members) => members.length)
      .sort((a, b) => b - a);
    expect(sizes[0]).toBeGreaterThan(5_000);
    expect(sizes[0]).toBeLessThan(5_500);
    expect(sizes[1]).toBeGreaterThan(100);
    expect(sizes[1]).toBeLessThan(160);
  });

  it('has its great knot explained by short cycles, all of two units counted, within seconds', () => {
    const isKept = honouredEdges(analysis.graph);
    const [knot = new Int32Array()] = [...findKnots(analysis.graph, isKept)].sort(
      (a, b) => b.length - a.length,
    );
    const before = process.cpuUsage();
    const { cycles, count, isCountExact, countOfLength } = enumerateCycles(
      analysis.graph.needs,
      knot,
      isKept,
    );
    const { user, system } = process.cpuUsage(before);
    expect(cycles.map(({ length }) => length)).toEqual(Array(10).fill(2));
    expect(new Set(cycles.flat()).size).toBe(20);
    expect({ isCountExact, lengths: countOfLength.map(({ length }) => length) }).toEqual({
      isCountExact: false,
      lengths: [2],
    });
    expect(countOfLength[0]?.count).toBeGreaterThan(20_000);
    expect(count).toBeGreaterThan(800_000);
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it('has no hard cycle: every binary exists already', () => {
    expect(analysis.hardCycles).toEqual([]);
  });

  it('is planned and verified from the command line', () => {
    const planFile = join(folder, 'plan.json');
    const { status } = debplan(
      ...['plan', '--apt', '--arch', 'amd64', '-q', '-o', planFile],
      ...['--builder', 'name=x86,arch=amd64,slots=32,ram-disk=256GiB'],
    );
    expect(status).toBe(0);
    const plan = readPlan(readFileSync(planFile, 'utf8'), planFile);
    const tasks = tasksByStart(plan.targets);
    const lost = analysis.planned.installability.unitBuilt.filter((built) => built === 0).length;
    expect(tasks.length).toBe(analysis.universe.units.length - lost);
    expect(plan.makespanMs).toBeGreaterThanOrEqual(plan.lowerBoundMs);
  });

  it('answers why jq waits for libonig', () => {
    const { status, stdout } = debplan('why', 'jq', 'libonig', '--apt', '--arch', 'amd64');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^jq_\S+ waits for libonig_\S+\n {2}Build-Depends: libonig-dev/);
  });

  it('plans a small chain from the archive, the needed one first', () => {
    const { status, stdout } = debplan(
      ...['plan', '--apt', '--arch', 'amd64', '--select', 'jq', '--select', 'libonig', '--json', '-q'],
      ...['--builder', 'name=x86,arch=amd64,slots=4,ram-disk=16GiB'],
    );
    expect(status).toBe(0);
    const tasks = tasksByStart(readPlan(stdout, 'stdout').targets);
    expect(tasks.map((task) => task.source)).toEqual(['libonig', 'jq']);
  });
});
