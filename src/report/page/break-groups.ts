import { groupBy } from '../../base/group-by.ts';
import type { ReportPlan } from '../report-data.ts';

type Break = ReportPlan['breaks'][number];

/** What an edge that isn't honoured comes from, in words. In the order in which they are listed. */
export const BREAK_KINDS: Readonly<Record<Break['kind'], string>> = {
  'existing-binary': 'what exists serves',
  profile: 'a build profile drops the need',
  'arch-all-apart': 'the Architecture: all half is built apart',
  'staged-build': 'built twice, the first time without the need',
  'cross-build': 'built on another architecture',
  'later-layer': 'of a later layer',
};

/** Breaks of one kind, whose unit stands once. */
export interface BreakGroup {
  readonly kind: Break['kind'];
  readonly count: number;
  /** In the order of the plan. */
  readonly units: readonly { readonly from: string; readonly breaks: readonly Break[] }[];
}

/** Breaks by kind, then by who doesn't wait. */
export function groupBreaks(breaks: ReportPlan['breaks']): readonly BreakGroup[] {
  return BREAK_ORDER.flatMap((kind): readonly BreakGroup[] => {
    const own = breaks.filter((entry) => entry.kind === kind);
    if (own.length === 0) return [];
    const units = [...groupBy(own, ({ from }) => from)].map(([from, entries]) => ({ from, breaks: entries }));
    return [{ kind, count: own.length, units }];
  });
}

const BREAK_ORDER = [
  'existing-binary',
  'profile',
  'arch-all-apart',
  'staged-build',
  'cross-build',
  'later-layer',
] as const satisfies readonly Break['kind'][];
