import type { DispatchRule, Schedule } from '../dispatch/problem.ts';

/**
 * The start order of a schedule as priorities: what starts earlier there goes first. The dispatcher, which goes by it, starts
 * builds as soon as it can, so it need not repeat the schedule.
 * @param rule tells who may use the RAM disk and how many make jobs each task should get
 */
export function startOrderRule(rule: DispatchRule, { placements }: Schedule): DispatchRule {
  const priority = new Float64Array(rule.priority.length);
  placements.forEach(({ task }, place) => {
    priority[task] = placements.length - place;
  });
  return { ...rule, priority };
}
