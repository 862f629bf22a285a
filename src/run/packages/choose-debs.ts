import { compareNumber, firstDifference } from '../../base/compare.ts';
import type { Csr } from '../../base/csr.ts';
import { groupBy } from '../../base/group-by.ts';
import { compareVersions } from '../../debian/version.ts';
import type { DebStanza } from './deb-stanza.ts';
import { lastOf } from './needed-tasks.ts';

/** A package with the task that built it. */
export interface BuiltDeb {
  readonly task: number;
  /** Whether a full build made it, not a first one. */
  readonly isFull: boolean;
  readonly deb: DebStanza;
}

/**
 * One package of each name and architecture. Of two tasks that build the same, the one that needs the other wins, as a full
 * build does over the first build that it needs; where neither needs the other, a full build, then the newer version, then the
 * lower task.
 * @returns in the order in which each name and architecture first comes
 */
export function chooseDebs(debs: readonly BuiltDeb[], needs: Csr): readonly BuiltDeb[] {
  const groups = groupBy(debs, ({ deb }) => `${deb.package} ${deb.architecture}`);
  const lasts = new Map<string, ReadonlySet<number>>();
  return [...groups.values()].map((group) => {
    const [first, ...others] = group;
    if (others.length === 0) return first;
    const tasks = group.map(({ task }) => task);
    const key = tasks.join(' ');
    const last = lasts.get(key) ?? new Set(lastOf(needs, tasks));
    lasts.set(key, last);
    return group.filter(({ task }) => last.has(task)).reduce((a, b) => (compareDebs(a, b) <= 0 ? a : b));
  });
}

function compareDebs(a: BuiltDeb, b: BuiltDeb): number {
  return firstDifference(
    compareNumber(Number(b.isFull), Number(a.isFull)),
    compareVersions(b.deb.version, a.deb.version),
    compareNumber(a.task, b.task),
  );
}
