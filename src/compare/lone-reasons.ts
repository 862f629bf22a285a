import { compareText } from '../base/compare.ts';
import { groupBy } from '../base/group-by.ts';
import type { PlanUnbuildable } from '../plan/plan.ts';
import type { LoneReason, LoneUnit, Pair } from './comparison-document.ts';
import { comparedTask } from './changed-units.ts';
import type { Matching } from './match-units.ts';
import { partsOf, unitKey, unitName, type Side, type SideTask } from './side.ts';

/** Units that one side alone builds, each with why the other one doesn't. O(n) */
export function loneUnits(sides: Pair<Side>, { lone }: Matching): readonly LoneUnit[] {
  const explain: Pair<(entry: SideTask) => LoneReason> = [
    explainer(sides[0], sides[1]),
    explainer(sides[1], sides[0]),
  ];
  return lone.map(({ entry, side }) => ({
    unit: unitName(partsOf(entry, sides[side].isByArch)),
    side,
    task: comparedTask(entry.task, 0),
    why: explain[side](entry),
  }));
}

type Explanation = (entry: SideTask) => LoneReason | undefined;

/** Why `other` doesn't build what `own` does: the first explanation that holds. */
function explainer(own: Side, other: Side): (entry: SideTask) => LoneReason {
  // most units are explained by the first few: the indexes of the others are made when somebody asks
  const explanations: readonly Explanation[] = [
    lazily(() => archNotPlanned(other)),
    lazily(() => lostThere(other)),
    lazily(() => stageThere(own, other)),
    lazily(() => otherVersion(other)),
    lazily(() => otherHalves(other)),
    lazily(() => otherLayer(other)),
    lazily(() => notSelected(other)),
    lazily(() => notRead(own, other)),
  ];
  return (entry) => {
    for (const explanation of explanations) {
      const reason = explanation(entry);
      if (reason !== undefined) return reason;
    }
    return { kind: 'unknown', reason: `the plan of ${other.label} does not say why` };
  };
}

function lazily(make: () => Explanation): Explanation {
  let made: Explanation | undefined;
  return (entry) => (made ??= make())(entry);
}

function archNotPlanned({ plan, isByArch }: Side): Explanation {
  const planned = new Set(plan.options.architectures);
  return ({ place }) =>
    isByArch || place === 'all' || planned.has(place)
      ? undefined
      : { kind: 'arch-not-planned', reason: `nothing is planned for ${place} there` };
}

/** What the other plan says of the source that it leaves out. */
function lostThere({ plan, arch, isByArch }: Side): Explanation {
  const lost = groupBy(plan.unbuildable, (entry) => lossKey(entry.source, entry.arch));
  return ({ task, place }) => {
    const wanted = place === 'all' ? plan.options.allOn : isByArch ? (arch ?? '') : place;
    const entries = lost.get(lossKey(task.source, wanted)) ?? [];
    const path = [task.layer, task.buildType, `${task.source}_`].filter((part) => part !== undefined);
    const found =
      entries.find(({ unit }) => unit?.startsWith(path.join('/'))) ??
      entries.find(({ unit }) => unit === undefined);
    if (found === undefined) return undefined;
    const { kind, reason } = found;
    return { kind, reason: kind === 'build-failed' ? `failed: ${reason}` : reason };
  };
}

function lossKey(source: PlanUnbuildable['source'], arch: string): string {
  return JSON.stringify([source, arch]);
}

/** The same source is built without this first build, or isn't built again. */
function stageThere(own: Side, other: Side): Explanation {
  const opened = new Map(
    own.plan.breaks.flatMap((entry) =>
      entry.standIn === undefined ? [] : [[entry.standIn, entry] as const],
    ),
  );
  let full: ReadonlySet<string> | undefined;
  return (entry) => {
    if (entry.task.stage === '') return undefined;
    const parts = partsOf(entry, own.isByArch);
    full ??= new Set(other.tasks.map(({ key }) => key));
    if (!full.has(unitKey({ ...parts, stage: '' }))) return undefined;
    if (parts.stage === 'rebuild') return { kind: 'stage', reason: 'it is not built again there' };
    const cycle = opened.get(entry.task.id);
    const opens = cycle === undefined ? '' : `: here it opens the cycle of ${cycle.from} and ${cycle.to}`;
    return { kind: 'stage', reason: `no first build is needed there${opens}` };
  };
}

function otherVersion({ tasks }: Side): Explanation {
  const versions = groupBy(tasks, ({ key }) => key);
  return ({ key }) => {
    const there = versions.get(key);
    if (there === undefined) return undefined;
    const built = there.map(({ task }) => task.version).sort(compareText);
    return { kind: 'other-version', reason: `built there in version ${built.join(', ')} only` };
  };
}

function otherHalves({ plan, tasks, isByArch }: Side): Explanation {
  const there = groupBy(tasks, (entry) => unitKey({ ...partsOf(entry, isByArch), place: '' }));
  const { kind } = plan.options;
  return (entry) => {
    const isIndep = entry.place === 'all';
    if (kind === (isIndep ? 'any' : 'all')) {
      const half = kind === 'all' ? 'architecture-independent' : 'architecture-dependent';
      return { kind: 'other-halves', reason: `only ${half} packages are planned there` };
    }
    const [namesake] = there.get(unitKey({ ...partsOf(entry, isByArch), place: '' })) ?? [];
    if (namesake === undefined) return undefined;
    return isIndep
      ? { kind: 'other-halves', reason: `built there together with ${namesake.task.id}` }
      : { kind: 'other-halves', reason: `only ${namesake.task.id} is built there` };
  };
}

function otherLayer({ tasks, isByArch }: Side): Explanation {
  const keyOf = (entry: SideTask): string =>
    unitKey({ ...partsOf(entry, isByArch), layer: undefined, buildType: undefined });
  const there = groupBy(tasks, keyOf);
  return (entry) => {
    const [namesake] = there.get(keyOf(entry)) ?? [];
    return namesake === undefined
      ? undefined
      : { kind: 'other-layer', reason: `built there as ${namesake.task.id}` };
  };
}

function notSelected({ plan }: Side): Explanation {
  const { select } = plan.options;
  return () =>
    select.length === 0
      ? undefined
      : { kind: 'not-selected', reason: `not among what is selected there: ${select.join(', ')}` };
}

/** Plans of the same inputs have the same sources. */
function notRead(own: Side, other: Side): Explanation {
  const read = new Map(other.plan.inputs.map(({ name, sha256 }) => [name, sha256]));
  const isSame = own.plan.inputs.every(({ name, sha256 }) => read.get(name) === sha256);
  return () => (isSame ? undefined : { kind: 'not-read', reason: 'it is not in the inputs there' });
}
