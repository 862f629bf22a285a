import { float64At } from '../../base/cells.ts';
import { ceilSafely, type BoundInput, type BoundValue, type KnownBounds } from './bound.ts';
import type { BoundResource } from './resource.ts';

/** All that the tasks take of one resource, divided by what there is. O(tasks × resources) */
export function energyBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  let best: BoundValue | undefined;
  for (const resource of input.resources) {
    const lowerBoundMs = wholeEnergy(input, resource);
    if (lowerBoundMs > (best?.lowerBoundMs ?? known.lowerMs))
      best = {
        lowerBoundMs,
        binding: { kind: 'window', resources: resource.kinds, fromMs: 0, untilMs: lowerBoundMs },
      };
  }
  return best;
}

function wholeEnergy({ tasks, durationMs }: BoundInput, { rate, capacity }: BoundResource): number {
  let work = 0;
  for (let position = 0; position < tasks.length; position++)
    work += float64At(rate, position) * float64At(durationMs, tasks[position] ?? 0);
  const boundMs = work / capacity;
  return ceilSafely(boundMs, boundMs, tasks.length);
}
