import { groupBy } from '../../base/group-by.ts';
import { STRATEGIES, STRATEGY_KINDS } from '../../cycles/strategies.ts';
import type { Plan, PlanBreak } from '../../plan/plan.ts';
import { distinct } from './distinct.ts';
import type { Style } from '../style.ts';
import { kindTable } from './kind-table.ts';
import { count, wrap, type Shown } from './lines.ts';
import { formatPlaces, labelUnit, type UnitNames } from './unit-names.ts';

type NotWaited = Pick<PlanBreak, 'from' | 'to'> & { readonly servedBy?: string | undefined };

interface Break {
  readonly from: string;
  readonly to: string;
  /** Where `from` is built. */
  readonly place: string;
  readonly servedBy: string | undefined;
}

/** Edges of a kind, or builds with something in common. */
interface Group {
  readonly title: string;
  /** The title of the whole list. */
  readonly heading: string;
  /** `3 edges`. */
  readonly size: string;
  readonly lines: () => readonly string[];
  /** The first of them, and whether there are more. */
  readonly brief: () => readonly [string, boolean];
  /** Whether somebody should look at it. */
  readonly isWarning: boolean;
}

/** The edges that the plan doesn't honour: who doesn't wait for whom, by what that means for the build. */
export function notWaitedFor(plan: Plan, names: UnitNames, shown: Shown, style: Style): readonly string[] {
  const groups = groupsOf(plan, names);
  if (groups.length === 0) return [];
  if (shown === 'some')
    return kindTable(
      groups.map((group) => ({ ...group, paint: paintOf(group, style), text: () => ownText(group) })),
    );
  const lines = groups
    .map((group) => ({ ...group, paint: paintOf(group, style) }))
    .flatMap(({ heading, lines: own, paint }) => [
      paint(heading),
      ...own().flatMap((line) => wrap(line, '  ', Infinity)),
    ]);
  return [...lines, 'debplan why A B PATH… shows the relations behind A → B'];
}

function paintOf({ isWarning }: Group, style: Style): (text: string) => string {
  return isWarning ? style.yellow : (text) => text;
}

/** The first line of a group, and that there are more. */
function ownText({ brief }: Group): string {
  const [first, isMore] = brief();
  return isMore ? `${first} …` : first;
}

/** How many builds don't wait for something: no fewer lines tell of them all. */
export function countNotWaiting(plan: Plan, names: UnitNames): number {
  return new Set(plan.breaks.map(({ from }) => names.get(from)?.name ?? from)).size;
}

function groupsOf(plan: Plan, names: UnitNames): readonly Group[] {
  const later = plan.breaks.filter(({ kind }) => kind === 'later-layer');
  const cycle = plan.breaks.filter(({ kind }) => kind === 'existing-binary');
  const unserved = later.filter(({ servedBy }) => servedBy === undefined);
  const served = later.filter(({ servedBy }) => servedBy !== undefined);
  const otherwise = OTHERWISE.flatMap((way) => {
    const breaks = plan.breaks
      .filter((entry) => entry.kind === way)
      .map((entry) => ({
        ...entry,
        servedBy: entry.profile ?? (entry.standIn === undefined ? undefined : nameOf(entry.standIn, names)),
      }));
    return kind(`to open cycles: ${STRATEGIES[way].title}`, breaks, plan, names);
  });
  return [
    ...kind('of a later layer, and nothing that exists serves', unserved, plan, names, true),
    ...kind('of a later layer: what exists serves', served, plan, names),
    ...kind(`to open cycles: ${STRATEGIES['existing-binary'].title}`, cycle, plan, names),
    ...otherwise,
    ...stale(plan, names),
  ];
}

/** What is built otherwise to open cycles. */
const OTHERWISE = STRATEGY_KINDS.filter((strategy) => strategy !== 'existing-binary');

function nameOf(id: string, names: UnitNames): string {
  return names.get(id)?.name ?? id;
}

/** Who is built with older versions than the plan builds. */
function stale(plan: Plan, names: UnitNames): readonly Group[] {
  const found = plan.breaks.filter((entry) => entry.stale !== undefined);
  if (found.length === 0) return [];
  const lines = [...new Set(found.map(({ from }) => from))].map((from) => {
    const own = found.filter((entry) => entry.from === from);
    const binaries = new Map(own.flatMap(({ stale: old = [] }) => old.map((entry) => [entry.binary, entry])));
    const [first, ...others] = binaries.values();
    const what =
      first === undefined ? '' : `${first.binary} ${first.existingVersion}, not ${first.plannedVersion}`;
    const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
    const again = own.some(({ rebuiltBy }) => rebuiltBy !== undefined) ? '; built again at the end' : '';
    return `${labelUnit(from, names, plan)}: ${what}${more}${again}`;
  });
  const isOpen = found.some(({ rebuiltBy }) => rebuiltBy === undefined);
  const size = count(lines.length, 'build');
  const again = isOpen ? ': --rebuild-stale builds them again' : '';
  return [
    {
      title: `built with older versions${isOpen ? ': --rebuild-stale' : ''}`,
      heading: `built with older versions than the plan builds (${size})${again}`,
      size,
      lines: () => lines,
      brief: () => [lines[0] ?? '', lines.length > 1],
      isWarning: isOpen,
    },
  ];
}

function kind(
  title: string,
  breaks: readonly NotWaited[],
  plan: Plan,
  names: UnitNames,
  isWarning = false,
): readonly Group[] {
  if (breaks.length === 0) return [];
  const linesOf = (some: readonly NotWaited[]): readonly string[] => {
    const named = some.map(({ from, to, servedBy }) => ({
      from: nameOf(from, names),
      to: nameOf(to, names),
      place: names.get(from)?.place ?? '',
      servedBy,
    }));
    return byPlaces(named).map((edges) => formatEdges(edges, plan));
  };
  const size = count(breaks.length, 'edge');
  return [
    {
      title,
      heading: `${title} (${size})`,
      size,
      lines: () => linesOf(breaks),
      // a line is of edges that one unit has: the first needs only those of the first unit
      brief: () => {
        const first = nameOf(breaks[0]?.from ?? '', names);
        const own = breaks.filter(({ from }) => nameOf(from, names) === first);
        const [line = '', ...others] = linesOf(own);
        return [line, others.length > 0 || own.length < breaks.length];
      },
      isWarning,
    },
  ];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly places: readonly string[];
  /** The binary that serves, when it is the same everywhere. */
  readonly servedBy: string | undefined;
}

/** Edges of one unit in the same places, together. */
function byPlaces(breaks: readonly Break[]): readonly (readonly [Edge, ...Edge[]])[] {
  const edges = [...groupBy(breaks, ({ from, to }) => `${from} ${to}`).values()].map((same): Edge => {
    const [{ from, to, servedBy }] = same;
    const isSame = same.every((entry) => entry.servedBy === servedBy);
    return {
      from,
      to,
      places: distinct(same, ({ place }) => place),
      servedBy: isSame ? servedBy : undefined,
    };
  });
  return [...groupBy(edges, ({ from, places }) => [from, ...places].join(' ')).values()];
}

function formatEdges(edges: readonly [Edge, ...Edge[]], plan: Plan): string {
  const [{ from, places, servedBy }] = edges;
  const to = edges.map((edge) => edge.to).join(', ');
  const serves = edges.length === 1 && servedBy !== undefined ? `: ${servedBy}` : '';
  return `${from} → ${to}${formatPlaces(places, plan)}${serves}`;
}
