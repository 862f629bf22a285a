import { describe, expect, it } from 'vitest';
import { compareResults } from '../../bench/results/compare-results.ts';
import { comparisonNotes } from '../../bench/results/comparison-notes.ts';
import {
  resultsSchema,
  type BenchResults,
  type CaseResult,
  type ProgramResult,
} from '../../bench/results/results-schema.ts';

const STEADY = [10, 10.1, 9.9, 10, 10.2, 9.8, 10, 10.1, 9.9, 10];

interface Run extends Partial<Omit<BenchResults, 'cases' | 'programs'>> {
  readonly cases?: readonly Partial<CaseResult>[];
  readonly programs?: readonly Partial<ProgramResult>[];
}

function results({ cases = [], programs = [], ...others }: Run): BenchResults {
  const usualCase = { suite: 'parse', case: 'a', size: '2k', samples: 100, medianMs: 10, minMs: 9, maxMs: 12, groupsMs: STEADY }; // prettier-ignore
  const usualProgram = { question: 'check', program: 'p', size: '10k', isOwn: true, cpuS: 1, mostCpuS: 1.05, wallS: 1, runs: 3 }; // prettier-ignore
  return resultsSchema.parse({
    schema: 'debplan/bench-results@2',
    date: '2026-01-01T00:00:00.000Z',
    machine: { processor: 'p', cores: 2, memoryGib: 8, system: 's' },
    loadPerCore: 0.5,
    isQuick: false,
    versions: { node: '20.19.0' },
    skipped: [],
    ...others,
    cases: cases.map((own) => ({ ...usualCase, ...own })),
    programs: programs.map((own) => ({ ...usualProgram, ...own })),
  });
}

/** A case by the medians of its groups. */
function timed(name: string, groupsMs: readonly number[]): Partial<CaseResult> {
  const medianMs = [...groupsMs].sort((a, b) => a - b)[groupsMs.length >> 1] ?? NaN;
  return { case: name, medianMs, groupsMs: [...groupsMs] };
}

function verdicts(base: Run, now: Run): readonly string[] {
  return compareResults(results(base), results(now)).map(({ verdict }) => verdict);
}

describe('comparing two runs of benches', () => {
  it('calls a case slower or faster only beyond what chance can do', () => {
    const scattered = [7, 16, 9, 13, 22, 8, 12, 17, 6, 11];
    const base = { cases: [{ case: 'a' }, { case: 'b' }, { case: 'c' }, timed('d', scattered)] };
    const now = {
      cases: [
        { case: 'a', medianMs: 13 },
        { case: 'b', medianMs: 10.8 },
        { case: 'c', medianMs: 7 },
        { ...timed('d', scattered), medianMs: 15 },
      ],
    };
    expect(verdicts(base, now)).toEqual(['slower', 'same', 'faster', 'same']);
  });

  it('sees that a very slow case takes twice as long, of three runs each, the first of them cold', () => {
    const base = { cases: [timed('slow', [2600, 2200, 2300])] };
    expect(verdicts(base, { cases: [timed('slow', [5200, 4400, 4600])] })).toEqual(['slower']);
    expect(verdicts(base, { cases: [timed('slow', [2900, 2300, 2400])] })).toEqual(['same']);
  });

  it('takes tens of thousands of samples for no more than the groups that they are in', () => {
    const wandering = [10, 10.5, 11, 12, 13, 13, 12, 11, 11, 10];
    const base = { cases: [{ ...timed('fast', wandering), samples: 50_000 }] };
    const other = wandering.map((ms) => ms * 1.12);
    expect(verdicts(base, { cases: [{ ...timed('fast', other), samples: 50_000 }] })).toEqual(['same']);
  });

  it('believes less of what a busy machine measured', () => {
    const [base, now] = [{ cases: [{}] }, { cases: [{ medianMs: 12 }] }];
    expect(verdicts(base, now)).toEqual(['slower']);
    expect(verdicts(base, { ...now, loadPerCore: 4 })).toEqual(['same']);
    expect(verdicts({ ...base, loadPerCore: 4 }, now)).toEqual(['same']);
  });

  it('gives the ratio to the base and what it may be off by', () => {
    const [compared] = compareResults(results({ cases: [{}] }), results({ cases: [{ medianMs: 20 }] }));
    expect(compared).toMatchObject({ baseMs: 10, nowMs: 20, ratio: 2, peer: undefined, what: 'wall' });
    expect(compared?.spread).toBeGreaterThan(1.1);
    expect(compared?.spread).toBeLessThan(1.15);
  });

  it('compares the least CPU time of whole programs, and none that comes from a cache', () => {
    const names = ['a', 'b', 'once', 'cached'];
    const base = { programs: names.map((program) => ({ program })) };
    const now = {
      programs: [
        { program: 'a', cpuS: 1.3, mostCpuS: 1.4 },
        { program: 'b', cpuS: 1.1, mostCpuS: 1.3 },
        { program: 'once', cpuS: 1.25, mostCpuS: undefined, runs: 1 },
        { program: 'cached', cpuS: 2, from: 'botch' },
      ],
    };
    expect(compareResults(results(base), results(now))).toMatchObject([
      { suite: 'check', case: 'a', baseMs: 1000, nowMs: 1300, what: 'cpu', verdict: 'slower' },
      { case: 'b', verdict: 'same' },
      { case: 'once', verdict: 'same' },
    ]);
  });

  it('leaves out what only one run has, and keeps a library apart from debplan', () => {
    const base = { cases: [{ case: 'a', peer: 'graphlib' }, { case: 'gone' }], programs: [{ program: 'q' }] };
    expect(verdicts(base, { cases: [{ case: 'a' }, { case: 'new' }], programs: [{}] })).toEqual([]);
  });
});

describe('notes on a comparison', () => {
  it('are none when both ran alike', () => {
    expect(comparisonNotes(results({}), results({}))).toEqual([]);
  });

  it('tell another machine and Node, --quick, and a busy machine', () => {
    const machine = { processor: 'q', cores: 4, memoryGib: 8, system: 's' };
    const base = results({ machine, versions: { node: '22.1.0' }, isQuick: true });
    expect(comparisonNotes(base, results({ loadPerCore: 2.25 }))).toEqual([
      'another machine: the base ran on 4 cores of q, 8 GiB, s, this on 2 cores of p, 8 GiB, s',
      'another Node: the base ran on 22.1.0, this on 20.19.0',
      'the base was --quick, the other one was not',
      'the machine was busy during this run: 2.3 processes wanted each core, and ± grows with it',
    ]);
  });
});
