import { at } from '../base/column.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { PlanTask } from '../plan/plan.ts';
import { ambiguousBuild, unknownBuild } from './diagnostics.ts';

/** Finds a task by a name for it: its number, or why there is none. */
export type FindUnit = (name: string) => number | Diagnostic;

/**
 * Finds tasks by what build loops call them: the id, the end of it (`libfoo_1.2-1/amd64`), `source/arch`, `source_version`, `source`.
 * A name that several tasks have finds none of them. O(tasks) to make, O(1) to ask
 */
export function unitFinder(tasks: readonly PlanTask[]): FindUnit {
  const byId = new Map(tasks.map(({ id }, task) => [id, task]));
  const byName = new Map<string, Set<number>>();
  tasks.forEach((unit, task) => {
    for (const name of namesOf(unit)) byName.set(name, (byName.get(name) ?? new Set()).add(task));
  });
  return (name) => {
    const exact = byId.get(name);
    if (exact !== undefined) return exact;
    const [found, ...others] = byName.get(name) ?? [];
    if (found === undefined) return unknownBuild(name, nearestName(name, [...byName.keys(), ...byId.keys()]));
    if (others.length === 0) return found;
    return ambiguousBuild(
      name,
      [found, ...others].map((task) => at(tasks, task).id),
    );
  };
}

function namesOf({ id, source, version }: PlanTask): readonly string[] {
  const parts = id.split('/');
  const ends = parts.slice(1).map((_, index) => parts.slice(index + 1).join('/'));
  const place = parts.at(-1) ?? '';
  // `amd64` alone is the end of an id too, but nobody's name
  return [source, `${source}_${version}`, `${source}/${place}`, ...ends.filter((end) => end.includes('/'))];
}
