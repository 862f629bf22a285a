import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import { POLICIES, POLICY_NAMES } from '../policies/policies.ts';
import type { PolicyFacts } from '../policies/policy-facts.ts';
import type { Contestant } from './simulate-policies.ts';
import { startOrderRule } from './start-order-rule.ts';
import { StaticOrder } from './static-order.ts';

/** Ways to carry a plan out: as its rule says, as a fixed sequence a slot, or by its start order as priorities. */
export const PLAN_POLICIES = ['plan', 'static', 'plan-order'] as const;

export type PlanPolicy = (typeof PLAN_POLICIES)[number];

/** What a plan is compared with unless somebody asks for something else. */
export const DEFAULT_POLICIES: readonly string[] = ['plan', 'static', 'critical-path', 'starlingx'];

/** Every name that `contestantOf` knows. */
export const CONTESTANTS: readonly string[] = [...PLAN_POLICIES, ...POLICY_NAMES];

const planPolicies: Readonly<Record<PlanPolicy, (plan: PlanProblem) => Contestant['start']>> = {
  plan: ({ problem, rule }) => {
    return () => new Dispatcher(problem, rule);
  },
  static: ({ problem, schedule }) => {
    return () => new StaticOrder(problem, schedule);
  },
  'plan-order': ({ problem, rule, schedule }) => {
    const byStart = startOrderRule(rule, schedule);
    return () => new Dispatcher(problem, byStart);
  },
};

/**
 * A policy by its name, on the builds of a plan.
 * @param seed integer, for policies that are random
 * @throws a 'BUG: …' error for a name that is none of `CONTESTANTS`
 */
export function contestantOf(plan: PlanProblem, facts: PolicyFacts, name: string, seed: number): Contestant {
  const own = PLAN_POLICIES.find((known) => known === name);
  if (own !== undefined) return { name, start: planPolicies[own](plan) };
  const known = POLICY_NAMES.find((policy) => policy === name);
  if (known === undefined) throw new Error(`BUG: there is no policy ${name}`);
  const policy = POLICIES[known];
  if (policy.kind === 'baseline') return { name, start: () => policy.start(plan.problem, facts, seed) };
  const rule = policy.rule(plan.problem, facts, seed);
  return { name, start: () => new Dispatcher(plan.problem, rule) };
}
