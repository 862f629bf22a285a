import { at } from '../../src/base/column.ts';
import type { Placement, Problem } from '../../src/dispatch/problem.ts';
import { demandOf, RESOURCES, type Resource } from '../../src/schedule/usage.ts';

/**
 * `BuilderUsage.shortage` by its words: moment by moment, each of which looks at every build.
 * @param others all placements on the builder
 */
export function slowShortage(
  problem: Problem,
  others: readonly Placement[],
  placement: Placement,
  sinceMs: number,
): Resource | undefined {
  const lasting = others.filter(({ startMs, endMs }) => endMs > startMs);
  const moments = [...new Set(lasting.flatMap(({ startMs, endMs }) => [startMs, endMs]))]
    .filter((timeMs) => timeMs < placement.startMs)
    .sort((a, b) => b - a);
  const [last] = moments;
  if (last === undefined) return undefined;
  const lacks = (resource: Resource, running: readonly Placement[]): boolean =>
    !isEnough(problem, placement, resource, running);
  const runningFrom = lasting.filter(({ startMs, endMs }) => startMs <= last && endMs > last);
  let short = RESOURCES.filter((resource) => lacks(resource, runningFrom));
  for (const timeMs of moments) {
    if (short.length < 2 || timeMs < sinceMs) break;
    const runningIn = lasting.filter(({ startMs, endMs }) => startMs < timeMs && endMs > timeMs);
    const still = short.filter((resource) => lacks(resource, runningIn));
    if (still.length === 0) break;
    short = still;
  }
  return short[0];
}

function isEnough(
  problem: Problem,
  placement: Placement,
  resource: Resource,
  running: readonly Placement[],
): boolean {
  const builder = at(problem.builders, placement.builder);
  if (resource === 'ram-disk' && placement.mode === 'ram' && builder.ramDiskChroots.length > 0) {
    const taken = new Set(running.map(({ chroot }) => chroot));
    return builder.ramDiskChroots.some(
      (bytes, chroot) => bytes >= at(problem.ramDiskBytes, placement.task) && !taken.has(chroot),
    );
  }
  const column = RESOURCES.indexOf(resource);
  const { slots, ramDiskBytes, memoryBytes, diskSlots, cores } = builder;
  const capacity = at([slots, ramDiskBytes, memoryBytes, diskSlots, cores], column);
  const used = running.reduce((sum, other) => sum + at(demandOf(problem, other), column), 0);
  return used + at(demandOf(problem, placement), column) <= capacity;
}
