import { formatBytes } from '../../../base/quantity.ts';
import { count } from '../../summary/lines.ts';
import { fitText } from '../../svg/fit-text.ts';
import { escapeXml, pixels, svgText } from '../../svg/svg-text.ts';
import { curvePath } from './curve.ts';
import { LEFT, PLOT, type BuilderRow, type GanttLayout } from './layout.ts';

/** All of a builder but its bars and heading: its empty lanes, and what its RAM disk holds over time. */
export function drawBuilder(row: BuilderRow, layout: GanttLayout): readonly string[] {
  return [
    ...(layout.laneHeight === 0 ? busyCurve(row, layout) : emptyLanes(row, layout)),
    ...ramDiskCurve(row, layout),
  ];
}

/** What a builder is and how much of it is used; lies over the lines of the time axis. */
export function drawHeading({ lanes, heading: y }: BuilderRow, { endMs }: GanttLayout): string {
  const { builder, busyMs, usage } = lanes;
  const busy = Math.round((busyMs / (endMs * builder.slots)) * 100);
  const peak = usage.reduce((most, { ramDiskBytes }) => Math.max(most, ramDiskBytes), 0);
  const ramDisk =
    builder.ramDiskBytes === 0
      ? 'no RAM disk'
      : `RAM disk ${formatBytes(peak)} of ${formatBytes(builder.ramDiskBytes)} at peak`;
  const facts = `${fitText(builder.arch, PLOT / 6, 12)} · ${count(builder.slots, 'slot')}, ${String(busy)} % busy · ${ramDisk}`;
  const name = `<tspan class="gantt-name">${escapeXml(fitText(builder.name, PLOT / 2, 13))}</tspan>`;
  return `<text x="${String(LEFT)}" y="${pixels(y)}" class="gantt-over">${name}<tspan class="gantt-dim" dx="8">${escapeXml(facts)}</tspan></text>`;
}

/** Slots that are too low for their numbers have none. */
const NUMBERED = 9;

function emptyLanes({ lanes, top }: BuilderRow, { laneHeight }: GanttLayout): readonly string[] {
  const gap = laneHeight > 6 ? 2 : laneHeight > 3 ? 1 : 0;
  return lanes.slots.map((_, slot) => {
    const y = top + slot * laneHeight;
    const lane = `<rect x="${String(LEFT)}" y="${pixels(y)}" width="${String(PLOT)}" height="${pixels(laneHeight - gap)}" class="gantt-lane"/>`;
    if (laneHeight < NUMBERED) return lane;
    const words = lanes.slots.length === 1 ? '' : String(slot + 1);
    return `${lane}${axisWords(y + (laneHeight - gap) / 2 + 3.5, words, laneHeight < 14)}`;
  });
}

/** How many slots are busy, where there are too many lanes. */
function busyCurve({ lanes, top, lanesHeight }: BuilderRow, layout: GanttLayout): readonly string[] {
  const { slots } = lanes.builder;
  const value = ({ busySlots }: { readonly busySlots: number }): number => busySlots;
  const path = curvePath(lanes.usage, { top, height: lanesHeight, limit: slots, value }, layout);
  return [
    ...limitLine(top, String(slots)),
    `<path d="${path}" class="gantt-ram"/>`,
    axisWords(top + lanesHeight, '0'),
  ];
}

function ramDiskCurve({ lanes, curve }: BuilderRow, layout: GanttLayout): readonly string[] {
  if (curve === undefined) return [];
  const { ramDiskBytes: limit } = lanes.builder;
  const value = ({ ramDiskBytes }: { readonly ramDiskBytes: number }): number => ramDiskBytes;
  const path = curvePath(lanes.usage, { ...curve, limit, value }, layout);
  return [
    `<path d="${path}" class="gantt-use"/>`,
    ...limitLine(curve.top, formatBytes(limit)),
    axisWords(curve.top + curve.height, '0'),
  ];
}

function limitLine(y: number, words: string): readonly string[] {
  return [
    `<path d="M${String(LEFT)} ${pixels(y)}h${String(PLOT)}" class="gantt-limit"/>`,
    axisWords(y + 4, words),
  ];
}

/** Left of the plot. */
function axisWords(y: number, words: string, isTiny = false): string {
  if (words === '') return '';
  return svgText(
    LEFT - 6,
    y,
    words,
    `text-anchor="end" class="gantt-${isTiny ? 'tiny' : 'small'} gantt-dim"`,
  );
}
