import { at } from '../base/column.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { DispatchRule, Problem } from '../dispatch/problem.ts';
import { drawScenario, type Noise } from './scenario.ts';
import { simulateRun } from './simulate-run.ts';
import { meanInterval, type MeanInterval } from './statistics.ts';

export interface ChooseRuleOptions {
  /** How many runs decide. */
  readonly runs: number;
  /** How many tasks may be placed for each rule: of large problems there are fewer runs, below ten none. */
  readonly placements: number;
  readonly noise: Noise;
}

/** Thirty runs tell differences of 2 % of the makespan apart on StarlingX's suites. */
export const CHOOSE_RULE: ChooseRuleOptions = {
  runs: 30,
  placements: 40_000,
  noise: { jitter: 0.3, sizeJitter: 0.3, failRate: 0, seed: 0x5eed },
};

export interface RuleChoice {
  /** Index of the candidate that is kept; -1: the plain rule is. */
  readonly kept: number;
  readonly rule: DispatchRule;
  /** Makespan of each candidate minus that of the plain rule in the same run, in ms, over the runs that it was in; shorter is negative. */
  readonly differences: readonly MeanInterval[];
}

/** After so many runs, the fewest that decide, a candidate that has not once been better, or is worse beyond doubt, is dropped. */
const FIRST_LOOK = 10;

/**
 * Which rule to put into a plan: a candidate, such as the start order of a searched schedule, is kept only if it beats the
 * plain one when durations are not as estimated: if the whole 95 % interval of the paired differences lies below zero. Of
 * several the one with the least mean, ties by index. Pure and seeded; the cost is that of at most (candidates + 1) × runs list
 * schedules.
 */
export function chooseRule(
  problem: Problem,
  plain: DispatchRule,
  candidates: readonly DispatchRule[],
  { runs: most, placements, noise }: ChooseRuleOptions = CHOOSE_RULE,
): RuleChoice {
  const affordable = Math.min(most, Math.floor(placements / problem.taskCount));
  const runs = affordable < Math.min(most, FIRST_LOOK) ? 0 : affordable;
  if (runs === 0) return { kept: -1, rule: plain, differences: [] };
  const differences = candidates.map((): number[] => []);
  let left = [...candidates.keys()];
  for (let run = 0; run < runs && left.length > 0; run++) {
    const scenario = drawScenario(problem, noise, run);
    const play = (rule: DispatchRule): number =>
      simulateRun(problem, scenario, new Dispatcher(problem, rule), 0).makespanMs;
    const plainMs = play(plain);
    for (const index of left) at(differences, index).push(play(at(candidates, index)) - plainMs);
    if (run + 1 === FIRST_LOOK) left = left.filter((index) => isPromising(at(differences, index)));
  }
  const intervals = differences.map(meanInterval);
  let kept = -1;
  for (const index of left) {
    const { mean, high } = at(intervals, index);
    if (high === null || high >= 0) continue;
    if (kept < 0 || mean < at(intervals, kept).mean) kept = index;
  }
  return { kept, rule: kept < 0 ? plain : at(candidates, kept), differences: intervals };
}

function isPromising(differences: readonly number[]): boolean {
  return differences.some((ms) => ms < 0) && (meanInterval(differences).low ?? 0) <= 0;
}
