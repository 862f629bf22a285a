/** How many placed builds all schedules together may have: a few seconds of CPU. */
const MOST_BUILDS = 350_000;
const LEAST_SCHEDULES = 24;
const MOST_SCHEDULES = 600;
/** With fewer schedules only the most telling ones are made. */
const FEW_SCHEDULES = 60;

/** How much is tried: the more builds, the longer a schedule takes, and the fewer are made. */
export interface SearchBudget {
  /** About how many in all. */
  readonly schedules: number;
  /** Whether that is so few that make jobs are not tried apart from slots, nor RAM disks between the columns of the grid. */
  readonly isTight: boolean;
  /** In how many of the fastest slots chroot shapes are looked for. */
  readonly shapedRooms: number;
  /** And the flags of StarlingX's formula. */
  readonly flaggedRooms: number;
  /** Sizes of chroots of either kind in each of them. */
  readonly sizes: number;
  /** Shapes that are tried around the best one. */
  readonly climbs: number;
  /** Percentages of StarlingX's formula in each of the rooms. */
  readonly percentages: number;
}

export function searchBudget(taskCount: number): SearchBudget {
  const affordable = Math.floor(MOST_BUILDS / taskCount);
  const schedules = Math.max(LEAST_SCHEDULES, Math.min(MOST_SCHEDULES, affordable));
  if (schedules < FEW_SCHEDULES)
    return { schedules, isTight: true, shapedRooms: 1, flaggedRooms: 1, sizes: 2, climbs: 2, percentages: 3 };
  const shapedRooms = 3;
  // Half of the schedules for shapes: their number grows with the square of that of sizes.
  const sizes = Math.max(3, Math.floor(Math.sqrt(schedules / 2 / shapedRooms)) - 2);
  return {
    schedules,
    isTight: false,
    shapedRooms,
    flaggedRooms: 6,
    sizes,
    climbs: Math.floor(schedules / 6),
    percentages: 2 * sizes,
  };
}
