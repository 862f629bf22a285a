import type { Universe } from '../archive/universe.ts';
import { NO_VARIANTS, type Variants } from '../archive/variants.ts';
import { at } from '../base/column.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { droppingProfiles } from '../graph/dropping-profiles.ts';
import { isHarmless, leavesBinaries } from './harmless-profiles.ts';

/**
 * Other ways to build units that are in cycles without a way out: first builds with a profile that drops some of their
 * build dependencies, and their halves apart, where one half has build dependencies of its own.
 * @param stuck units of a universe without variants
 * @param crossFrom architectures of the plan: units that nothing else frees are offered to be built on the first other one
 */
export function candidateVariants(
  universe: Universe,
  stuck: Iterable<number>,
  crossFrom: readonly string[],
): Variants {
  const staged = new Map<string, readonly string[]>();
  const apart = new Set<string>();
  const crossable = new Map<string, string>();
  for (const id of stuck) {
    const { plainKey, target, source, stage } = at(universe.units, id);
    if (stage !== '') continue;
    const profile = stageProfile(universe, id);
    if (profile !== undefined) staged.set(plainKey, [profile]);
    const { arch, indep } = source.buildDepends;
    if (target.kind === 'binary' && (arch !== undefined || indep !== undefined)) apart.add(plainKey);
    const other = crossFrom.find((name) => name !== target.arch);
    if (profile === undefined && !apart.has(plainKey) && target.kind !== 'all' && other !== undefined)
      crossable.set(plainKey, other);
  }
  return { ...NO_VARIANTS, staged, apart, crossable };
}

/** Debian's names for a first build, which go before others. */
const STAGES: readonly string[] = ['stage1', 'stage2'];

/**
 * The profile whose build changes what is made: `stage1` or `stage2` if one drops something, else the one that drops most
 * build dependencies, of several the first by name. Some binary must be left.
 */
function stageProfile(universe: Universe, id: number): string | undefined {
  const counts = new Map<string, number>();
  const { unitClauses, units } = universe;
  const unit = at(units, id);
  const placeCount = edgesTo(unitClauses, id) - edgesFrom(unitClauses, id);
  for (let place = 0; place < placeCount; place++) {
    for (const profile of droppingProfiles(universe, id, place)) {
      if (profile === 'cross' || isHarmless(unit, profile)) continue;
      counts.set(profile, (counts.get(profile) ?? 0) + 1);
    }
  }
  const rank = (profile: string): number => Number(!STAGES.includes(profile));
  const [best] = [...counts]
    .filter(([profile]) => leavesBinaries(unit, profile))
    .sort(([a, x], [b, y]) => rank(a) - rank(b) || y - x || (a < b ? -1 : 1));
  return best?.[0];
}
