import { at } from '../../base/column.ts';
import type { CiUnit } from './ci-units.ts';

/** The columns in which GitLab shows the jobs; what runs when is in their needs alone. */
export interface GitlabStages {
  readonly names: readonly string[];
  /** Of each unit: its stage. */
  readonly of: readonly string[];
}

/**
 * One stage a layer, in their order, where no build needs one of a later layer (GitLab would not take that), and all layers
 * have names that are no trouble; else one stage for all.
 * @param layers in their order; those that are not among them come after, as they are met
 */
export function stagesOf(units: readonly CiUnit[], layers: readonly string[]): GitlabStages {
  const all = { names: ['build'], of: units.map(() => 'build') };
  const met = new Set<string>();
  for (const { task } of units) {
    if (task.layer === undefined) return all;
    met.add(task.layer);
  }
  const names = [...new Set([...layers.filter((layer) => met.has(layer)), ...met])];
  if (names.length === 0 || !names.every((name) => /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/.test(name)))
    return all;
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  const rankOf = ({ task }: CiUnit): number => ranks.get(task.layer ?? '') ?? 0;
  const isForward = units.every((unit) =>
    unit.needs.every((need) => rankOf(at(units, need)) <= rankOf(unit)),
  );
  return isForward ? { names, of: units.map(({ task }) => task.layer ?? '') } : all;
}
