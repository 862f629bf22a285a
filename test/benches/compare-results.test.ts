import { describe, expect, it } from 'vitest';
import { compareResults } from '../../bench/results/compare-results.ts';
import { resultsSchema, type BenchResults, type CaseResult } from '../../bench/results/results-schema.ts';

function results(...cases: readonly Partial<CaseResult>[]): BenchResults {
  const usual = { suite: 'parse', case: 'a', size: '2k', samples: 100, medianMs: 10, minMs: 9, maxMs: 12, madMs: 0.1 }; // prettier-ignore
  return resultsSchema.parse({
    schema: 'debplan/bench-results@1',
    date: '2026-01-01T00:00:00.000Z',
    machine: { processor: 'p', cores: 2, memoryGib: 8, system: 's' },
    versions: {},
    cases: cases.map((own) => ({ ...usual, ...own })),
    programs: [],
    skipped: [],
  });
}

describe('comparing two runs of benches', () => {
  it('calls a case slower or faster only beyond what chance can do', () => {
    const base = results({ case: 'a' }, { case: 'b' }, { case: 'c' }, { case: 'd' });
    const now = results(
      { case: 'a', medianMs: 13 },
      { case: 'b', medianMs: 10.4 },
      { case: 'c', medianMs: 7 },
      { case: 'd', medianMs: 13, samples: 3, minMs: 9, maxMs: 20 },
    );
    expect(compareResults(base, now).map(({ verdict }) => verdict)).toEqual(['slower', 'same', 'faster', 'same']); // prettier-ignore
  });

  it('gives the ratio to the base and what it may be off by', () => {
    const [compared] = compareResults(results({}), results({ medianMs: 20 }));
    expect(compared).toMatchObject({ baseMs: 10, nowMs: 20, ratio: 2, peer: undefined });
    expect(compared?.spread).toBeGreaterThan(1.05);
    expect(compared?.spread).toBeLessThan(1.1);
  });

  it('leaves out what only one run has, and keeps a library apart from debplan', () => {
    const base = results({ case: 'a', peer: 'graphlib' }, { case: 'gone' });
    expect(compareResults(base, results({ case: 'a' }, { case: 'new' }))).toEqual([]);
  });
});
