import { at } from '../base/column.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Problem } from '../dispatch/problem.ts';
import { drawScenario, type Noise } from './scenario.ts';
import { simulateRun } from './simulate-run.ts';
import { meanInterval, type MeanInterval } from './statistics.ts';

export interface ChooseRuleOptions {
  /** How many runs decide, ≥ 30. */
  readonly runs: number;
  readonly noise: Noise;
}

/** Enough to tell 2 % of the makespan apart on build-shaped graphs; 0.3 is what durations of one package vary by. */
export const CHOOSE_RULE: ChooseRuleOptions = {
  runs: 40,
  noise: { jitter: 0.3, sizeJitter: 0, failRate: 0, seed: 0x5eed },
};

export interface RuleChoice {
  /** Index of the candidate that is kept; -1: the plain rule is. */
  readonly kept: number;
  readonly rule: DispatchRule;
  /** Makespan of each candidate minus that of the plain rule in the same run, in ms; shorter is negative. */
  readonly differences: readonly MeanInterval[];
}

/**
 * Which rule to put into a plan: a candidate, such as the start order of a searched schedule, is kept only if it beats the
 * plain one when durations are not as estimated: if the whole 95 % interval of the paired differences lies below zero. Of
 * several the one with the least mean, ties by index. Pure and seeded; the cost is that of (candidates + 1) × runs list schedules.
 */
export function chooseRule(
  problem: Problem,
  plain: DispatchRule,
  candidates: readonly DispatchRule[],
  { runs, noise }: ChooseRuleOptions = CHOOSE_RULE,
): RuleChoice {
  const differences = candidates.map((): number[] => []);
  for (let run = 0; run < runs && candidates.length > 0; run++) {
    const scenario = drawScenario(problem, noise, run);
    const play = (rule: DispatchRule): number =>
      simulateRun(problem, scenario, new Dispatcher(problem, rule), 0).makespanMs;
    const plainMs = play(plain);
    candidates.forEach((rule, index) => at(differences, index).push(play(rule) - plainMs));
  }
  const intervals = differences.map(meanInterval);
  let kept = -1;
  intervals.forEach(({ mean, high }, index) => {
    if (high === null || high >= 0) return;
    if (kept < 0 || mean < at(intervals, kept).mean) kept = index;
  });
  return { kept, rule: kept < 0 ? plain : at(candidates, kept), differences: intervals };
}
