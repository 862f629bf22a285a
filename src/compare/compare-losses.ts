import { compareText } from '../base/compare.ts';
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

/** What neither side builds, for reasons of another kind; between plans also for another reason in words. O(n log n) */
export function compareLosses(sides: Pair<Side>): readonly ComparedLoss[] {
  const ours = groupBy(lossesOf(sides[0]), ({ source }) => source);
  const theirs = groupBy(lossesOf(sides[1]), ({ source }) => source);
  return [...ours]
    .flatMap(([source, losses]) => matchLosses(losses, theirs.get(source) ?? []))
    .filter(
      ([left, right]) =>
        left.entry.kind !== right.entry.kind ||
        (!sides[0].isByArch && left.entry.reason !== right.entry.reason),
    )
    .map(([left, right]) => ({
      unit: left.entry.unit === undefined ? right.name : left.name,
      reasons: [reasonOf(left.entry), reasonOf(right.entry)] as const,
    }))
    .sort((a, b) => compareText(a.unit, b.unit));
}

/** By name; what is left is matched with a source that isn't meant for the architecture, in any layer. */
function matchLosses(ours: readonly Loss[], theirs: readonly Loss[]): readonly Pair<Loss>[] {
  const byName = groupBy(theirs, ({ name }) => name);
  const same = [...groupBy(ours, ({ name }) => name)].flatMap(([name, losses]) =>
    losses.flatMap((loss, index): readonly Pair<Loss>[] => {
      const other = byName.get(name)?.[index];
      return other === undefined ? [] : [[loss, other]];
    }),
  );
  const taken = new Set(same.flat());
  const others = theirs.filter((loss) => !taken.has(loss));
  const crossed = ours
    .filter((loss) => !taken.has(loss))
    .flatMap((loss) => others.map((other): Pair<Loss> => [loss, other]))
    .filter((pair) => pair.some(({ entry }) => entry.unit === undefined));
  return [...same, ...crossed];
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
