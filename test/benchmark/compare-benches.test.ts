import { describe, expect, it } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { findBaseline } from '../../src/benchmark/baseline.ts';
import {
  findDifference,
  formatBenchLine,
  lastComparable,
  withBefore,
} from '../../src/benchmark/compare-benches.ts';
import { benchSchema } from '../../src/benchmark/bench-schema.ts';
import { parseBenches, parseBenchHistory } from '../../src/benchmark/parse-bench-history.ts';
import type { BenchDocument } from '../../src/benchmark/bench-document.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { makeTree } from '../io/temp-tree.ts';
import { generatePlan } from '../support/generated-plan.ts';
import { bench, NO_TIME, rowOf } from './benches.ts';

const PLAN = generatePlan(60);
const RAW = { jitter: '0,0.3', runs: '2', policies: ['fifo', 'static'] };

/** The same builds where each takes so many times as long. */
function slower(plan: Plan, factor: number): Plan {
  const times = (ms: number): number => ms * factor;
  return {
    ...plan,
    makespanMs: times(plan.makespanMs),
    lowerBoundMs: times(plan.lowerBoundMs),
    architectures: plan.architectures.map((row) => ({
      ...row,
      makespanMs: times(row.makespanMs),
      lowerBoundMs: times(row.lowerBoundMs),
    })),
    inputs: [{ name: 'Sources', sha256: '1'.repeat(64) }],
    targets: plan.targets.map(({ target, tasks }) => ({
      target,
      tasks: tasks.map((task) => ({
        ...task,
        startMs: times(task.startMs),
        durationMs: times(task.durationMs),
        workMs: times(task.workMs),
        workUpperMs: times(task.workUpperMs),
      })),
    })),
  };
}

function at(time: string): typeof NO_TIME {
  return { ...NO_TIME, clock: { cpuMs: () => 0, now: () => time } };
}

function parse(text: string): { found: readonly BenchDocument[]; reported: readonly Diagnostic[] } {
  const reported: Diagnostic[] = [];
  const found = parseBenchHistory(text, 'bench.jsonl', (diagnostic) => reported.push(diagnostic));
  return { found, reported };
}

describe('a bench and those before', () => {
  it('finds each row as it was, and what it was held against', async () => {
    const before = await bench(PLAN, RAW, at('2026-11-22T03:00:00Z'));
    const after = await bench(slower(PLAN, 2), RAW, at('2026-11-23T03:00:00Z'));
    const compared = withBefore(after, before);
    expect(compared.against).toEqual({ by: 'last', at: '2026-11-22T03:00:00Z', hasSameInputs: false });
    for (const row of compared.rows) {
      const { makespanMs } = rowOf(before, row.policy, row.jitter, row.arch);
      expect(row.before?.makespanMs).toBe(makespanMs);
      if (row.jitter === 0) expect(row.makespanMs).toBe(2 * makespanMs);
    }
  });

  it('is compared with the last of those with the same plan and settings', async () => {
    const days = await Promise.all(
      ['21', '22'].map((day) => bench(PLAN, RAW, at(`2026-11-${day}T03:00:00Z`))),
    );
    const otherSeed = await bench(PLAN, { ...RAW, seed: '2' });
    const otherPlan = { ...(await bench(PLAN, RAW)), subject: { ...otherSeed.subject, name: 'arm.json' } };
    const otherEffort = await bench({ ...PLAN, options: { ...PLAN.options, profiles: ['nocheck'] } }, RAW);
    const now = await bench(slower(PLAN, 3), RAW);
    expect(lastComparable(now, [...days, otherSeed, otherPlan, otherEffort])?.at).toBe(
      '2026-11-22T03:00:00Z',
    );
    expect(lastComparable(now, [otherSeed, otherPlan, otherEffort])).toBeUndefined();
    expect(findDifference(now, otherSeed)).toBe('its seed of noise is 2, now 1');
    expect(findDifference(now, otherPlan)).toBe('it is of arm.json');
    expect(findDifference(now, otherEffort)).toBe('its profiles is nocheck, now none');
  });

  it('is not compared with one of the same plan on other builders', async () => {
    const [first, ...others] = PLAN.builders;
    if (first === undefined) throw new Error('there are builders');
    const larger = { ...PLAN, builders: [{ ...first, slots: first.slots + 1 }, ...others] };
    expect(findDifference(await bench(PLAN, RAW), await bench(larger, RAW))).toBe('it has other builders');
  });

  it('compares rows of other builders only where these are the same', async () => {
    const file = (slots: number): string =>
      `- {name: x, arch: amd64, slots: ${String(slots)}}\n- {name: a, arch: arm64, slots: 9}\n`;
    const cwd = makeTree({ 'one/more.yaml': file(9), 'two/more.yaml': file(10), 'one/same.yaml': file(5) });
    const same = `${cwd}/one/same.yaml`;
    const before = await bench(PLAN, { ...RAW, builders: [`${cwd}/one/more.yaml`, same] });
    const now = await bench(PLAN, { ...RAW, builders: [`${cwd}/two/more.yaml`, same] });
    const known = new Set(withBefore(now, before).rows.flatMap((row) => (row.before ? [row.builders] : [])));
    expect([...known]).toEqual(['plan', 'same.yaml']);
  });

  it("tells a file called plan from the plan's own builders", async () => {
    const cwd = makeTree({ plan: '- {name: x, arch: amd64}\n- {name: a, arch: arm64}\n' });
    const { builderSets } = await bench(PLAN, { ...RAW, builders: [`${cwd}/plan`] });
    expect(builderSets.map(({ name }) => name)).toEqual(['plan', 'file plan']);
  });

  it('has no row of before that had another number of runs', async () => {
    const compared = withBefore(await bench(PLAN, RAW), await bench(PLAN, { ...RAW, runs: '3' }));
    expect(rowOf(compared, 'fifo').before).not.toBeNull();
    expect(rowOf(compared, 'fifo', 0.3).before).toBeNull();
  });
});

