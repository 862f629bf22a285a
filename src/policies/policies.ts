import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { Problem } from '../dispatch/problem.ts';
import { dispatchRule } from '../schedule/dispatch-rule.ts';
import { BaselineDispatcher, type Baseline } from './baseline-dispatcher.ts';
import { dpbBaseline, poudriereBaseline, starlingxBaseline, wavesBaseline } from './baselines.ts';
import type { Policy, PolicyName } from './policy.ts';
import type { PolicyFacts } from './policy-facts.ts';
import {
  criticalPathPriority,
  durationPriority,
  fifoPriority,
  latestFinishPriority,
  randomPriority,
  sizePriority,
  successorsPriority,
} from './priorities.ts';

/** Every policy: debplan's own rules, then today's systems. */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = {
  'critical-path': byPriority('the longest chain of builds behind it', criticalPathPriority),
  'latest-finish': byPriority('the longest chain behind it, its own time left out', latestFinishPriority),
  'most-successors': byPriority('the most builds that wait for it', successorsPriority),
  'longest-first': byPriority('the longest build', durationPriority),
  'largest-first': byPriority('the largest build', sizePriority),
  fifo: byPriority('the order of names', fifoPriority),
  random: byPriority('any order', randomPriority),
  starlingx: likeSystem(
    'StarlingX: by dependents, layer by layer, equal chroots, nothing passes the first',
    starlingxBaseline,
  ),
  waves: likeSystem('botch: wave by wave', wavesBaseline),
  dpb: likeSystem(
    "OpenBSD's dpb: own time and that of all dependents, to disk when RAM is full",
    dpbBaseline,
  ),
  poudriere: likeSystem("FreeBSD's poudriere: the longest chain in builds", poudriereBaseline),
};

export const POLICY_NAMES: readonly PolicyName[] = [
  'critical-path',
  'latest-finish',
  'most-successors',
  'longest-first',
  'largest-first',
  'fifo',
  'random',
  'starlingx',
  'waves',
  'dpb',
  'poudriere',
];

function byPriority(describe: string, priorityOf: (problem: Problem, seed: number) => Float64Array): Policy {
  const rule: Policy['rule'] = (problem, _facts, seed) => dispatchRule(problem, priorityOf(problem, seed));
  return {
    describe,
    kind: 'rule',
    rule,
    start: (problem, facts, seed) => new Dispatcher(problem, rule(problem, facts, seed)),
  };
}

function likeSystem(
  describe: string,
  baselineOf: (problem: Problem, facts: PolicyFacts) => Baseline,
): Policy {
  return {
    describe,
    kind: 'baseline',
    rule: (problem, facts) => baselineOf(problem, facts).rule,
    start: (problem, facts) => new BaselineDispatcher(problem, baselineOf(problem, facts)),
  };
}
