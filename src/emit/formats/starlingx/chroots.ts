import { compareNumber, compareText, firstDifference } from '../../../base/compare.ts';
import { groupBy } from '../../../base/group-by.ts';
import { formatBytes } from '../../../base/quantity.ts';
import type { Plan, PlanBuilder, PlanTask } from '../../../plan/plan.ts';
import { showControls } from '../../visible-controls.ts';

const GIB = 1024 ** 3;

const ABOUT = [
  '# Chroots in RAM of fixed sizes in which the builds of each builder would run just as planned: one build each, in whole GiB,',
  '# largest first. Together they take more than the builds do at any moment: a RAM disk that all share can be smaller.',
  '# debplan advise PLAN finds the sizes that are fastest on a host, and the flags of build-pkgs.',
];

/** A line for each builder that uses its RAM disk. */
export function formatChroots({ builders, targets }: Plan): string {
  const inRam = groupBy(
    targets.flatMap(({ tasks }) => tasks).filter(({ mode }) => mode === 'ram'),
    ({ builder }) => builder,
  );
  const lines = [...builders]
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((builder) => {
      const tasks = inRam.get(builder.name);
      return tasks === undefined ? [] : [formatBuilder(builder, tasks)];
    });
  return [...ABOUT, ...lines, ''].join('\n');
}

function formatBuilder(
  { name, arch, ramDiskBytes, ramDiskChroots }: PlanBuilder,
  tasks: readonly PlanTask[],
): string {
  const sizes =
    ramDiskChroots.length > 0 ? ramDiskChroots.map((bytes) => Math.ceil(bytes / GIB)) : chrootsFor(tasks);
  const sum = sizes.reduce((a, b) => a + b, 0) * GIB;
  const has = ramDiskChroots.length > 0 ? 'as it is' : `its RAM disk has ${formatBytes(ramDiskBytes)}`;
  return showControls(`${name} (${arch}): ${formatShape(sizes)}; together ${formatBytes(sum)}, ${has}`);
}

/** `40GiB*1+20GiB*3`, as `--builder` takes it. */
function formatShape(sizes: readonly number[]): string {
  return [...groupBy(sizes, (size) => size)]
    .map(([size, same]) => `${String(size)}GiB*${String(same.length)}`)
    .join('+');
}

/**
 * Sizes in GiB, descending. The largest build goes first, into the first chroot that is free as long as it runs, or into a
 * new one of its size: so there are as many as builds in RAM at once, or few more.
 */
function chrootsFor(tasks: readonly PlanTask[]): readonly number[] {
  const chroots: { readonly gib: number; readonly builds: PlanTask[] }[] = [];
  const bySize = [...tasks].sort((a, b) =>
    firstDifference(
      compareNumber(b.ramDiskBytes, a.ramDiskBytes),
      compareNumber(a.startMs, b.startMs),
      compareText(a.id, b.id),
    ),
  );
  for (const task of bySize) {
    const free = chroots.find(({ builds }) => builds.every((other) => !isTogether(task, other)));
    if (free !== undefined) free.builds.push(task);
    else chroots.push({ gib: Math.max(1, Math.ceil(task.ramDiskBytes / GIB)), builds: [task] });
  }
  return chroots.map(({ gib }) => gib);
}

function isTogether(a: PlanTask, b: PlanTask): boolean {
  return a.startMs < b.startMs + b.durationMs && b.startMs < a.startMs + a.durationMs;
}
