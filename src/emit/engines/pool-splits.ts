import { compareText, firstDifference } from '../../base/compare.ts';
import { groupBy } from '../../base/group-by.ts';
import type { PlanBuilder, PlanTask } from '../../plan/plan.ts';
import { classTimeMs, poolDepths, ramDiskOf, type TaskClass } from './pool-depths.ts';

/** One way to share a builder among its builds. */
export interface PoolSplit {
  readonly classes: readonly TaskClass[];
  /** One number a class; no limit of the builder can be exceeded. */
  readonly depths: readonly number[];
  /** Builds that the plan has in RAM and that this way builds on disk, since they would leave the others no room. */
  readonly movedCount: number;
  /** The longest time of a class, if nothing had to wait for anything; then the sum of all classes' times. */
  readonly scoreMs: readonly [number, number];
}

/**
 * Ways to share a builder, the most promising first; there is always one. With a budget of RAM disk: all in one class, RAM and
 * disk apart, large and small apart, and each of that with up to twelve giants on disk. With chroots: by their sizes.
 * O(splits × tasks log tasks)
 */
export function poolSplits(builder: PlanBuilder, tasks: readonly PlanTask[]): readonly PoolSplit[] {
  const partitions = builder.ramDiskChroots.length > 0 ? byChroot(builder, tasks) : byBudget(builder, tasks);
  return partitions
    .flatMap(({ classes, movedCount }) => {
      const filled = classes.filter((one) => one.tasks.length > 0);
      const depths = poolDepths(filled, builder);
      if (depths === undefined) return [];
      const times = filled.map((one, index) => classTimeMs(one, depths[index] ?? 1));
      const sum = times.reduce((total, timeMs) => total + timeMs, 0);
      const split: PoolSplit = {
        classes: filled,
        depths,
        movedCount,
        scoreMs: [times.reduce((a, b) => Math.max(a, b), 0), sum],
      };
      return [split];
    })
    .sort((a, b) =>
      firstDifference(
        a.scoreMs[0] - b.scoreMs[0],
        a.movedCount - b.movedCount,
        a.scoreMs[1] - b.scoreMs[1],
        a.classes.length - b.classes.length,
      ),
    );
}

interface Partition {
  readonly classes: readonly TaskClass[];
  readonly movedCount: number;
}

const MOST_MOVED = 12;

function byBudget(builder: PlanBuilder, tasks: readonly PlanTask[]): readonly Partition[] {
  const { slots, diskSlots, diskFactor, ramDiskBytes } = builder;
  const largestFirst = tasks.toSorted((a, b) =>
    firstDifference(ramDiskOf(b) - ramDiskOf(a), compareText(a.id, b.id)),
  );
  const giants = largestFirst.filter((task) => ramDiskOf(task) > ramDiskBytes / slots).length;
  const most = diskSlots > 0 ? Math.min(giants, MOST_MOVED) : 0;
  return Array.from({ length: most + 1 }, (_, movedCount): readonly Partition[] => {
    const moved = largestFirst.map((task, index) => (index < movedCount ? onDisk(task, diskFactor) : task));
    const disk = moved.filter(({ mode }) => mode === 'disk');
    const ram = moved.filter(({ mode }) => mode === 'ram');
    const all = { name: 'all', tasks: moved, mostAtOnce: disk.length > 0 ? diskSlots : slots };
    const apart = { name: 'disk', tasks: disk, mostAtOnce: diskSlots };
    const cuts = cutsOf(ram.length).map((cut): Partition => ({
      classes: [
        { name: 'large', tasks: ram.slice(0, cut), mostAtOnce: slots },
        { name: 'small', tasks: ram.slice(cut), mostAtOnce: slots },
        apart,
      ],
      movedCount,
    }));
    const plain = [[all], [{ name: 'ram', tasks: ram, mostAtOnce: slots }, apart]];
    return [...plain.map((classes): Partition => ({ classes, movedCount })), ...cuts];
  }).flat();
}

/** Above it a cut after a few of the largest leaves all the others to the other class. */
const MANY = 2000;

/** After how many of the largest to cut: after each of the first, and in even steps. */
function cutsOf(count: number): readonly number[] {
  const steps = Array.from({ length: 12 }, (_, step) => Math.round((count * (step + 1)) / 16));
  const first = count > MANY ? [] : Array.from({ length: 12 }, (_, index) => index + 1);
  return [...new Set([...first, ...steps])].filter((cut) => cut > 0 && cut < count);
}

function byChroot(builder: PlanBuilder, tasks: readonly PlanTask[]): readonly Partition[] {
  const { ramDiskChroots, diskSlots } = builder;
  const sizes = groupBy(ramDiskChroots, (bytes) => bytes);
  const sizeOf = ({ chroot }: PlanTask): number | undefined =>
    chroot === undefined ? undefined : ramDiskChroots[chroot];
  const classes = [...sizes].map(([bytes, chroots], index): TaskClass => ({
    name: `chroot-${String(index + 1)}`,
    tasks: tasks.filter((task) => task.mode === 'ram' && sizeOf(task) === bytes),
    mostAtOnce: chroots.length,
  }));
  const disk = { name: 'disk', tasks: tasks.filter(({ mode }) => mode === 'disk'), mostAtOnce: diskSlots };
  const one = {
    name: 'all',
    tasks,
    mostAtOnce: Math.min(diskSlots, ...[...sizes.values()].map(({ length }) => length)),
  };
  return [[...classes, disk], [one]].map((all) => ({ classes: all, movedCount: 0 }));
}

function onDisk(task: PlanTask, diskFactor: number): PlanTask {
  return { ...task, mode: 'disk', durationMs: Math.round(task.durationMs * diskFactor) };
}
