import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { withConditions } from '../../src/compare/check-conditions.ts';
import { comparePlans } from '../../src/compare/compare-plans.ts';
import type { CheckedCondition } from '../../src/compare/comparison-document.ts';
import { METRICS } from '../../src/compare/metrics.ts';
import { parseCondition } from '../../src/options/fail-if.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { emptyPlan, planTask } from '../emit/small-plan.ts';

const GIB = 2 ** 30;

/** Plans of `tasks` builds at once that take `hours`. */
function plan(hours: number, { tasks = 1, ramDiskBytes = 0, boundHours = hours } = {}): Plan {
  const ms = hours * 3_600_000;
  const all = Array.from({ length: tasks }, (_, number) => {
    const source = `s${String(number)}`;
    return planTask({ id: `${source}_1/amd64`, source, version: '1', durationMs: ms, ramDiskBytes });
  });
  const target = { arch: 'amd64', kind: 'any' as const, profiles: [] };
  return {
    ...emptyPlan([{ target, tasks: all }]),
    ...{ makespanMs: ms, lowerBoundMs: boundHours * 3_600_000 },
  };
}

function check(text: string, left: Plan, right: Plan): CheckedCondition {
  const document = comparePlans({ label: 'before', plan: left }, { label: 'after', plan: right });
  const [checked] = withConditions(document, [parseCondition(text)]).conditions;
  if (checked === undefined) throw new Error(`${text} was not checked`);
  return checked;
}

describe('--fail-if', () => {
  it.each<[string, Plan, Plan, boolean]>([
    ['makespan>+5%', plan(100), plan(105), false],
    ['makespan>=+5%', plan(100), plan(105), true],
    ['makespan > +5 %', plan(100), plan(106), true],
    ['makespan>+90m', plan(2), plan(3), false],
    ['makespan>+30m', plan(2), plan(3), true],
    ['makespan<-5%', plan(100), plan(94), true],
    ['makespan<-5%', plan(100), plan(106), false],
    ['makespan>2h', plan(9), plan(2), false],
    ['makespan>2h', plan(1), plan(3), true],
    ['makespan>+0', plan(0), plan(1), true],
    ['makespan>+1000%', plan(0), plan(1), true],
    ['gap>10%', plan(10, { boundHours: 9 }), plan(10, { boundHours: 9.5 }), false],
    ['gap>10%', plan(10), plan(10, { boundHours: 9 }), true],
    ['gap>+2%', plan(10), plan(10.2, { boundHours: 10 }), false],
    ['gap>+2%', plan(10), plan(10.3, { boundHours: 10 }), true],
    ['ram-peak>+2GiB', plan(1, { ramDiskBytes: GIB }), plan(1, { ramDiskBytes: 3 * GIB }), false],
    ['ram-peak>+2GiB', plan(1, { ramDiskBytes: GIB }), plan(1, { ramDiskBytes: 3 * GIB + 1 }), true],
    ['ram-peak>0', plan(1), plan(1, { ramDiskBytes: 1 }), true],
    ['ram-peak>+0', plan(1, { ramDiskBytes: 1 }), plan(1, { ramDiskBytes: 1 }), false],
    ['builds<-0', plan(1, { tasks: 2 }), plan(1), true],
    ['builds<-0', plan(1), plan(1, { tasks: 2 }), false],
    ['builds<-1', plan(1, { tasks: 2 }), plan(1), false],
    ['lost>0', plan(1, { tasks: 2 }), plan(1), true],
    ['lost>0', plan(1), plan(1, { tasks: 2 }), false],
    ['gained>0', plan(1), plan(1, { tasks: 2 }), true],
    ['changed>0', plan(1), plan(1), false],
  ])('%s', (condition, left, right, isMet) => {
    expect(check(condition, left, right)).toMatchObject({ condition, isMet });
  });

  it('says both values, by how much they differ, and the limit', () => {
    expect(check('makespan>+5%', plan(2), plan(2.5)).message).toBe(
      'makespan: 2h 00m (before), 2h 30m (after): +25.0 %, +30m 00s; must not be >+5%',
    );
    expect(check('gap>+2%', plan(10), plan(10.3, { boundHours: 10 })).message).toBe(
      'gap: 0.0 % (before), 3.0 % (after): +3.0 points; must not be >+2%',
    );
    expect(check('makespan>2h', plan(2), plan(2.5)).message).toBe(
      'makespan: 2h 30m (after); must not be >2h',
    );
    expect(check('lost>0', plan(1, { tasks: 3 }), plan(1)).message).toBe('lost: 2; must not be >0');
  });

  it('shows as many digits as it takes to see that the limit is passed', () => {
    expect(check('makespan>+5%', plan(1000), plan(1050.2)).message).toContain(' +5.02 %, ');
  });

  it.each([
    ['makespan', "'makespan' is no condition", 'makespan>+5%'],
    ['makespan=5%', "'makespan=5%' is no condition", 'METRIC>LIMIT'],
    ['', "'' is no condition", 'METRIC>LIMIT'],
    ['makespam>+5%', "there is no metric 'makespam'", 'did you mean makespan?'],
    ['constructor>5', "there is no metric 'constructor'", 'the metrics are makespan, bound, gap'],
    ['makespan>5%', "'makespan>5%' has no limit", '2h, 90m, +10m, +5%'],
    ['makespan>+2GiB', "'makespan>+2GiB' has no limit", '+10m'],
    ['ram-peak>+2h', "'ram-peak>+2h' has no limit", '+2GiB'],
    ['ram-peak>64', "'ram-peak>64' has a limit without a unit", '64GiB, +2GiB'],
    ['ram-disk<-1.5', "'ram-disk<-1.5' has a limit without a unit", '64GiB, +2GiB'],
    ['makespan>+7200', "'makespan>+7200' has a limit without a unit", '2h, 90m'],
    ['gap>10', "'gap>10' has no limit", '10%, and +2%'],
    ['builds<1.5', "'builds<1.5' has no limit", '10, +0'],
    ['builds<--1', "'builds<--1' has no limit", '10, +0'],
    ['lost>+0', 'lost belongs to both sides', 'lost>0'],
  ])('refuses %j and says what it must be', (text, message, hint) => {
    let error: unknown;
    try {
      parseCondition(text);
    } catch (caught) {
      error = caught;
    }
    if (!(error instanceof UserError)) throw new Error(`${text} was taken`);
    const [diagnostic] = error.diagnostics;
    expect(diagnostic?.message).toContain(message);
    expect(diagnostic?.hint).toContain(hint);
  });

  it('takes a limit for every metric there is', () => {
    const limits = { ms: '1h', bytes: '1GiB', share: '1%', count: '1' };
    for (const [name, { unit }] of Object.entries(METRICS))
      for (const text of [`${name}>${limits[unit]}`, `${name}<=-${limits[unit]}`])
        expect(check(text, plan(1), plan(1)).metric, text).toBe(name);
  });
});
