import type { BoundInput, BoundValue, KnownBounds } from './bound.ts';
import type { BoundResource } from './resource.ts';
import { disjointPairs, disjointResources } from './disjoint.ts';
import { roundedResources } from './dual-feasible.ts';
import { leastUse } from './modes.ts';
import { Refuter } from './refuter.ts';
import type { Effort } from './tighten.ts';

/** Positions that one bound may visit in all. */
const MOST_EFFORT = 5_000_000;
/** Where no schedule is known, the first end that is looked at lies this part of the bound beyond it. */
const FIRST_STEPS = 1024;

/**
 * Destructive improvement: the largest end that is shown to be impossible, plus one. Looks only between the bounds that are known:
 * from the lower one in growing steps, then by halves. Only for as many tasks as `disjointPairs` takes.
 * @see Klein & Scholl 1999
 */
export function energeticBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  const pairs = disjointPairs(input);
  if (known.lowerMs >= known.upperMs || input.tasks.length === 0 || pairs === undefined) return undefined;
  const resources: readonly BoundResource[] = [
    ...input.resources,
    ...disjointResources(input, pairs),
    ...input.modes.resources.flatMap((resource) =>
      roundedResources(input, resource).map((rounded) => leastUse(input.modes, rounded)),
    ),
  ];
  const effort = { spent: 0, most: MOST_EFFORT };
  const refuter = new Refuter(input, resources, pairs, effort);
  const lowerBoundMs = largestRefuted(refuter, known, effort);
  if (lowerBoundMs <= known.lowerMs) return undefined;
  const kinds = [...new Set(input.resources.flatMap((resource) => resource.kinds))];
  return { lowerBoundMs, binding: { kind: 'together', resources: kinds } };
}

/** One ms more than the largest end that was refuted. */
function largestRefuted(refuter: Refuter, { lowerMs, upperMs }: KnownBounds, effort: Effort): number {
  let refutedBelow = lowerMs;
  let possible = upperMs;
  let step = Math.max(1, Math.floor(upperMs === Infinity ? lowerMs / FIRST_STEPS : (upperMs - lowerMs) / 16));
  while (refutedBelow < possible && effort.spent <= effort.most) {
    const isGalloping = refutedBelow + step < possible;
    const endMs = isGalloping ? refutedBelow + step - 1 : Math.floor((refutedBelow + possible) / 2);
    if (refuter.refutes(endMs)) {
      refutedBelow = endMs + 1;
      step *= 2;
    } else possible = endMs;
  }
  return refutedBelow;
}
