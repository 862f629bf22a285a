import { float64At } from '../base/cells.ts';
import type { Builder, DispatchRule, Problem } from '../dispatch/problem.ts';
import { dispatchRule, MOST_JOBS } from '../schedule/dispatch-rule.ts';
import { plainSchedule } from '../schedule/plain-schedule.ts';
import { heads, shortestDurations, tails } from '../schedule/tails.ts';
import type { PolicyName } from './policy.ts';
import {
  criticalPathPriority,
  latestFinishPriority,
  sizePriority,
  successorsPriority,
} from './priorities.ts';

export interface NamedRule {
  readonly name: string;
  readonly policyName: PolicyName;
  readonly rule: DispatchRule;
}

/** The rule that stands for itself when nothing else is tried. */
export function firstRule(problem: Problem): NamedRule {
  return {
    name: 'critical-path',
    policyName: 'critical-path',
    rule: plainSchedule(problem).rule,
  };
}

/** Makes of rules that are worth a try besides the first one: the best ones of most problems first. */
export function moreRules(problem: Problem): readonly (() => NamedRule)[] {
  const first = firstRule(problem).rule;
  const finish = dispatchRule(problem, latestFinishPriority(problem));
  const rules: (() => NamedRule)[] = [() => named('latest-finish', 'latest-finish', finish)];
  if (first.mayUseRamDisk.includes(0)) {
    const everybody = new Uint8Array(problem.taskCount).fill(1);
    rules.push(
      () => named('critical-path, RAM disk for all', 'critical-path', { ...first, mayUseRamDisk: everybody }),
      () =>
        named('latest-finish, RAM disk for all', 'latest-finish', { ...finish, mayUseRamDisk: everybody }),
    );
  }
  if (problem.builders.some(({ makeJobs }) => makeJobs.length > 1)) {
    for (const jobs of new Set(problem.builders.flatMap(({ makeJobs }) => makeJobs))) {
      const makeJobs = new Int32Array(problem.taskCount).fill(jobs);
      if (makeJobs.join() !== first.makeJobs.join())
        rules.push(() =>
          named(`critical-path, at most ${String(jobs)} make jobs`, 'critical-path', { ...first, makeJobs }),
        );
    }
    rules.push(() =>
      named('critical-path, most make jobs on long chains', 'critical-path', {
        ...first,
        makeJobs: mostJobsOnLongChains(problem),
      }),
    );
  }
  rules.push(
    () =>
      named('largest-first', 'largest-first', dispatchRule(problem, mixed(problem, sizePriority(problem)))),
    () =>
      named(
        'most-successors',
        'most-successors',
        dispatchRule(problem, mixed(problem, successorsPriority(problem))),
      ),
  );
  return rules;
}

/**
 * The latest starts that leave a schedule as long as it is, as priorities: what may start late waits.
 * @param latest `startMs` of a schedule that has been justified to the right
 */
export function leastSlackRule(rule: DispatchRule, latest: { readonly startMs: Float64Array }): NamedRule {
  const priority = latest.startMs.map((startMs) => -startMs);
  return named('latest starts', 'latest-finish', { ...rule, priority });
}

/** The problem with fewer resources, as far as every build still fits: a schedule of it is one of the problem. */
export function smallerShapes(
  problem: Problem,
): readonly { readonly name: string; readonly problem: Problem }[] {
  if (problem.running.length > 0) return [];
  const shapes: { name: string; problem: Problem }[] = [];
  const add = (name: string, change: (builder: Builder) => Builder): void => {
    const builders = problem.builders.map(change);
    if (builders.some((builder, index) => builder !== problem.builders[index]))
      shapes.push({ name, problem: { ...problem, builders } });
  };
  const largest = problem.ramDiskBytes.reduce((most, bytes) => Math.max(most, bytes), 0);
  for (const part of [0.9, 0.75])
    add(`${String(part * 100)} % of the RAM disk`, (builder) => withLessRam(builder, part, largest));
  add('a slot less', withOneSlotLess);
  return shapes;
}

function withOneSlotLess(builder: Builder): Builder {
  if (builder.slots === 1) return builder;
  const slots = builder.slots - 1;
  return { ...builder, slots, diskSlots: Math.min(slots, builder.diskSlots) };
}

/** Only where every build has a way out to the disk, or its place all the same. */
function withLessRam(builder: Builder, part: number, largest: number): Builder {
  const ramDiskBytes = Math.floor(builder.ramDiskBytes * part);
  const isCut = builder.ramDiskChroots.length === 0 && builder.ramDiskBytes > 0;
  return isCut && (builder.diskSlots > 0 || ramDiskBytes >= largest) ? { ...builder, ramDiskBytes } : builder;
}

/** The priority in steps of a hundredth of the longest chain, the critical path where it ties. */
function mixed(problem: Problem, extra: Float64Array): Float64Array {
  const tailMs = criticalPathPriority(problem);
  const longestMs = tailMs.reduce((longest, value) => Math.max(longest, value), 1);
  const largest = extra.reduce((most, value) => Math.max(most, value), 1);
  return tailMs.map((value, task) => value + ((float64At(extra, task) / largest) * longestMs) / 10);
}

/** The most for tasks whose chain is too long with the fewest, the fewest for the others: together they do more work at once. */
function mostJobsOnLongChains(problem: Problem): Int32Array {
  const shortest = shortestDurations(problem);
  const fewest = problem.builders.map((builder) => ({ ...builder, makeJobs: builder.makeJobs.slice(0, 1) }));
  const longer = shortestDurations({ ...problem, builders: fewest });
  const headMs = heads(problem.dag, longer);
  const tailMs = tails(problem.dag, longer);
  const chainMs = tails(problem.dag, shortest).reduce((longest, value) => Math.max(longest, value), 0);
  const slots = problem.builders.reduce((sum, builder) => sum + builder.slots, 0);
  const workMs = longer.reduce((sum, value) => sum + value, 0) / slots;
  const horizonMs = Math.max(chainMs, workMs);
  return Int32Array.from(headMs, (beforeMs, task) =>
    beforeMs + float64At(tailMs, task) > horizonMs ? MOST_JOBS : 1,
  );
}

function named(name: string, policyName: PolicyName, rule: DispatchRule): NamedRule {
  return { name, policyName, rule };
}
