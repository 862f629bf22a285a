import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/column.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { DispatchRule, Problem } from '../../src/dispatch/problem.ts';
import { dispatchRule } from '../../src/schedule/dispatch-rule.ts';
import { shortestDurations, tails } from '../../src/schedule/tails.ts';
import { CHOOSE_RULE, chooseRule } from '../../src/simulate/choose-rule.ts';
import { problemOf } from '../dispatch/problems.ts';

/** A few long chains among many short builds: an order that starts the chains late is costly. */
function chains(): Problem {
  const random = seededRandom(5);
  const tasks = Array.from({ length: 120 }, (_, task) => ({
    durationMs: 1000 + Math.floor(random() * 60_000),
    needs: task < 80 || task % 10 === 0 ? [] : [task - 1],
  }));
  return problemOf(tasks, [{ slots: 4 }]);
}

const problem = chains();
const byTails = dispatchRule(problem, tails(problem.dag, shortestDurations(problem)));
const byName = dispatchRule(problem, new Float64Array(problem.taskCount));

/** The same order by other numbers. */
const alike: DispatchRule = { ...byTails, priority: byTails.priority.map((value) => 2 * value + 1) };

describe('chooseRule', () => {
  it('keeps a candidate that beats the plain rule', () => {
    const { kept, rule, differences } = chooseRule(problem, byName, [alike, byTails]);
    expect([kept, rule]).toEqual([0, alike]);
    expect(at(differences, 0).high).toBeLessThan(0);
    expect(at(differences, 0)).toEqual(at(differences, 1));
  });

  it('keeps the plain rule against a worse one and against an equal one', () => {
    const { kept, rule, differences } = chooseRule(problem, byTails, [byName, alike]);
    expect([kept, rule]).toEqual([-1, byTails]);
    expect(at(differences, 0).low).toBeGreaterThan(0);
    expect(at(differences, 1)).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it('keeps the plain rule where the interval leaves a doubt', () => {
    const random = seededRandom(6);
    const choices = Array.from({ length: 8 }, () => {
      const priority = byTails.priority.map((value) => value * (0.9 + 0.2 * random()));
      return chooseRule(problem, byTails, [{ ...byTails, priority }]);
    });
    const doubtful = choices.filter(
      ({ differences: [only] }) => (only?.mean ?? 0) < 0 && (only?.high ?? 0) > 0,
    );
    expect(doubtful.length).toBeGreaterThan(0);
    for (const { kept } of doubtful) expect(kept).toBe(-1);
  });

  it('is not convinced by fewer than two runs, nor by no candidate', () => {
    const one = { ...CHOOSE_RULE, runs: 1 };
    expect(chooseRule(problem, byName, [byTails], one).kept).toBe(-1);
    expect(chooseRule(problem, byName, [])).toEqual({ kept: -1, rule: byName, differences: [] });
  });

  it('looks at fewer runs of larger problems, and keeps the plain rule where ten are too many', () => {
    const choose = (placements: number): number =>
      chooseRule(problem, byName, [byTails], { ...CHOOSE_RULE, placements }).kept;
    expect(choose(problem.taskCount * 10)).toBe(0);
    expect(choose(problem.taskCount * 10 - 1)).toBe(-1);
  });

  it('decides by its seed alone', () => {
    const differencesOf = (seed: number): unknown =>
      chooseRule(problem, byName, [byTails], {
        ...CHOOSE_RULE,
        noise: { ...CHOOSE_RULE.noise, seed },
      }).differences;
    expect(differencesOf(1)).toEqual(differencesOf(1));
    expect(differencesOf(1)).not.toEqual(differencesOf(2));
  });
});
