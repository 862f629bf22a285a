import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import type { ChangedUnit, ComparedTask, Pair, SideIndex, UnitChange } from './comparison-document.ts';
import { partsOf, unitName, type SideTask } from './side.ts';

/** What differs between two builds of a unit; in the order of `ChangedUnit.changes`. */
const CHANGES: Readonly<
  Record<UnitChange, (left: PlacedTask, right: PlacedTask, isByArch: boolean) => boolean>
> = {
  version: (left, right) => left.task.version !== right.task.version,
  position: (left, right) => left.task.position !== right.task.position,
  start: (left, right) => left.task.startMs !== right.task.startMs,
  duration: (left, right) => left.task.durationMs !== right.task.durationMs,
  mode: (left, right) => left.task.mode !== right.task.mode,
  // builds for two architectures have no builder in common
  builder: (left, right, isByArch) =>
    (!isByArch || left.runsOn === right.runsOn) && left.task.builder !== right.task.builder,
  'make-jobs': (left, right) => left.task.makeJobs !== right.task.makeJobs,
  'ram-disk': (left, right) => left.task.ramDiskBytes !== right.task.ramDiskBytes,
  'duration-estimate': (left, right) => left.task.estimatedBy.duration !== right.task.estimatedBy.duration,
  'ram-disk-estimate': (left, right) => left.task.estimatedBy.ramDisk !== right.task.estimatedBy.ramDisk,
};

/** The names of the changes, in their order. */
export const UNIT_CHANGES: readonly UnitChange[] = Object.keys(CHANGES).filter(isUnitChange);

function isUnitChange(name: string): name is UnitChange {
  return Object.hasOwn(CHANGES, name);
}

interface PlacedTask {
  readonly task: ComparedTask;
  readonly runsOn: string;
}

/**
 * The units of both sides that are not planned alike: the one whose start moved farthest first, then duration, then position.
 * A build that serves both architectures is the same on both sides.
 */
export function changedUnits(pairs: readonly Pair<SideTask>[], isByArch: boolean): readonly ChangedUnit[] {
  const positions: Pair<readonly number[]> = [positionsOf(pairs, 0), positionsOf(pairs, 1)];
  return pairs
    .flatMap((pair, number): readonly ChangedUnit[] => {
      if (isByArch && isShared(pair)) return [];
      const left = comparedTask(pair[0].task, at(positions[0], number));
      const right = comparedTask(pair[1].task, at(positions[1], number));
      const placed: Pair<PlacedTask> = [
        { task: left, runsOn: pair[0].runsOn },
        { task: right, runsOn: pair[1].runsOn },
      ];
      const changes = UNIT_CHANGES.filter((change) => CHANGES[change](placed[0], placed[1], isByArch));
      if (changes.length === 0) return [];
      const differences = {
        startMs: right.startMs - left.startMs,
        durationMs: right.durationMs - left.durationMs,
        position: right.position - left.position,
      };
      return [{ unit: unitName(partsOf(pair[0], isByArch)), tasks: [left, right], ...differences, changes }];
    })
    .sort((a, b) =>
      firstDifference(
        Math.abs(b.startMs) - Math.abs(a.startMs),
        Math.abs(b.durationMs) - Math.abs(a.durationMs),
        Math.abs(b.position) - Math.abs(a.position),
      ),
    );
}

/** Whether both sides use one and the same build. */
export function isShared([left, right]: Pair<SideTask>): boolean {
  return left.task === right.task;
}

/** How often each change occurs; every name is there. */
export function countChanges(changed: readonly ChangedUnit[]): Readonly<Record<UnitChange, number>> {
  const counts: Partial<Record<UnitChange, number>> = Object.fromEntries(
    UNIT_CHANGES.map((change) => [change, 0]),
  );
  for (const { changes } of changed) for (const change of changes) counts[change] = (counts[change] ?? 0) + 1;
  if (!isComplete(counts)) throw new Error('BUG: a change was not counted');
  return counts;
}

function isComplete(
  counts: Readonly<Partial<Record<UnitChange, number>>>,
): counts is Readonly<Record<UnitChange, number>> {
  return UNIT_CHANGES.every((change) => Object.hasOwn(counts, change));
}

/** A task as the document shows it. */
export function comparedTask(
  {
    id,
    version,
    builder,
    mode,
    makeJobs,
    startMs,
    durationMs,
    ramDiskBytes,
    estimatedBy,
    critical,
  }: SideTask['task'],
  position: number,
): ComparedTask {
  return {
    id,
    version,
    position,
    builder,
    mode,
    makeJobs,
    startMs,
    durationMs,
    ramDiskBytes,
    estimatedBy: { duration: estimatedBy.duration, ramDisk: estimatedBy.ramDisk },
    critical,
  };
}

/** The place of each pair in one side's order of starts, from 1 on; ties are broken alike on both sides. */
function positionsOf(pairs: readonly Pair<SideTask>[], side: SideIndex): readonly number[] {
  const order = pairs.map((pair, number) => ({ task: pair[side].task, number }));
  order.sort((a, b) =>
    firstDifference(compareNumber(a.task.startMs, b.task.startMs), compareNumber(a.number, b.number)),
  );
  const positions = Array.from<number>({ length: pairs.length });
  order.forEach(({ number }, position) => {
    positions[number] = position + 1;
  });
  return positions;
}
