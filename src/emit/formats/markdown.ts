import { compareNumber, compareText, firstDifference } from '../../base/compare.ts';
import { groupBy } from '../../base/group-by.ts';
import { formatBytes, formatDuration } from '../../base/quantity.ts';
import { STRATEGIES } from '../../cycles/strategies.ts';
import type { Plan, PlanBreak, PlanTask, PlanUnbuildable } from '../../plan/plan.ts';
import type { Emitter } from '../emitter.ts';
import { markdownCode, markdownFold, markdownTable } from '../markdown-text.ts';
import { planBuilds, type PlanBuild } from '../plan-builds.ts';
import { formatBinding } from '../summary/binding.ts';
import { formatGap } from '../summary/headline.ts';
import { count } from '../summary/lines.ts';
import { startOf } from '../summary/place.ts';
import { labelUnit, nameUnits, shortenKeys, type UnitNames } from '../summary/unit-names.ts';

/** The plan for a merge request: how long, what decides, what is given up and left out. */
export const markdown: Emitter = {
  describe: 'the plan for a merge request: how long, what is critical, what is large, given up, left out',
  emit: (plan) => {
    const view = { plan, names: nameUnits(plan), builds: planBuilds(plan) };
    const parts = [
      ...headline(view),
      ...architectures(view),
      ...criticalChain(view),
      ...largeBuilds(view),
      ...notWaitedFor(view),
      ...leftOut(view),
    ];
    return [{ path: 'plan.md', content: `${parts.join('\n\n')}\n`, isExecutable: false }];
  },
};

interface View {
  readonly plan: Plan;
  readonly names: UnitNames;
  readonly builds: readonly PlanBuild[];
}

/** How many rows a table has at most, one that is in sight and one that is folded: GitHub takes comments of 65,536 letters. */
const IN_SIGHT = 12;
const FOLDED = 40;
/** Of a reason. */
const MOST_LETTERS = 400;

function headline({ plan, names, builds }: View): readonly string[] {
  if (builds.length === 0) return ['## Nothing to build'];
  const { makespanMs, lowerBoundMs, lowerBoundBinding } = plan;
  const label = (id: string): string => markdownCode(labelUnit(id, names, plan));
  const best =
    makespanMs === lowerBoundMs
      ? '**optimal**'
      : `at most **${formatGap(makespanMs, lowerBoundMs)}** above optimal`;
  const title = `## ${count(builds.length, 'build')} on ${count(plan.builders.length, 'builder')} in ${formatDuration(makespanMs)}`;
  const binding = formatBinding(withCode(lowerBoundBinding), lowerBoundMs, label);
  return [
    title,
    `No plan is shorter than ${formatDuration(lowerBoundMs)}: this one is ${best}. What binds: ${binding}.`,
  ];
}

/** The binding with its architecture's name as Markdown. */
function withCode(binding: Plan['lowerBoundBinding']): Plan['lowerBoundBinding'] {
  return 'arch' in binding ? { ...binding, arch: markdownCode(binding.arch) } : binding;
}

function architectures({ plan }: View): readonly string[] {
  const head = ['architecture', 'builds', 'makespan', 'bound', 'gap', 'RAM disk at peak', 'left out'];
  const rows = plan.architectures.map((row) => [
    markdownCode(row.arch),
    String(row.taskCount),
    formatDuration(row.makespanMs),
    formatDuration(row.lowerBoundMs),
    formatGap(row.makespanMs, row.lowerBoundMs),
    `${formatBytes(row.ramDiskPeakBytes)} of ${formatBytes(row.ramDiskBytes)}`,
    String(row.unbuildableCount + row.notForArchCount),
  ]);
  return [markdownTable(head, [false, true, true, true, true, true, true], rows)];
}

function criticalChain(view: View): readonly string[] {
  const { builds, plan } = view;
  const placeOf = new Map(plan.criticalChain.map(({ id }, place) => [id, place]));
  const chain = builds
    .filter(({ waitedFor }) => waitedFor !== undefined)
    .sort((a, b) => compareNumber(placeOf.get(a.task.id) ?? 0, placeOf.get(b.task.id) ?? 0));
  if (chain.length === 0) return [];
  const byDuration = [...chain].sort((a, b) => compareNumber(b.task.durationMs, a.task.durationMs));
  const longest = new Set(byDuration.slice(0, IN_SIGHT));
  const rows = chain
    .filter((build) => longest.has(build))
    .map((build) => [...buildCells(view, build), WAITED_FOR[build.waitedFor ?? 'start']]);
  return table(
    `### Critical chain: ${count(chain.length, 'build')}`,
    [...BUILD_HEAD, 'waited for'],
    rows,
    chain.length,
  );
}

const BUILD_HEAD = ['start', 'build', 'builder', '', 'takes', 'RAM disk'] as const;
const BUILD_RIGHT = [true, false, false, false, true, true] as const;