describe("a bench's history", () => {
  it('gives back what was written, and passes over what is torn or empty', async () => {
    const one = await bench(PLAN, RAW, at('2026-11-22T03:00:00Z'));
    const other = await bench(PLAN, { ...RAW, seed: '2' });
    const text = `${formatBenchLine(withBefore(one, one))}\n${formatBenchLine(other)}{"schema":"debpl`;
    const { found, reported } = parse(text);
    expect(found).toEqual([one, other]);
    expect(reported).toMatchObject([
      { code: 'bad-bench-line', severity: 'warning', location: { file: 'bench.jsonl', line: 4 } },
    ]);
  });

  it('reads the document that --json prints, too', async () => {
    const one = await bench(PLAN, RAW);
    const document = JSON.stringify(one, null, 2);
    expect(parseBenches(`\uFEFF${document}`, 'bench.json', () => undefined)).toEqual([one]);
  });

  it('takes no document of several lines, which lines would be added to', async () => {
    const one = await bench(PLAN, RAW);
    expect(() => parse(JSON.stringify(one, null, 2))).toThrow('bench.jsonl is what bench --json prints');
    expect(parse(`\uFEFF${JSON.stringify(one)}\n`)).toEqual({ found: [one], reported: [] });
  });

  it('goes on where the only line was cut short, wherever that was', async () => {
    const line = formatBenchLine(await bench(PLAN, RAW));
    for (const length of [1, 9, 26, 27, 100, line.length - 2]) {
      const { found, reported } = parse(line.slice(0, length));
      expect(found).toEqual([]);
      expect(reported).toMatchObject([
        { code: 'bad-bench-line', severity: 'warning', location: { line: 1 } },
      ]);
    }
    expect(() => parse('{"sc\n{"other":1}\n')).toThrow('holds no bench');
  });

  it('refuses a file that holds something else, and says what to type', () => {
    let error: unknown;
    try {
      parse('\n{"source":"hello","version":"1"}\n');
    } catch (caught) {
      error = caught;
    }
    if (!(error instanceof UserError)) throw new Error('it was taken');
    expect(error.diagnostics).toMatchObject([
      { code: 'no-bench-history', severity: 'error', location: { file: 'bench.jsonl', line: 2 } },
    ]);
    expect(error.diagnostics[0]?.hint).toContain('--build-history');
  });
});

describe('what a bench is held against', () => {
  const nights = async (factors: readonly number[]): Promise<readonly BenchDocument[]> =>
    Promise.all(
      factors.map((factor, night) =>
        bench(slower(PLAN, factor), RAW, at(`2026-11-0${String(night + 1)}T03:00:00Z`)),
      ),
    );
  const refused = (night: BenchDocument, condition: string): BenchDocument => {
    const key = { builders: 'plan', jitter: 0, sizeJitter: 0, arch: null };
    const met = { condition, metric: 'makespan', isMet: true, message: 'longer', ...key };
    return parse(formatBenchLine({ ...night, conditions: [met] })).found[0] ?? night;
  };
  const makespan = (baseline: ReturnType<typeof findBaseline>): number =>
    baseline === undefined ? 0 : rowOf(baseline.bench, 'plan').makespanMs / PLAN.makespanMs;

  it('is the last one, the best or the median, each row for itself', async () => {
    const earlier = await nights([4, 2, 32, 8, 16]);
    const [now = await bench(PLAN, RAW)] = await nights([8]);
    const found = (['last', 'best', 'median'] as const).map((by) => makespan(findBaseline(now, earlier, by)));
    expect(found).toEqual([16, 2, 8]);
    const best = findBaseline(now, earlier, 'best')?.bench ?? now;
    expect(benchSchema.parse(withBefore(now, best, 'best')).against).toMatchObject({ by: 'best' });
    expect(rowOf(best, 'fifo', 0.3)).toEqual(rowOf((await nights([1, 2]))[1] ?? now, 'fifo', 0.3));
  });

  it('is no night that gave builds up, as long as others built all', async () => {
    const [early, late, now] = await nights([1, 4, 4]);
    if (early === undefined || late === undefined || now === undefined) throw new Error('three nights');
    const lossy = { ...early, rows: early.rows.map((row) => ({ ...row, givenUp: 3 })) };
    expect(makespan(findBaseline(now, [lossy, late], 'best'))).toBe(4);
    expect(makespan(findBaseline(now, [lossy], 'best'))).toBe(1);
  });

  it('forgets what is older than ten benches', async () => {
    const earlier = await nights([1, 2, 2, 2, 2, 2, 2, 2, 2]);
    const [now = await bench(PLAN, RAW)] = await nights([2]);
    expect(makespan(findBaseline(now, [...earlier, now], 'best'))).toBe(1);
    expect(makespan(findBaseline(now, [...earlier, now, now], 'best'))).toBe(2);
  });

  it('is none that had become too bad, until one without conditions accepts it', async () => {
    const [good, bad, now] = await nights([1, 2, 2]);
    if (good === undefined || bad === undefined || now === undefined) throw new Error('three nights');
    const history = [good, refused(bad, 'makespan>+5%'), refused(bad, 'makespan > +5%')];
    const baseline = findBaseline(now, history, 'last');
    expect([makespan(baseline), baseline?.refused]).toEqual([1, 2]);
    expect(makespan(findBaseline(now, [...history, bad], 'last'))).toBe(2);
    expect(makespan(findBaseline(now, [good, refused(bad, 'makespan>2h')], 'last'))).toBe(2);
  });
});
