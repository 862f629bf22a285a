import { describe, expect, it } from 'vitest';
import { formatBenchLine } from '../../src/benchmark/compare-benches.ts';
import { parseBenchHistory } from '../../src/benchmark/parse-bench-history.ts';
import type { BenchDocument } from '../../src/benchmark/bench-document.ts';
import { makeReportBench } from '../../src/report/make-report-bench.ts';
import { decodeReport } from '../../src/report/decode-report.ts';
import { encodeReport } from '../../src/report/encode-report.ts';
import { bench, NO_TIME } from '../benchmark/benches.ts';
import { generatePlan } from '../support/generated-plan.ts';

const PLAN = generatePlan(40);
const RAW = { jitter: '0,0.2', runs: '2', policies: ['fifo'] };

/** A bench of one night: the digest of its inputs is that number. */
async function night(day: number, inputs: number, seed = '1'): Promise<BenchDocument> {
  const clock = { cpuMs: () => 0, now: () => `2026-11-0${String(day)}T03:00:00Z` };
  const measured = await bench(PLAN, { ...RAW, seed }, { ...NO_TIME, clock });
  return { ...measured, subject: { ...measured.subject, inputsSha256: String(inputs).repeat(64) } };
}

describe("a report's bench", () => {
  it('is the last one, with what it was before, and how the plan has done since the first', async () => {
    const nights = [await night(1, 1), await night(2, 1), await night(3, 2, '9'), await night(4, 3)];
    const lines = parseBenchHistory(nights.map(formatBenchLine).join(''), 'b.jsonl', () => undefined);
    const shown = makeReportBench('b.jsonl', lines, ['other.json']);
    expect(shown.measured).toBe('2026-11-04 03:00 UTC');
    expect(shown.trend.map(({ measured, hasSameInputs }) => [measured?.slice(0, 10), hasSameInputs])).toEqual(
      [
        ['2026-11-01', true],
        ['2026-11-02', true],
        ['2026-11-04', false],
      ],
    );
    expect(shown.tables.map(({ title }) => title)).toEqual([
      'as estimated',
      'durations and sizes vary by 0.2, 2 runs',
    ]);
    const rows = shown.tables.flatMap((table) => table.rows);
    expect(rows).toHaveLength(nights[0]?.rows.length ?? 0);
    expect(rows.filter(({ before }) => before === null)).toEqual([]);
    expect(decodeReport(encodeReport({ plans: [], comparison: null, bench: shown })).bench).toEqual(shown);
  });

  it('is of a plan that is shown, where the file has one', async () => {
    const [one, two] = [await night(1, 1), await night(2, 1)];
    const named = { ...one, subject: { ...one.subject, name: 'arm.json' } };
    expect(makeReportBench('b', [named, two], ['arm.json']).subject.name).toBe('arm.json');
    expect(makeReportBench('b', [named, two], ['x.json']).subject.name).toBe('plan.json');
    expect(makeReportBench('b', [named, two], ['arm.json']).trend).toHaveLength(1);
  });
});
