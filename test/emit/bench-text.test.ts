import { describe, expect, it } from 'vitest';
import { sortRows } from '../../src/benchmark/sort-rows.ts';
import type { BenchDocument, BenchRow } from '../../src/benchmark/bench-document.ts';
import { emitBenchCsv } from '../../src/emit/bench/bench-csv.ts';
import { formatBench } from '../../src/emit/bench/bench-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { CONTESTANTS } from '../../src/simulate/contestants.ts';

const MINUTE = 60_000;
const ARCHS = ['amd64', 'arm64', 'riscv64'];

/** A bench with so many sets of builders, noises and architectures, each row other than the rest. */
function makeBench(sets: number, noises: number, archs: number): BenchDocument {
  const names = Array.from({ length: sets }, (_, set) => (set === 0 ? 'plan' : `set-${String(set)}.yaml`));
  const rows = names.flatMap((builders) =>
    Array.from({ length: noises }, (_, noise) => noise / 10).flatMap((jitter) =>
      [null, ...ARCHS.slice(0, archs)].flatMap((arch) =>
        CONTESTANTS.map((policy, place) => makeRow({ builders, jitter, arch, policy }, place)),
      ),
    ),
  );
  return {
    schema: 'debplan/bench@1',
    at: '2026-11-23T03:00:00Z',
    subject: { name: 'plan.json', inputsSha256: '', builds: 525, builders: 2, architectures: ARCHS },
    settings: [],
    builderSets: names.map((name) => ({ name, builders: [] })),
    planning: [
      { stage: 'resolving dependencies and opening cycles', cpuMs: 20_000 },
      { stage: 'scheduling', cpuMs: 1234 },
    ],
    rows: sortRows(rows),
    against: { by: 'last', at: '2026-11-22T03:00:00Z', hasSameInputs: false },
    conditions: [],
  };
}

function makeRow(key: Pick<BenchRow, 'builders' | 'jitter' | 'arch' | 'policy'>, place: number): BenchRow {
  const figures = {
    makespanMs: (100 + place) * MINUTE,
    p95Ms: (200 + place) * MINUTE,
    lowerBoundMs: 100 * MINUTE,
    ...{ gap: place / 100, slotUse: 0.8, ramUse: 0.4, givenUp: 2.5, planningMs: 12_345 },
  };
  const before = { ...figures, makespanMs: 101 * MINUTE };
  return { ...key, sizeJitter: key.jitter, runs: key.jitter === 0 ? 1 : 20, ...figures, before };
}

function linesOf(document: BenchDocument, all: boolean): readonly string[] {
  const text = formatBench(document, { all, style: plainStyle });
  expect(text).not.toMatch(/undefined|NaN|Infinity|null| \n/);
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('a bench as text', () => {
  it('fits a screen of 40 lines and 100 columns, whatever was measured', () => {
    for (const sets of [1, 2, 3, 9])
      for (const noises of [1, 2, 5])
        for (const archs of [0, 2, 3]) {
          const lines = linesOf(makeBench(sets, noises, archs), false);
          expect(lines.length, `${String(sets)} ${String(noises)} ${String(archs)}`).toBeLessThan(40);
          expect(lines.filter((line) => line.length > 100)).toEqual([]);
          expect(lines.filter((line) => line.startsWith('plan ')).length).toBeGreaterThan(0);
        }
  });

  it('shows the plan itself first, then the best, and of architectures the plan', () => {
    const lines = linesOf(makeBench(1, 2, 2), false);
    const title = lines.indexOf('as estimated');
    const names = lines.slice(title + 2).map((line) => line.split('  ')[0]);
    const end = names.findIndex((name) => name?.startsWith('…'));
    expect(names.slice(0, end)).toEqual([...CONTESTANTS.slice(0, end - 2), 'plan, amd64', 'plan, arm64']);
    expect(lines[title + 2]).toMatch(/^plan {2,}1h 40m {2}1h 40m {2}.*−1\.0 %$/);
    expect(lines[title + 4]).toMatch(/^plan-order .*\+1\.0 %$/);
  });

  it('unfolds every row with --all', () => {
    const document = makeBench(3, 2, 3);
    const lines = linesOf(document, true);
    const policies = lines.filter((line) =>
      CONTESTANTS.some((name) => line.startsWith(`${name} `) || line.startsWith(`${name}, `)),
    );
    expect(policies).toHaveLength(document.rows.length);
    expect(lines.filter((line) => line.startsWith('…'))).toEqual([]);
  });

  it('tells what it is held against, and what planning took', () => {
    const lines = linesOf(makeBench(1, 1, 0), false);
    expect(lines.slice(0, 4)).toEqual([
      'plan.json: 525 builds on 2 builders for amd64 and arm64 and riscv64 in 1h 40m: no plan is shorter',
      'against the bench of 2026-11-22 03:00 UTC, other inputs: see change',
      'planned in 21s of processor time: resolving dependencies and opening cycles 20s, scheduling 1.23s',
      '',
    ]);
  });
});

describe('a bench as CSV', () => {
  it('has every row, and no column of times where none are wanted', () => {
    const document = makeBench(2, 2, 2);
    const rows = emitBenchCsv(document, true).trimEnd().split('\n');
    expect(rows).toHaveLength(document.rows.length + 1);
    expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([18]));
    expect(rows[1]).toBe(
      '2026-11-23T03:00:00Z,plan.json,plan,0,0,all,plan,1,6000000,12000000,6000000,0,0.8,0.4,2.5,12345,6060000,6000000',
    );
    expect(emitBenchCsv(document, false).split('\n')[0]).not.toContain('planning');
  });

  it('keeps names from being taken for formulas or columns', () => {
    const document = makeBench(1, 1, 0);
    const named = { ...document, subject: { ...document.subject, name: '=a,b"' } };
    expect(emitBenchCsv(named, true).split('\n')[1]).toMatch(/^2026-11-23T03:00:00Z,"'=a,b""",plan,/);
  });
});
