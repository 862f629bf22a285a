import { compareNumber, compareText, firstDifference } from '../../../base/compare.ts';
import { buildCsr, EdgeList } from '../../../base/csr.ts';
import { groupBy } from '../../../base/group-by.ts';
import { at } from '../../../base/column.ts';
import { stronglyConnected } from '../../../graph/strongly-connected.ts';
import type { Plan, PlanBreak } from '../../../plan/plan.ts';
import { formatCycleOrders } from '../../cycle-orders.ts';
import { escapeListed } from '../../escape-blanks.ts';
import { planBuilds, type PlanBuild } from '../../plan-builds.ts';
import { showControls } from '../../visible-controls.ts';

/** An entry of a cycle-order file. */
interface Entry {
  readonly set: readonly string[];
  readonly order: readonly string[];
  readonly comments: readonly string[];
}

/** Below an entry. */
const MOST_COMMENTS = 40;

const ABOUT = [
  '# The cycles that the plan opened, each as a whole and in the order of the plan. A build of some of their sources alone needs',
  '# further entries: debplan cycles --write makes all of them from the sources.',
];

/**
 * A cycle-order file: an entry for each set of sources that would wait for each other if the plan waited for all. Where
 * architectures have the same set, the order of the one whose name comes first counts.
 */
export function formatPlanCycles(plan: Plan): string {
  const entries = new Map<string, Entry>();
  for (const entry of cyclesOf(plan)) {
    const key = entry.set.join(' ');
    if (!entries.has(key)) entries.set(key, entry);
  }
  const orders = [...entries.values()].sort((a, b) =>
    firstDifference(compareNumber(a.set.length, b.set.length), compareText(a.set.join(' '), b.set.join(' '))),
  );
  return `${ABOUT.join('\n')}\n${formatCycleOrders({ orders })}`;
}

/** By the architecture of their first build. */
function cyclesOf(plan: Plan): readonly Entry[] {
  const builds = planBuilds(plan);
  const indexOf = new Map(builds.map(({ task }, index) => [task.id, index]));
  const breaks = plan.breaks.filter(({ kind }) => kind !== 'later-layer');
  const edges = new EdgeList();
  const push = (from: string, to: string): void => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    if (a !== undefined && b !== undefined) edges.push(a, b);
  };
  for (const { task } of builds) for (const need of task.needs) push(task.id, need);
  for (const { from, to } of breaks) push(from, to);
  const components = stronglyConnected(buildCsr(builds.length, edges));
  const groups = groupBy(builds, ({ number }) => at(components.of, number - 1));
  const breaksOf = groupBy(breaks, ({ from }) => components.of[indexOf.get(from) ?? -1] ?? -1);
  const entries = [...groups].flatMap(([component, members]) => {
    const own = (breaksOf.get(component) ?? []).filter(
      ({ to }) => components.of[indexOf.get(to) ?? -1] === component,
    );
    return own.length === 0 ? [] : [{ arch: members[0].target.arch, entry: makeEntry(members, own) }];
  });
  return entries.sort((a, b) => compareText(a.arch, b.arch)).map(({ entry }) => entry);
}

function makeEntry(members: readonly PlanBuild[], breaks: readonly PlanBreak[]): Entry {
  const order = members.map(({ task }) => escapeListed(task.source));
  const nameOf = new Map(members.map(({ task }) => [task.id, task.source]));
  const comments = breaks.map(({ from, to, reason, servedBy }) => {
    const serves = servedBy === undefined ? '' : `; ${servedBy} serves`;
    return showControls(
      `${nameOf.get(from) ?? ''} does not wait for ${nameOf.get(to) ?? ''}: ${reason}${serves}`,
    );
  });
  return {
    set: [...new Set(order)].sort(compareText),
    order: order.filter((name, index) => name !== order[index - 1]),
    comments: shorten([...new Set(comments)]),
  };
}

function shorten(comments: readonly string[]): readonly string[] {
  const left = comments.length - MOST_COMMENTS;
  return left <= 0
    ? comments
    : [...comments.slice(0, MOST_COMMENTS), `… and ${String(left)} more, in the plan`];
}
