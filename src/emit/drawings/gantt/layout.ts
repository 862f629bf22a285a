import type { BuilderLanes } from '../builder-lanes.ts';

/** Of the picture, in pixels. */
export const WIDTH = 1200;
/** Left of the time axis: slots' numbers, bytes. */
export const LEFT = 64;
const RIGHT = 24;
/** Of the time axis. */
export const PLOT = WIDTH - LEFT - RIGHT;
/** Above the first builder: title, what binds, the words of the axis. */
const TOP = 86;
/** A builder's own line of text, and the distance to the next one. */
const HEADING = 23;
const GAP = 16;
/** Of a RAM disk's curve, or of the one that stands for lanes. */
const CURVE = 44;
const SMALL_CURVE = 24;
/** All lanes together are about so high, each within these ends. */
const LANES = 640;
const [LEAST_LANE, MOST_LANE] = [3, 20];
/** Lanes of the least height that are more than that are drawn as one curve of busy slots a builder. */
const MOST_LANES = 400;

/** Where a builder's parts lie: pixels from above. */
export interface BuilderRow {
  readonly lanes: BuilderLanes;
  /** Of the text. */
  readonly heading: number;
  /** Where the lanes begin, or the curve that stands for them. */
  readonly top: number;
  readonly lanesHeight: number;
  /** Undefined: it has no RAM disk. */
  readonly curve: { readonly top: number; readonly height: number } | undefined;
}

export interface GanttLayout {
  readonly rows: readonly BuilderRow[];
  /** Of one lane; 0: there are too many of them, and a curve of busy slots stands for them. */
  readonly laneHeight: number;
  /** Where the time axis ends. */
  readonly top: number;
  readonly bottom: number;
  readonly endMs: number;
}

/** Builders below each other. */
export function layOut(builders: readonly BuilderLanes[], endMs: number): GanttLayout {
  const count = builders.reduce((sum, { slots }) => sum + slots.length, 0);
  const fitting = Math.floor(LANES / Math.max(1, count));
  const laneHeight = count > MOST_LANES ? 0 : Math.min(MOST_LANE, Math.max(LEAST_LANE, fitting));
  const curveHeight = builders.length > 12 ? SMALL_CURVE : CURVE;
  let top = TOP;
  const rows = builders.map((lanes): BuilderRow => {
    const heading = top + 16;
    const first = top + HEADING;
    const lanesHeight = laneHeight === 0 ? curveHeight : laneHeight * lanes.slots.length;
    const curveTop = first + lanesHeight + 6;
    const curve = lanes.builder.ramDiskBytes === 0 ? undefined : { top: curveTop, height: curveHeight };
    top = (curve === undefined ? first + lanesHeight : curveTop + curveHeight) + GAP;
    return { lanes, heading, top: first, lanesHeight, curve };
  });
  return { rows, laneHeight, top: TOP, bottom: top - GAP + 8, endMs: Math.max(1, endMs) };
}

/** Where a moment lies: pixels from the left. */
export function timeX({ endMs }: GanttLayout, ms: number): number {
  return LEFT + (ms / endMs) * PLOT;
}
