import { describe, expect, it } from 'vitest';
import { BENCH_METRICS, BENCH_VOCABULARY } from '../../src/benchmark/bench-metrics.ts';
import { withBenchConditions } from '../../src/benchmark/check-bench.ts';
import type {
  BenchCondition,
  BenchDocument,
  BenchFigures,
  BenchRow,
} from '../../src/benchmark/bench-document.ts';
import { METRICS } from '../../src/compare/metrics.ts';
import { parseConditionOf } from '../../src/options/fail-if.ts';

const HOUR = 3_600_000;
const FIGURES: BenchFigures = {
  makespanMs: 2 * HOUR,
  p95Ms: 3 * HOUR,
  lowerBoundMs: HOUR,
  gap: 1,
  slotUse: 0.5,
  ramUse: 0.25,
  givenUp: 1.5,
  planningMs: 4000,
};

function row(figures: Partial<BenchRow> = {}): BenchRow {
  return {
    ...{ builders: 'plan', jitter: 0, sizeJitter: 0, arch: null, policy: 'plan', runs: 1 },
    ...FIGURES,
    before: null,
    ...figures,
  };
}

function check(condition: string, rows: readonly BenchRow[]): readonly BenchCondition[] {
  const document: BenchDocument = {
    schema: 'debplan/bench@1',
    at: null,
    subject: { name: 'p', inputsSha256: '', builds: 1, builders: 1, architectures: ['amd64'] },
    ...{ settings: [], builderSets: [], planning: null, rows, conditions: [] },
    against: { by: 'last', at: '2026-11-22T03:00:00Z', hasSameInputs: true },
  };
  return withBenchConditions(document, [parseConditionOf(condition, BENCH_VOCABULARY)]).conditions;
}

describe('--fail-if of a bench', () => {
  it.each<[string, number, boolean]>([
    ['makespan>+5%', 2 * HOUR, false],
    ['makespan > +5 %', 1.8 * HOUR, true],
    ['makespan>+30m', 1.6 * HOUR, false],
    ['makespan>+10m', 1.6 * HOUR, true],
    ['makespan>1h', 9 * HOUR, true],
    ['makespan<-5%', 3 * HOUR, true],
  ])('%s, from %d ms to two hours: %s', (condition, before, isMet) => {
    const rows = [row({ before: { ...FIGURES, makespanMs: before } })];
    expect(check(condition, rows).map((checked) => checked.isMet)).toEqual([isMet]);
  });

  it.each(['p95>2h', 'bound>59m', 'gap>99%', 'slot-use>=50%', 'ram-use<26%', 'given-up>1', 'planning>3s'])(
    'can say %s',
    (condition) => {
      expect(check(condition, [row()])).toMatchObject([{ condition, isMet: true }]);
    },
  );

  it('looks at every row of the plan itself, and says which one it is', () => {
    const before = { ...FIGURES, makespanMs: HOUR };
    const rows = [
      row({ before: FIGURES }),
      row({ policy: 'fifo', before }),
      row({ jitter: 0.3, sizeJitter: 0.3, arch: 'arm64', builders: 'more.yaml', before }),
    ];
    expect(check('makespan>+5%', rows)).toEqual([
      {
        ...{ condition: 'makespan>+5%', metric: 'makespan', isMet: false },
        message:
          'as estimated: makespan: 2h 00m (2026-11-22 03:00), 2h 00m (now): +0.0 %, =; must not be >+5%',
        ...{ builders: 'plan', jitter: 0, sizeJitter: 0, arch: null },
      },
      {
        ...{ condition: 'makespan>+5%', metric: 'makespan', isMet: true },
        message:
          'more.yaml, arm64, durations and sizes vary by 0.3: makespan: 1h 00m (2026-11-22 03:00), 2h 00m (now): +100.0 %, +1h 00m; must not be >+5%',
        ...{ builders: 'more.yaml', jitter: 0.3, sizeJitter: 0.3, arch: 'arm64' },
      },
    ]);
  });

  it('is not met where there is nothing to compare with, or nothing was measured', () => {
    expect(check('makespan>+5%', [row()])).toMatchObject([
      { isMet: false, message: 'as estimated: makespan: nothing to compare with' },
    ]);
    expect(check('planning>0', [row({ planningMs: null })])).toMatchObject([
      { isMet: false, message: 'as estimated: planning: not measured' },
    ]);
  });

  it.each(['gap>2%', 'gap>+1%', 'bound<1h'])(
    'is met where builds were given up, and %s not measured',
    (text) => {
      const [checked] = check(text, [row({ gap: null, lowerBoundMs: null })]);
      const [, metric = '', limit = ''] = /^(\w+)(.+)$/.exec(text) ?? [];
      const message = `as estimated: ${metric}: not measured, as builds were given up; must not be ${limit}`;
      expect(checked).toMatchObject({ isMet: true, message });
      expect(check('planning>0', [row({ planningMs: null })])).toMatchObject([{ isMet: false }]);
    },
  );

  it('means by a name of compare what compare means by it', () => {
    const common = Object.entries(METRICS).filter(([name]) => BENCH_VOCABULARY.isName(name));
    expect(common.map(([name]) => name)).toEqual([...['makespan', 'bound', 'gap', 'slot-use', 'ram-use']]);
    for (const [name, { unit }] of common)
      expect(Object.entries(BENCH_METRICS).find(([own]) => own === name)?.[1].unit).toBe(unit);
  });
});