function buildCells({ plan, names }: View, { task }: PlanBuild): readonly string[] {
  return [
    startOf(task),
    markdownCode(labelUnit(task.id, names, plan)),
    markdownCode(task.builder),
    task.mode,
    formatDuration(task.durationMs),
    formatBytes(task.ramDiskBytes),
  ];
}

const WAITED_FOR = {
  start: '',
  need: 'the one before',
  release: 'its release',
  slot: 'a slot',
  'ram-disk': 'RAM disk',
  memory: 'memory',
  'disk-slot': 'a build on disk to end',
  cores: 'cores',
} as const;

/** Those of which no two run in RAM at once. */
function largeBuilds(view: View): readonly string[] {
  const { builds, plan } = view;
  const largest = new Map(plan.builders.map(({ name, ramDiskBytes }) => [name, ramDiskBytes]));
  const isLarge = ({ builder, ramDiskBytes }: PlanTask): boolean => {
    const room = largest.get(builder) ?? 0;
    return room > 0 && ramDiskBytes > room / 2;
  };
  const large = builds
    .filter(({ task }) => isLarge(task))
    .sort((a, b) => compareNumber(b.task.ramDiskBytes, a.task.ramDiskBytes));
  if (large.length === 0) return [];
  const rows = large.slice(0, IN_SIGHT).map((build) => buildCells(view, build));
  return table('### Builds larger than half of the RAM disk', BUILD_HEAD, rows, large.length);
}

function notWaitedFor({ plan, names }: View): readonly string[] {
  if (plan.breaks.length === 0) return [];
  const named = plan.breaks.map((about) => ({
    about,
    from: names.get(about.from)?.name ?? about.from,
    to: names.get(about.to)?.name ?? about.to,
    place: names.get(about.from)?.place ?? '',
  }));
  const groups = [
    ...groupBy(named, ({ about, from, to }) => JSON.stringify([about.kind, from, to])).values(),
  ];
  const rows = groups
    .slice(0, FOLDED)
    .map((same) => [
      markdownCode(same[0].from),
      markdownCode(same[0].to),
      [...new Set(same.map(({ place }) => place))].sort(compareText).map(markdownCode).join(', '),
      how(same[0].about),
      markdownCode(same[0].about.servedBy ?? same[0].about.profile ?? same[0].about.standIn ?? ''),
    ]);
  const head = ['build', 'does not wait for', 'on', 'because', 'with'];
  const content = markdownTable(head, [], rows) + more(groups.length, FOLDED);
  return [`### Not waited for`, markdownFold(count(plan.breaks.length, 'edge'), content)];
}

function how({ kind }: PlanBreak): string {
  return kind === 'later-layer' ? 'that is a later layer' : `of a cycle: ${STRATEGIES[kind].title}`;
}

const WHY: Readonly<Record<PlanUnbuildable['kind'], string>> = {
  'hard-cycle': 'is in a cycle without a way out',
  'needs-unbuildable': 'needs one that is not built',
  'later-layer': 'needs a later layer',
  'no-builder': 'fits no builder',
  'build-failed': 'failed',
  'needs-failed': 'needs one that failed',
  'not-run': 'is not built yet',
  conflict: "needs what can't be installed together",
  missing: 'needs what nothing provides',
  'not-for-arch': 'is not meant for the architecture',
};

function leftOut({ plan, names }: View): readonly string[] {
  const entries = plan.unbuildable;
  if (entries.length === 0) return [];
  const kinds = Object.keys(WHY);
  const named = entries
    .map((about) => {
      const name = names.get(about.unit ?? '')?.name ?? about.source;
      const reason = shortenKeys(about.reason, names);
      // architectures share a reason but for their own names
      const common = reason.replaceAll(` on ${about.arch}`, '');
      return { name, reason, common, kind: about.kind, arch: about.arch };
    })
    .sort((a, b) =>
      firstDifference(
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
        compareText(a.name, b.name),
        compareText(a.arch, b.arch),
      ),
    );
  const groups = [
    ...groupBy(named, ({ kind, name, common }) => JSON.stringify([kind, name, common])).values(),
  ];
  const rows = groups
    .slice(0, FOLDED)
    .map((same) => [
      markdownCode(same[0].name),
      same.map(({ arch }) => markdownCode(arch)).join(', '),
      WHY[same[0].kind],
      markdownCode(cut(same.length === 1 ? same[0].reason : same[0].common)),
    ]);
  const content = markdownTable(['source', 'on', 'it', 'reason'], [], rows) + more(groups.length, FOLDED);
  return ['### Not in the plan', markdownFold(count(entries.length, 'build'), content)];
}

function cut(text: string): string {
  return text.length <= MOST_LETTERS
    ? text
    : `${text.slice(0, MOST_LETTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A heading and a table of builds, with how many more there are. */
function table(
  heading: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  total: number,
): readonly string[] {
  return [heading, markdownTable(head, BUILD_RIGHT, rows) + more(total, IN_SIGHT)];
}

function more(total: number, shown: number): string {
  return total <= shown ? '' : `\n\n… and ${String(total - shown)} more, in the plan`;
}
