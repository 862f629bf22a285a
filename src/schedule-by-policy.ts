import { makeFacts, NO_FACTS } from './policies/policy-facts.ts';
import { playThrough } from './policies/play-through.ts';
import { POLICIES } from './policies/policies.ts';
import type { PolicyName } from './policies/policy.ts';
import { schedulePortfolio } from './policies/portfolio.ts';
import type { Scheduler } from './scheduler.ts';

/** Of `random`, and of the short search. */
const SEED = 1;

/** The scheduler that the settings ask for. @param layers in the order in which they are built; empty: by name */
export function schedulerFor(
  { policy }: { readonly policy: PolicyName | undefined },
  { layers }: { readonly layers: readonly string[] },
): Scheduler {
  return policy === undefined ? schedulePlan : scheduleByPolicy(policy, layers);
}

/** As well as a short search can. */
const schedulePlan: Scheduler = (problem, { lowerBoundMs }) =>
  schedulePortfolio(problem, { effort: 1, boundMs: lowerBoundMs, seed: SEED });

/** As the policy builds when every build takes as long as expected. */
function scheduleByPolicy(name: PolicyName, layers: readonly string[]): Scheduler {
  return (problem, _bound, units) => {
    const origins = units.map(({ key, source }) => ({
      name: key,
      source: source.name,
      layer: source.layer,
      buildType: source.buildType,
    }));
    const facts = makeFacts(origins, { ...NO_FACTS, layers });
    const policy = POLICIES[name];
    return {
      schedule: playThrough(problem, policy.start(problem, facts, SEED)),
      rule: policy.rule(problem, facts, SEED),
    };
  };
}
