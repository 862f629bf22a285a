import { groupBy } from '../../base/group-by.ts';
import type { Plan, PlanUnbuildable } from '../../plan/plan.ts';
import { distinct } from './distinct.ts';
import { count, shorten, wrap } from './lines.ts';
import { formatPlaces, shortenKeys, type UnitNames } from './unit-names.ts';

interface Kind {
  readonly title: string;
  readonly noun: string;
  /** How many entries are shown. */
  readonly shown: number;
  readonly format: (group: Group, plan: Plan) => string;
}

/** In the order of the summary. */
const KINDS: Readonly<Record<PlanUnbuildable['kind'], Kind>> = {
  'hard-cycle': { title: 'in a cycle without a way out', noun: 'build', shown: 6, format: formatRing },
  'needs-unbuildable': {
    title: 'needs one that is not built',
    noun: 'build',
    shown: 4,
    format: formatReason,
  },
  'later-layer': { title: 'needs a later layer', noun: 'build', shown: 4, format: formatReason },
  'no-builder': { title: 'fits no builder', noun: 'build', shown: 4, format: formatReason },
  conflict: {
    title: "needs what can't be installed together",
    noun: 'build',
    shown: 4,
    format: formatReason,
  },
  missing: { title: 'needs what nothing provides', noun: 'build', shown: 4, format: formatReason },
  'not-for-arch': { title: 'not meant for the architecture', noun: 'source', shown: 3, format: formatReason },
};

/** What isn't in the plan: entries of one reason together, architectures joined. */
export function leftOut(plan: Plan, names: UnitNames): readonly string[] {
  return Object.entries(KINDS).flatMap(([kind, { title, noun, shown, format }]) => {
    const entries = plan.unbuildable.filter((entry) => entry.kind === kind);
    if (entries.length === 0) return [];
    const lines = groupByReason(entries, names).map((group) => format(group, plan));
    return [
      `${title} (${count(entries.length, noun)})`,
      ...shorten(lines, shown).flatMap((line) => wrap(line, '  ', 3)),
    ];
  });
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

/** How many names of a reason are shown. */
const NAMES = 6;

function formatReason({ names, places, reason }: Group, plan: Plan): string {
  const more = names.length - NAMES;
  const shown = more > 1 ? [...names.slice(0, NAMES), `${String(more)} more`] : names;
  return `${shown.join(', ')}${formatPlaces(places, plan)}: ${reason}`;
}
