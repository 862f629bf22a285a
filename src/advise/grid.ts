import { compareNumber } from '../base/compare.ts';
import type { ArchWork } from './arch-work.ts';
import type { Host } from './host.ts';
import type { MemoryLimits } from './memory-limits.ts';
import type { SearchBudget } from './search-budget.ts';
import { thin, thinByRatio } from './thin.ts';
import type { Trials } from './trials.ts';

const GIB = 1024 ** 3;
/** Rows and columns that a person can still read. */
const MOST_SLOTS = 12;
const MOST_SIZES = 8;
/** A grid is still one with so many. */
const LEAST_STEPS = 4;

/** What to choose from. Each list ascends. */
export interface Grid {
  readonly slots: readonly number[];
  readonly makeJobs: readonly number[];
  /** Sizes of RAM disks as budgets; the first is 0. */
  readonly ramDiskBytes: readonly number[];
  /** In which steps the smallest RAM disk is looked for between those sizes. */
  readonly stepBytes: number;
  /** Whether there are fewer steps than usual, because the plan has so many builds. */
  readonly isCoarse: boolean;
  /** Whether even so few that make jobs are not tried apart from slots, nor RAM disks between those sizes. */
  readonly isTight: boolean;
}

/** Which slots and make jobs are to be looked at; undefined: all that the cores allow. */
export interface GridWishes {
  readonly slots: readonly number[] | undefined;
  readonly makeJobs: readonly number[] | undefined;
}

/** What is chosen from on a host, and what is known of it so far. */
export interface Study {
  readonly grid: Grid;
  readonly host: Host;
  readonly limits: MemoryLimits;
  readonly trials: Trials;
}

/**
 * Chooses the settings that are worth a try. Slots and make jobs: those that use the cores up (one more of either would be
 * too many). RAM disks: sizes between nothing and what all builds of a moment take together, or what memory leaves.
 * @param wishes none that `refuseHost` refuses
 * @param budget with few schedules the grid gets coarse
 */
export function makeGrid(
  work: ArchWork,
  host: Host,
  limits: MemoryLimits,
  wishes: GridWishes,
  budget: SearchBudget,
): Grid {
  // A third of them for the grid, the rest for what is looked for between its lines.
  const side = Math.max(LEAST_STEPS, Math.floor(Math.sqrt(budget.schedules / 3)));
  const mostSteps = Math.min(MOST_SLOTS, side);
  const fits = (slots: number, makeJobs: number): boolean =>
    slots * makeJobs <= host.cores && limits.ramDiskBytes(slots, makeJobs) >= 0;
  const shares = fullShares(host.cores);
  const slots =
    wishes.slots ??
    thinByRatio(
      shares.filter((share) => fits(share, wishes.makeJobs?.[0] ?? 1)),
      mostSteps,
    );
  const makeJobs =
    wishes.makeJobs ??
    thinByRatio(
      shares.filter((share) => fits(wishes.slots?.[0] ?? 1, share)),
      mostSteps,
    );
  const mostSizes = Math.min(MOST_SIZES, side);
  return {
    slots,
    makeJobs,
    ramDiskBytes: ramDiskSizes(work, host, limits, slots, makeJobs, mostSizes),
    stepBytes: stepBytes(host.memoryBytes, budget),
    isCoarse: side < MOST_SIZES,
    isTight: budget.isTight,
  };
}

/** All `s` for which no larger number leaves each of them as many cores: 1, 2, 3, 4, 5, 6, 8, 10, 16, 32 of 32. Ascending. */
export function fullShares(cores: number): readonly number[] {
  const shares = new Set<number>();
  for (let each = 1; each <= cores; each = Math.floor(cores / Math.floor(cores / each)) + 1)
    shares.add(Math.floor(cores / Math.floor(cores / each)));
  return [...shares].sort(compareNumber);
}

/** The most make jobs for which cores and memory suffice; undefined: there are none. */
export function mostJobs(
  { grid, host, limits }: Study,
  slots: number,
  ramDiskBytes: number,
): number | undefined {
  return grid.makeJobs.findLast(
    (jobs) => slots * jobs <= host.cores && limits.ramDiskBytes(slots, jobs) >= ramDiskBytes,
  );
}

/**
 * 0; then 1, 2, 4, 8 … GiB, with 48, 96 … between the largest of them, as far as that is of use and memory allows; the footprint of the largest build;
 * and what memory leaves when all cores compile, if none is near. Where there are too many, the small ones are left out, then
 * some between.
 */
function ramDiskSizes(
  work: ArchWork,
  host: Host,
  limits: MemoryLimits,
  slots: readonly number[],
  makeJobs: readonly number[],
  mostSizes: number,
): readonly number[] {
  const [fewestSlots = 1] = slots;
  const [fewestJobs = 1] = makeJobs;
  const falling = work.ramDiskBytes.slice().sort((a, b) => b - a);
  const useful = falling.subarray(0, slots.at(-1)).reduce((sum, bytes) => sum + bytes, 0);
  const most = Math.min(limits.ramDiskBytes(fewestSlots, fewestJobs), useful);
  const unit = sizeUnit(most);
  const sizes = new Set<number>();
  const add = (bytes: number): unknown => bytes > 0 && bytes <= most && sizes.add(bytes);
  for (let size = unit; size <= most; size *= 2) {
    add(size);
    if (size * 4 > most) add(Math.floor(size * 1.5));
  }
  add(roundUp(falling[0] ?? 0, unit));
  const besideCompilers = slots.map((count) => {
    const jobs = makeJobs.findLast((choice) => count * choice <= host.cores) ?? fewestJobs;
    return limits.ramDiskBytes(count, jobs);
  });
  const left = Math.floor(Math.max(...besideCompilers) / unit) * unit;
  if (![...sizes].some((size) => Math.abs(size - left) * 8 < left)) add(left);
  const largest = [...sizes].sort(compareNumber).slice(1 - MOST_SIZES);
  return [0, ...thin(largest, mostSizes - 1)];
}

/** A GiB; less where that is much. */
function sizeUnit(mostBytes: number): number {
  return mostBytes >= 4 * GIB ? GIB : 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, mostBytes / 4))));
}

/** Whole GiB, unless the host has too few or too many of them. */
function stepBytes(memoryBytes: number, { schedules, isTight }: SearchBudget): number {
  const most = isTight ? 128 : Math.max(16, Math.min(128, schedules / 2));
  let step = GIB;
  while (memoryBytes / step < 16 && step > 1) step /= 2;
  while (memoryBytes / step > most) step *= 2;
  return step;
}

/** The next whole number of steps. */
export function roundUp(bytes: number, stepBytes: number): number {
  return Math.ceil(bytes / stepBytes) * stepBytes;
}
