import type { Dispatching } from '../dispatch/dispatching.ts';
import type { DispatchRule, Problem } from '../dispatch/problem.ts';
import type { PolicyFacts } from './policy-facts.ts';

/** A way to decide what starts when: a rule for debplan's own dispatcher, or another system's whole behaviour. */
export interface Policy {
  /** One line, for a table of policies. */
  readonly describe: string;
  /** `rule`: debplan's dispatcher with other priorities; `baseline`: what another system does, with its barriers and its blocking. */
  readonly kind: 'rule' | 'baseline';
  /**
   * What a plan keeps of the policy: a `rule` is all of it, of a `baseline` only its order is.
   * @param seed integer; only `random` looks at it
   */
  rule(problem: Problem, facts: PolicyFacts, seed: number): DispatchRule;
  /** The policy at work, before its first start. `seed` as above. */
  start(problem: Problem, facts: PolicyFacts, seed: number): Dispatching;
}

export type PolicyName =
  | 'critical-path'
  | 'latest-finish'
  | 'most-successors'
  | 'longest-first'
  | 'largest-first'
  | 'fifo'
  | 'random'
  | 'starlingx'
  | 'waves'
  | 'dpb'
  | 'poudriere';
