import { groupBy } from '../../base/group-by.ts';
import type { Plan, PlanUnbuildable } from '../../plan/plan.ts';
import { distinct } from './distinct.ts';
import type { Style } from '../style.ts';
import { kindTable } from './kind-table.ts';
import { count, joinNames, wrap, type Shown } from './lines.ts';
import { formatPlaces, shortenKeys, type UnitNames } from './unit-names.ts';

interface Kind {
  readonly title: string;
  readonly noun: string;
  readonly format: (group: Group, plan: Plan) => string;
  /** Whether somebody has to do something, should look at it, or need not care. */
  readonly colour: 'red' | 'yellow' | 'dim';
}

/** In the order of the summary. */
const KINDS: Readonly<Record<PlanUnbuildable['kind'], Kind>> = {
  'hard-cycle': { title: 'in a cycle without a way out', noun: 'build', format: formatRing, colour: 'red' },
  'needs-unbuildable': {
    title: 'needs one that is not built',
    noun: 'build',
    format: formatReason,
    colour: 'yellow',
  },
  'later-layer': { title: 'needs a later layer', noun: 'build', format: formatReason, colour: 'red' },
  'no-builder': { title: 'fits no builder', noun: 'build', format: formatReason, colour: 'red' },
  'build-failed': { title: 'failed', noun: 'build', format: formatReason, colour: 'red' },
  'needs-failed': { title: 'needs one that failed', noun: 'build', format: formatReason, colour: 'yellow' },
  'not-run': { title: 'not built yet', noun: 'build', format: formatReason, colour: 'yellow' },
  conflict: {
    title: "needs what can't be installed together",
    noun: 'build',
    format: formatReason,
    colour: 'red',
  },
  missing: { title: 'needs what nothing provides', noun: 'build', format: formatReason, colour: 'red' },
  'not-for-arch': {
    title: 'not meant for the architecture',
    noun: 'source',
    format: formatReason,
    colour: 'dim',
  },
};

/** What isn't in the plan: a line a kind, or each reason with all that it keeps from being built; architectures joined. */
export function leftOut(plan: Plan, names: UnitNames, shown: Shown, style: Style): readonly string[] {
  const kinds = Object.entries(KINDS).flatMap(([kind, { title, noun, format, colour }]) => {
    const entries = plan.unbuildable.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const groups = groupByReason(entries, names);
    return [{ title, size: count(entries.length, noun), colour, groups, format }];
  });
  if (shown === 'all')
    return kinds.flatMap(({ title, size, groups, format, colour }) => [
      style[colour](`${title} (${size})`),
      ...groups.flatMap((group) => wrap(format(group, plan), '  ', Infinity)),
    ]);
  return kindTable(
    kinds.map(({ title, size, groups, format, colour }) => ({
      size,
      title,
      paint: style[colour],
      text: (width) => briefly(groups, format, plan, width),
    })),
  );
}

/** The reason, where there is one and it fits; else names. */
function briefly(groups: readonly Group[], format: Kind['format'], plan: Plan, width: number): string {
  const reasons = groups.map((group) => format(group, plan));
  const [first = '', ...others] = reasons;
  if (format === formatRing || (others.length === 0 && first.length <= width))
    return others.length === 0 ? first : `${first} …`;
  const byPlace = groupBy(groups, ({ places }) => places.join(' '));
  const named = [...byPlace.values()].flatMap((same) => {
    const names = distinct(
      same.flatMap((group) => group.names),
      (name) => name,
    );
    return [...names.slice(0, -1), `${names.at(-1) ?? ''}${formatPlaces(same[0].places, plan)}`];
  });
  return joinNames(named, width);
}

interface Group {
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly reason: string;
}

/** Stands in a reason for the entry's own architecture, so that architectures can share the reason. */
const HERE = '\0';

function groupByReason(entries: readonly PlanUnbuildable[], names: UnitNames): readonly Group[] {
  const named = entries.map((entry) => ({
    name: names.get(entry.unit ?? '')?.name ?? entry.source,
    place: names.get(entry.unit ?? '')?.place ?? entry.arch,
    arch: entry.arch,
    reason: shortenKeys(withoutRelation(entry), names).replaceAll(` on ${entry.arch}`, HERE),
  }));
  const byName = [...groupBy(named, ({ name, reason }) => `${name} ${reason}`).values()].map((same) => ({
    name: same[0].name,
    places: distinct(same, ({ place }) => place),
    reason: same[0].reason.replaceAll(HERE, same.length === 1 ? ` on ${same[0].arch}` : ''),
  }));
  return [...groupBy(byName, ({ places, reason }) => `${places.join(' ')} ${reason}`).values()].map(
    (same) => ({
      names: distinct(same, ({ name }) => name),
      places: same[0].places,
      reason: same[0].reason,
    }),
  );
}

/** `Build-Depends: RELATION: what is wrong` without the relation, which the rest names. */
function withoutRelation({ kind, reason }: PlanUnbuildable): string {
  const isLoss = kind === 'missing' || kind === 'needs-unbuildable';
  return isLoss ? reason.replace(/^\S+: .+?: (?=.)/, '') : reason;
}

/** The ring, and what is in the knot but not on the ring. */
function formatRing(group: Group, plan: Plan): string {
  const ring = /^in the cycle (.+)$/.exec(group.reason)?.[1];
  if (ring === undefined) return formatReason(group, plan);
  const onRing = new Set(ring.split(' → '));
  const others = group.names.filter((name) => !onRing.has(name));
  const rest = others.length === 0 ? '' : `, knotted with ${others.join(', ')}`;
  return `${ring}${formatPlaces(group.places, plan)}${rest}`;
}

function formatReason({ names, places, reason }: Group, plan: Plan): string {
  return `${names.join(', ')}${formatPlaces(places, plan)}: ${reason}`;
}
