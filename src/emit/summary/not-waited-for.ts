import { groupBy } from '../../base/group-by.ts';
import { STRATEGIES, STRATEGY_KINDS } from '../../cycles/strategies.ts';
import type { Plan, PlanBreak } from '../../plan/plan.ts';
import { distinct } from './distinct.ts';
import { count, shorten, wrap } from './lines.ts';
import { formatPlaces, labelUnit, type UnitNames } from './unit-names.ts';

/** How many lines a kind gets. */
const SHOWN = { unserved: 6, later: 3, cycle: 4, stale: 1 } as const;

type NotWaited = Pick<PlanBreak, 'from' | 'to'> & { readonly servedBy?: string | undefined };

interface Break {
  readonly from: string;
  readonly to: string;
  /** Where `from` is built. */
  readonly place: string;
  readonly servedBy: string | undefined;
}

/** The edges that the plan doesn't honour: who doesn't wait for whom, by what that means for the build. */
export function notWaitedFor(plan: Plan, names: UnitNames): readonly string[] {
  const later = plan.breaks.filter(({ kind }) => kind === 'later-layer');
  const cycle = plan.breaks.filter(({ kind }) => kind === 'existing-binary');
  const unserved = later.filter(({ servedBy }) => servedBy === undefined);
  const served = later.filter(({ servedBy }) => servedBy !== undefined);
  const lines = [
    ...kind('of a later layer, and nothing that exists serves', unserved, SHOWN.unserved, plan, names),
    ...kind('of a later layer: what exists serves', served, SHOWN.later, plan, names),
    ...kind(`to open cycles: ${STRATEGIES['existing-binary'].title}`, cycle, SHOWN.cycle, plan, names),
    ...OTHERWISE.flatMap((way) =>
      kind(
        `to open cycles: ${STRATEGIES[way].title}`,
        plan.breaks
          .filter((entry) => entry.kind === way)
          .map((entry) => ({ ...entry, servedBy: entry.profile ?? nameOf(entry.standIn, names) })),
        SHOWN.cycle,
        plan,
        names,
      ),
    ),
    ...stale(plan, names),
  ];
  return lines.length === 0 ? [] : [...lines, 'debplan why A B PATH… shows the relations behind A → B'];
}

/** What is built otherwise to open cycles. */
const OTHERWISE = STRATEGY_KINDS.filter((strategy) => strategy !== 'existing-binary');

function nameOf(id: string | undefined, names: UnitNames): string | undefined {
  return id === undefined ? undefined : (names.get(id)?.name ?? id);
}

/** Who is built with older versions than the plan builds. */
function stale(plan: Plan, names: UnitNames): readonly string[] {
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
  return [
    `built with older versions than the plan builds (${count(lines.length, 'build')})${isOpen ? ': --rebuild-stale builds them again' : ''}`,
    ...shorten(lines, SHOWN.stale).flatMap((line) => wrap(line, '  ', 2)),
  ];
}

function kind(
  title: string,
  breaks: readonly NotWaited[],
  limit: number,
  plan: Plan,
  names: UnitNames,
): readonly string[] {
  if (breaks.length === 0) return [];
  const named = breaks.map(({ from, to, servedBy }) => ({
    from: names.get(from)?.name ?? from,
    to: names.get(to)?.name ?? to,
    place: names.get(from)?.place ?? '',
    servedBy,
  }));
  const lines = byPlaces(named).map((edges) => formatEdges(edges, plan));
  return [
    `${title} (${count(breaks.length, 'edge')})`,
    ...shorten(lines, limit).flatMap((line) => wrap(line, '  ', 2)),
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
