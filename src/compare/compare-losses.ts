import { compareText, firstDifference } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import type { PlanUnbuildable } from '../plan/plan.ts';
import type { ComparedLoss, Pair } from './comparison-document.ts';
import type { Side } from './side.ts';

interface Loss {
  readonly entry: PlanUnbuildable;
  /** The source with its layer and build type where the plan tells them, and its architecture unless that doesn't count. */
  readonly name: string;
  /** The same without layer and build type. */
  readonly source: string;
}

/** What neither side builds, for reasons of another kind; between plans also for another reason in words. */
export function compareLosses(sides: Pair<Side>): readonly ComparedLoss[] {
  const [left, right] = [lossesOf(sides[0]), lossesOf(sides[1])];
  const theirs = groupBy(right, ({ source }) => source);
  const isSame = (a: PlanUnbuildable, b: PlanUnbuildable): boolean =>
    a.kind === b.kind && (sides[0].isByArch || a.reason === b.reason);
  return left
    .flatMap((ours) =>
      (theirs.get(ours.source) ?? [])
        .filter((other) => isSameUnit(ours, other) && !isSame(ours.entry, other.entry))
        .map((other) => ({
          unit: ours.entry.unit === undefined ? other.name : ours.name,
          reasons: [reasonOf(ours.entry), reasonOf(other.entry)] as const,
        })),
    )
    .sort((a, b) => firstDifference(compareText(a.unit, b.unit)));
}

/** What isn't meant for an architecture stands for all units of its source. */
function isSameUnit(a: Loss, b: Loss): boolean {
  return a.name === b.name || a.entry.unit === undefined || b.entry.unit === undefined;
}

function lossesOf({ plan, arch, isByArch }: Side): readonly Loss[] {
  return plan.unbuildable
    .filter((entry) => arch === null || entry.arch === arch)
    .map((entry) => {
      const { unit = entry.source, source } = entry;
      const place = isByArch ? '' : `/${entry.arch}`;
      const path = unit.split('/').slice(0, -2);
      return { entry, name: `${[...path, source].join('/')}${place}`, source: `${source}${place}` };
    });
}

function reasonOf({ kind, reason }: PlanUnbuildable): Pick<PlanUnbuildable, 'kind' | 'reason'> {
  return { kind, reason };
}
