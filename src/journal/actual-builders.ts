import { compareText } from '../base/compare.ts';
import { nearestNeeds } from '../plan/nearest-needs.ts';
import type { Plan, PlanBuilder, PlanTask } from '../plan/plan.ts';
import type { BuiltAttempt } from './built-attempts.ts';
import type { RunEvent } from './run-event.ts';
import type { ActualBuild } from './place-actual.ts';

/** What was built where. */
export interface ActualBuilders {
  readonly builds: readonly ActualBuild[];
  /** By name: those that were run. On a cluster: its nodes, each like the plan's builder that its builds were meant for, as far as that is known of it. */
  readonly builders: ReadonlyMap<string, PlanBuilder>;
}

/** Finds the builders of a run. O(tasks + events + needs), and for each build as much of what was not built as it waits for */
export function actualBuilders(
  plan: Plan,
  events: readonly RunEvent[],
  built: ReadonlyMap<string, BuiltAttempt>,
): ActualBuilders {
  const planned = new Map(plan.builders.map((builder) => [builder.name, builder]));
  const isCluster = events.some((event) => event.event === 'begin' && event.on === 'slurm');
  const begun = new Set(events.flatMap((event) => (event.event === 'begin' ? event.builders : [])));
  const builders = new Map([...planned].filter(([name]) => !isCluster && begun.has(name)));
  const amongBuilt = needsAmongBuilt(plan, built);
  const builds = plan.targets.flatMap(({ target, tasks }) =>
    tasks.flatMap((task): readonly ActualBuild[] => {
      const attempt = built.get(task.id);
      if (attempt === undefined) return [];
      const like = planned.get(attempt.start.builder) ?? planned.get(task.builder);
      if (like === undefined) throw new Error(`BUG: ${task.id} is on a builder that the plan has not`);
      const name = nodeName(attempt, task.buildArch ?? target.arch, builders);
      if (!builders.has(name))
        builders.set(name, isCluster ? { ...like, name, slots: 0, memoryBytes: null, cores: null } : like);
      return [{ task: amongBuilt(task), attempt, builder: name }];
    }),
  );
  const sorted = [...builders].sort(([a], [b]) => compareText(a, b));
  return { builds, builders: new Map(sorted) };
}

/** A task that waits for what was built alone: where it waited by way of what was not, for what lies behind that. */
function needsAmongBuilt(plan: Plan, built: ReadonlyMap<string, BuiltAttempt>): (task: PlanTask) => PlanTask {
  const needsOf = new Map(plan.targets.flatMap(({ tasks }) => tasks.map(({ id, needs }) => [id, needs])));
  return (task) => ({
    ...task,
    needs: nearestNeeds(
      task.needs,
      (id) => built.has(id),
      (id) => needsOf.get(id),
    ),
  });
}

/** The node, or the builder; a node that builds for two architectures is two builders. */
function nodeName(
  { start, end }: BuiltAttempt,
  arch: string,
  builders: ReadonlyMap<string, PlanBuilder>,
): string {
  const name = end.node ?? start.builder;
  const there = builders.get(name);
  return there === undefined || there.arch === arch ? name : `${name}-${arch}`;
}
