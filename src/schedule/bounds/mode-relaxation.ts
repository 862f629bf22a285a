import { float64At, int32At } from '../../base/cells.ts';
import type { BoundInput, BoundValue, KnownBounds } from './bound.ts';
import { headTailEnergy } from './head-tail.ts';
import type { ModeTable } from './modes.ts';
import {
  EXACT_STEPS,
  FEW_STEPS,
  modeShares,
  weighedResource,
  weighResources,
  type ModeShares,
} from './weigh-resources.ts';

/** Windows along each axis for which weights are sought; fewer where there are many modes. */
const GRID = 4;
const COARSE_GRID = 2;
const MANY_MODES = 8000;
/** Beyond so many the whole is the only window. */
const MOST_MODES = 40_000;
/** How often the weights follow the window that binds. */
const ROUNDS = 3;

/**
 * Mode relaxation: who avoids one resource takes more of another, as a build on disk saves RAM disk and takes longer. All
 * resources, weighed against each other, make one that nobody avoids; its head-tail energy is the bound. The weights are chosen for the
 * window that promises most, then for the one that binds.
 */
export function modeRelaxationBound(input: BoundInput, known: KnownBounds): BoundValue | undefined {
  const { modes } = input;
  const shares = modeShares(modes);
  if (!hasTrade(modes, shares)) return undefined;
  let best: BoundValue | undefined;
  let rows = bestRows(input, shares);
  for (let round = 0; round < ROUNDS; round++) {
    const { weights } = weighResources(modes, shares, rows, EXACT_STEPS);
    const lowerMs = best?.lowerBoundMs ?? known.lowerMs;
    const found = headTailEnergy(input, [weighedResource(modes, weights)], lowerMs);
    if (found?.binding.kind !== 'window') return best;
    best = found;
    if (modes.durationMs.length > MOST_MODES) return best;
    const { fromMs, untilMs } = found.binding;
    rows = rowsIn(input, fromMs, found.lowerBoundMs - untilMs);
  }
  return best;
}

/** Whether some row has no mode that is best in every respect. */
function hasTrade({ offset }: ModeTable, shares: ModeShares): boolean {
  for (let row = 0; row + 1 < offset.length; row++) {
    const from = int32At(offset, row);
    const to = int32At(offset, row + 1);
    let hasBest = to - from === 1;
    for (let mode = from; mode < to && !hasBest; mode++) hasBest = isBest(shares, mode, from, to);
    if (!hasBest) return true;
  }
  return false;
}

function isBest(shares: ModeShares, mode: number, from: number, to: number): boolean {
  for (const share of shares)
    for (let other = from; other < to; other++)
      if (float64At(share, other) < float64At(share, mode)) return false;
  return true;
}

/** The tasks of the window, of a grid over heads and rests, for which weighed resources give most. */
function bestRows(input: BoundInput, shares: ModeShares): Int32Array {
  const modeCount = input.modes.durationMs.length;
  if (modeCount > MOST_MODES) return rowsIn(input, 0, 0);
  const count = modeCount > MANY_MODES ? COARSE_GRID : GRID;
  const restsMs = quantiles(input.tasks, input.afterMs, count);
  let best = rowsIn(input, 0, 0);
  let bestMs = weighResources(input.modes, shares, best, FEW_STEPS).leastMs;
  for (const headMs of quantiles(input.tasks, input.headMs, count)) {
    for (const restMs of restsMs) {
      if (headMs === 0 && restMs === 0) continue;
      const rows = rowsIn(input, headMs, restMs);
      const neededMs = headMs + restMs + weighResources(input.modes, shares, rows, FEW_STEPS).leastMs;
      if (rows.length === 0 || neededMs <= bestMs) continue;
      best = rows;
      bestMs = neededMs;
    }
  }
  return best;
}

function rowsIn({ tasks, headMs, afterMs }: BoundInput, fromMs: number, restMs: number): Int32Array {
  const rows = Int32Array.from(tasks.keys());
  return rows.filter((row) => {
    const task = int32At(tasks, row);
    return float64At(headMs, task) >= fromMs && float64At(afterMs, task) >= restMs;
  });
}

/** Least values of equal shares of the tasks, without doubles. */
function quantiles(tasks: Int32Array, column: Float64Array, count: number): readonly number[] {
  const sorted = Float64Array.from(tasks, (task) => float64At(column, task)).sort();
  const step = sorted.length / count;
  return [
    ...new Set(Array.from({ length: count }, (_, index) => float64At(sorted, Math.floor(index * step)))),
  ];
}
