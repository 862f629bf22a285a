import { at } from '../base/column.ts';
import { problemOfPlan } from '../plan/problem-of-plan.ts';
import type { PlanChainLink } from '../plan/plan.ts';
import { criticalChain } from '../schedule/critical-chain.ts';
import type { ComparedLink, Pair } from './comparison-document.ts';
import { partsOf, unitName, type Side } from './side.ts';

/**
 * The critical chains of both sides, with what is on both of them. O(n log n + edges)
 * @throws UserError for a plan that contradicts itself, where an architecture's chain isn't the plan's
 */
export function compareChains(sides: Pair<Side>): Pair<readonly ComparedLink[]> {
  const links: Pair<readonly PlanChainLink[]> = [linksOf(sides[0]), linksOf(sides[1])];
  const keys: Pair<ReadonlySet<string>> = [keysOf(sides[0], links[0]), keysOf(sides[1], links[1])];
  return [describe(sides[0], links[0], keys[1]), describe(sides[1], links[1], keys[0])];
}

/** A plan names its own chain; that of an architecture is found as the planner would. */
function linksOf({ plan, planName, arch, load }: Side): readonly PlanChainLink[] {
  if (arch === null || plan.options.architectures.length === 1) return plan.criticalChain;
  const { problem, schedule, tasks } = problemOfPlan(plan, planName);
  const own = new Set(load.map(({ task }) => task));
  return criticalChain(problem, schedule, (task) => own.has(at(tasks, task))).map(({ task, waitedFor }) => ({
    id: at(tasks, task).id,
    waitedFor,
  }));
}

function keysOf({ byId }: Side, links: readonly PlanChainLink[]): ReadonlySet<string> {
  return new Set(links.map(({ id }) => byId.get(id)?.key ?? ''));
}

function describe(
  { byId, isByArch }: Side,
  links: readonly PlanChainLink[],
  others: ReadonlySet<string>,
): readonly ComparedLink[] {
  return links.flatMap(({ id, waitedFor }) => {
    const entry = byId.get(id);
    if (entry === undefined) return [];
    const { builder, startMs, durationMs } = entry.task;
    const unit = unitName(partsOf(entry, isByArch));
    return [{ unit, id, waitedFor, builder, startMs, durationMs, isCommon: others.has(entry.key) }];
  });
}
