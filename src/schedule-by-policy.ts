import { makeFacts, NO_FACTS } from './policies/policy-facts.ts';
import { playThrough } from './schedule/play-through.ts';
import { POLICIES } from './policies/policies.ts';
import type { PolicyName } from './policies/policy.ts';
import { schedulePortfolio } from './policies/portfolio.ts';
import type { Scheduler } from './scheduler.ts';
import type { SearchSettings } from './options/search-options.ts';
import { chooseRule } from './simulate/choose-rule.ts';

/**
 * The scheduler that the settings ask for. @param layers in the order in which they are built; empty: by name
 * @example
 * const search = resolveSearch({});
 * const scheduler = schedulerFor({ policy: 'critical-path', search }, { layers: [] });
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const { problem } = problemOfPlan(plan, 'plan.json');
 * scheduler(problem, lowerBound(problem), []).foundBy; // → 'critical-path'
 */
export function schedulerFor(
  { policy, search }: { readonly policy: PolicyName | undefined; readonly search: SearchSettings },
  { layers }: { readonly layers: readonly string[] },
): Scheduler {
  return policy === undefined ? schedulePlan(search) : scheduleByPolicy(policy, layers, search.seed);
}

/** As well as a short search can; with no effort, as the dispatcher does. The rule is the best one that doubt leaves. */
function schedulePlan({ effort, seed }: SearchSettings): Scheduler {
  return (problem, { lowerBoundMs }) => {
    const found = schedulePortfolio(problem, { effort: effort === 0 ? 0 : 1, boundMs: lowerBoundMs, seed });
    const best = found.tries.find(({ makespanMs }) => makespanMs === found.schedule.makespanMs);
    const candidates = found.rule === found.plain ? [] : [found.rule];
    const { rule } = chooseRule(problem, found.plain, candidates);
    return { schedule: found.schedule, rule, foundBy: best?.name ?? found.policyName };
  };
}

/** As the policy builds when every build takes as long as expected. */
function scheduleByPolicy(name: PolicyName, layers: readonly string[], seed: number): Scheduler {
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
      schedule: playThrough(problem, policy.start(problem, facts, seed)),
      rule: policy.rule(problem, facts, seed),
      foundBy: name,
    };
  };
}
