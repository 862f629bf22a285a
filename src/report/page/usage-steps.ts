import { at } from '../../base/column.ts';
import { msAt, type Viewport } from './time-scale.ts';

type Cells = Float64Array | Uint16Array;

/** What is in use at a moment: the step that holds it; 0 outside the plan. O(log steps) */
export function valueAt(atMs: Float64Array, values: Cells, ms: number): number {
  const step = stepAt(atMs, ms);
  return step < 0 ? 0 : at(values, step);
}

/**
 * The largest value in the time that each pixel stands for, so that no peak gets lost however far away one looks.
 * @returns one cell a pixel. O(visible steps + width)
 */
export function peakPerPixel(atMs: Float64Array, values: Cells, view: Viewport, width: number): Float64Array {
  const peaks = new Float64Array(width);
  let step = stepAt(atMs, view.fromMs);
  for (let pixel = 0; pixel < width; pixel++) {
    const fromMs = msAt(view, width, pixel);
    const untilMs = msAt(view, width, pixel + 1);
    // what ends where the pixel begins is not in it
    while (step + 1 < atMs.length && at(atMs, step + 1) <= fromMs) step++;
    let peak = step < 0 ? 0 : at(values, step);
    while (step + 1 < atMs.length && at(atMs, step + 1) < untilMs) {
      step++;
      peak = Math.max(peak, at(values, step));
    }
    peaks[pixel] = peak;
  }
  return peaks;
}

/** The last step that begins at a moment or before; -1 before the first. */
function stepAt(atMs: Float64Array, ms: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(atMs, middle) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
