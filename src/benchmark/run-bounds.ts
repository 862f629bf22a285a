import type { Problem } from '../dispatch/problem.ts';
import { buildInputs } from '../schedule/bounds/build-input.ts';
import { largestBound, type BoundName } from '../schedule/bounds/lower-bound.ts';

/** What costs little for what it proves: a bound is asked for in each run. */
const QUICK: readonly BoundName[] = ['critical-path', 'energy', 'head-tail-energy'];

/**
 * What no schedule of a problem is shorter than, in each scope: weaker than `lowerBound`, at a tenth of its cost. For a run the
 * problem has the run's real durations and the reserved sizes: that is what whoever knew the future would have to keep to.
 * @param archs null: all of the plan
 * @returns integer ms, one a scope. O(n log n + edges)
 */
export function quickBounds(problem: Problem, archs: readonly (string | null)[]): readonly number[] {
  const all = [...new Set(problem.arch)].sort();
  const ownMs = new Map<string, number>();
  let wholeMs = 0;
  for (const { arch, own, whole } of buildInputs(problem, all)) {
    const { lowerBoundMs } = largestBound(own, { lowerMs: 0, upperMs: Infinity }, QUICK);
    ownMs.set(arch, lowerBoundMs);
    wholeMs = Math.max(wholeMs, lowerBoundMs);
    if (whole === own) continue;
    const known = { lowerMs: wholeMs, upperMs: Infinity };
    wholeMs = Math.max(wholeMs, largestBound(whole, known, QUICK).lowerBoundMs);
  }
  return archs.map((arch) => (arch === null ? wholeMs : (ownMs.get(arch) ?? 0)));
}
