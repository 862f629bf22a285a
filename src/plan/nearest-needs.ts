import { compareText } from '../base/compare.ts';

/**
 * What a build waits for of those that are kept, by way of none of them: a plan's needs leave out what others imply, so for a need
 * that isn't kept stands what that one waits for.
 * @param needs of the build
 * @param needsOf of any other build; undefined: it is not in the plan
 * @returns sorted and each once, as `needs` are. O(needs that are not kept, and theirs)
 */
export function nearestNeeds(
  needs: readonly string[],
  isKept: (id: string) => boolean,
  needsOf: (id: string) => readonly string[] | undefined,
): readonly string[] {
  if (needs.every(isKept)) return needs;
  const seen = new Set(needs);
  // a set that grows is gone through to its end
  for (const id of seen) {
    if (isKept(id)) continue;
    for (const need of needsOf(id) ?? []) seen.add(need);
  }
  return [...seen].filter(isKept).sort(compareText);
}
