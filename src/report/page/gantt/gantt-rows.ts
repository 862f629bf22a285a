import type { ReportPlan } from '../../report-data.ts';

/** One stripe of the Gantt across its whole width; y and height in pixels. */
export interface GanttRow {
  readonly kind: 'plan' | 'builder' | 'lane' | 'ram-disk' | 'slots';
  readonly plan: number;
  /** -1 for the title of a plan. */
  readonly builder: number;
  /** Counted over all builders of the plan; -1 but for lanes. */
  readonly lane: number;
  readonly y: number;
  readonly height: number;
}

const HEIGHTS = { plan: 30, builder: 26, 'ram-disk': 46, slots: 24 } as const;

/** Between two builders. */
const GAP = 10;

/**
 * Stripes from top to bottom: for each plan its title (where several are drawn), for each builder its title, its slots, what
 * its RAM disk holds and how many slots are busy. Lanes get lower the more there are.
 * @param shown numbers of plans
 */
export function ganttRows(plans: readonly ReportPlan[], shown: readonly number[]): readonly GanttRow[] {
  const builders = shown.flatMap((plan) =>
    (plans[plan]?.builders ?? []).map((builder, index) => ({ plan, builder, index })),
  );
  const laneHeight = laneHeightFor(builders.reduce((sum, { builder }) => sum + builder.slots, 0));
  const rows: GanttRow[] = [];
  let y = 0;
  const push = (
    kind: GanttRow['kind'],
    plan: number,
    builder: number,
    lane: number,
    height: number,
  ): void => {
    rows.push({ kind, plan, builder, lane, y, height });
    y += height;
  };
  for (const plan of shown) {
    let lane = 0;
    if (shown.length > 1) push('plan', plan, -1, -1, HEIGHTS.plan);
    for (const { builder, index } of builders.filter((entry) => entry.plan === plan)) {
      push('builder', plan, index, -1, HEIGHTS.builder);
      for (let slot = 0; slot < builder.slots; slot++) push('lane', plan, index, lane++, laneHeight);
      if (builder.ramDiskBytes > 0) push('ram-disk', plan, index, -1, HEIGHTS['ram-disk']);
      push('slots', plan, index, -1, HEIGHTS.slots);
      y += GAP;
    }
  }
  return rows;
}

/** How high all rows are together. */
export function heightOf(rows: readonly GanttRow[]): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.y + last.height + GAP;
}

/** The row under a point. */
export function rowAt(rows: readonly GanttRow[], y: number): GanttRow | undefined {
  return rows.find((row) => y >= row.y && y < row.y + row.height);
}

function laneHeightFor(laneCount: number): number {
  if (laneCount <= 24) return 22;
  return laneCount <= 64 ? 16 : 11;
}
