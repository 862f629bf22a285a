import { groupBy } from '../base/group-by.ts';
import type { PlanChainLink, PlanTask } from '../plan/plan.ts';

/**
 * What the last build waited for, back to the beginning: of what it needs and what ran before it on its builder, that which ended last
 * before it began. Real builds don't join without a gap; what ended last let it go.
 * @returns first to last; empty where nothing was built. O(n²) at worst, for one chain
 */
export function actualChain(tasks: readonly PlanTask[]): readonly PlanChainLink[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const byBuilder = groupBy(tasks, ({ builder }) => builder);
  const links: PlanChainLink[] = [];
  let task = lastToEnd(tasks);
  while (task !== undefined) {
    const { id, needs, builder, startMs } = task;
    const need = lastToEnd(needs.flatMap((needed) => byId.get(needed) ?? []));
    const before = lastToEnd((byBuilder.get(builder) ?? []).filter((other) => endMs(other) <= startMs));
    const isNeed = need !== undefined && (before === undefined || endMs(need) >= endMs(before));
    const next: PlanTask | undefined = isNeed ? need : before;
    links.push({ id, waitedFor: next === undefined ? 'start' : isNeed ? 'need' : 'slot' });
    task = next;
  }
  return links.reverse();
}

/** The longest sum of durations of builds that need each other, first to last. O(n log n + needs) */
export function longestChain(tasks: readonly PlanTask[]): {
  readonly lengthMs: number;
  readonly tasks: readonly string[];
} {
  const lengthOf = new Map<string, number>();
  const beforeOf = new Map<string, string | undefined>();
  let last: string | undefined;
  let mostMs = 0;
  // what is needed has ended before, so it stands before in the order of starts
  for (const { id, needs, durationMs } of [...tasks].sort((a, b) => a.startMs - b.startMs)) {
    const before = needs.reduce<string | undefined>(
      (best, need) => ((lengthOf.get(need) ?? 0) > (lengthOf.get(best ?? '') ?? 0) ? need : best),
      undefined,
    );
    const lengthMs = (lengthOf.get(before ?? '') ?? 0) + durationMs;
    lengthOf.set(id, lengthMs);
    beforeOf.set(id, before);
    if (lengthMs > mostMs) [mostMs, last] = [lengthMs, id];
  }
  const chain: string[] = [];
  for (; last !== undefined; last = beforeOf.get(last)) chain.push(last);
  return { lengthMs: mostMs, tasks: chain.reverse() };
}

function lastToEnd(tasks: readonly PlanTask[]): PlanTask | undefined {
  let last: PlanTask | undefined;
  for (const task of tasks)
    if (last === undefined || endMs(task) > endMs(last) || (endMs(task) === endMs(last) && task.id < last.id))
      last = task;
  return last;
}

function endMs({ startMs, durationMs }: PlanTask): number {
  return startMs + durationMs;
}
