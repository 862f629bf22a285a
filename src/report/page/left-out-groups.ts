import { groupBy } from '../../base/group-by.ts';
import type { ReportPlan } from '../report-data.ts';

type Unbuildable = ReportPlan['unbuildable'][number];

/** Why builds are left out, in words. */
export const LEFT_OUT_KINDS: Readonly<Record<Unbuildable['kind'], string>> = {
  'build-failed': 'Failed',
  'needs-failed': 'Needs one that failed',
  'not-run': 'Not built yet',
  missing: 'Needs what nothing provides',
  conflict: "Needs what can't be installed together",
  'hard-cycle': 'In a cycle without a way out',
  'needs-unbuildable': 'Needs one that is not built',
  'later-layer': 'Needs a later layer',
  'no-builder': 'Fits no builder',
  'not-for-arch': 'Not meant for the architecture',
};

/** The ones that somebody can do something about first. */
const ORDER = [
  'build-failed',
  'needs-failed',
  'not-run',
  'missing',
  'conflict',
  'hard-cycle',
  'needs-unbuildable',
  'later-layer',
  'no-builder',
  'not-for-arch',
] as const satisfies readonly Unbuildable['kind'][];

/** Sources that are left out for the same reason. */
export interface LeftOutCause {
  readonly reason: string;
  readonly entries: readonly Unbuildable[];
}

export interface LeftOutGroup {
  readonly kind: Unbuildable['kind'];
  readonly count: number;
  /** The cause that costs most first. */
  readonly causes: readonly LeftOutCause[];
}

/** What isn't in the plan, by kind, then by cause. */
export function groupLeftOut(unbuildable: ReportPlan['unbuildable']): readonly LeftOutGroup[] {
  return ORDER.flatMap((kind): readonly LeftOutGroup[] => {
    const own = unbuildable.filter((entry) => entry.kind === kind);
    if (own.length === 0) return [];
    const causes = [...groupBy(own, causeOf)].map(([reason, entries]) => ({ reason, entries }));
    // sorting is stable: causes that cost the same stay in the order of the plan
    causes.sort((a, b) => b.entries.length - a.entries.length);
    return [{ kind, count: own.length, causes }];
  });
}

/** The reason without the relation before it, which the rest names: those share a cause that lack the same. */
function causeOf({ kind, reason }: Unbuildable): string {
  return kind === 'missing' || kind === 'needs-unbuildable' ? reason.replace(/^\S+: .+?: (?=.)/, '') : reason;
}
