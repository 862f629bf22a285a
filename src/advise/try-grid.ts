import { compareNumber, firstDifference } from '../base/compare.ts';
import type { TriedSetting } from './advice.ts';
import { mostJobs, type Study } from './grid.ts';
import { budgetSetting, type Setting } from './host.ts';
import type { Trials } from './trials.ts';

/** A setting with how long all builds take with it. */
export interface Tried extends Setting {
  readonly makespanMs: number;
}

/**
 * Tries the grid, as far as it tells something: for slots and RAM disk with the most make jobs that cores and memory allow, for slots
 * and make jobs with the largest RAM disk. Fewer make jobs or less RAM disk than there is room for are no faster, but for anomalies.
 * @returns by slots, make jobs, RAM disk; no setting twice
 */
export function tryGrid(study: Study): readonly Tried[] {
  const { grid, host, limits, trials } = study;
  const tried = grid.ramDiskBytes.flatMap((bytes) => tryRamDisk(study, bytes));
  const settings: Setting[] = [];
  if (grid.isTight) return distinct(tried);
  for (const slots of grid.slots) {
    for (const jobs of grid.makeJobs) {
      if (slots * jobs > host.cores) break;
      const most = limits.ramDiskBytes(slots, jobs);
      const ramDiskBytes = grid.ramDiskBytes.findLast((bytes) => bytes <= most);
      if (ramDiskBytes !== undefined) settings.push(budgetSetting(slots, jobs, ramDiskBytes));
    }
  }
  return distinct([...tried, ...settings.map((setting) => tryOne(trials, setting))]);
}

/** Tries one RAM disk with all slots of the grid, each with the most make jobs that cores and memory allow. */
export function tryRamDisk(study: Study, ramDiskBytes: number): readonly Tried[] {
  return study.grid.slots.flatMap((slots) => {
    const jobs = mostJobs(study, slots, ramDiskBytes);
    return jobs === undefined ? [] : [tryOne(study.trials, budgetSetting(slots, jobs, ramDiskBytes))];
  });
}

/** The fastest; of equal ones that with the smallest RAM disk, the fewest slots, the fewest make jobs. */
export function fastest(tried: readonly Tried[]): Tried | undefined {
  return [...tried].sort(bySpeed)[0];
}

/** The fastest first, then the smallest RAM disk, the fewest slots, the fewest make jobs. */
export function bySpeed(a: Tried, b: Tried): number {
  return firstDifference(
    compareNumber(a.makespanMs, b.makespanMs),
    compareNumber(a.ramDiskBytes, b.ramDiskBytes),
    bySetting(a, b),
  );
}

/** Each with the least that was seen with its slots and at most its RAM disk; by slots, make jobs, RAM disk, each once. O(n²) */
export function withEnvelope(tried: readonly Tried[]): readonly TriedSetting[] {
  return distinct(tried).map(({ slots, makeJobs, ramDiskBytes, makespanMs }) => ({
    slots,
    makeJobs,
    ramDiskBytes,
    makespanMs,
    atMostMs: tried.reduce(
      (least, other) =>
        other.slots === slots && other.ramDiskBytes <= ramDiskBytes
          ? Math.min(least, other.makespanMs)
          : least,
      makespanMs,
    ),
  }));
}

function tryOne(trials: Trials, setting: Setting): Tried {
  return { ...setting, makespanMs: trials.makespanMs(setting) };
}

function distinct(tried: readonly Tried[]): readonly Tried[] {
  const sorted = [...tried].sort(bySetting);
  return sorted.filter((setting, index) => {
    const before = sorted[index - 1];
    return before === undefined || bySetting(before, setting) !== 0;
  });
}

function bySetting(a: Setting, b: Setting): number {
  return firstDifference(
    compareNumber(a.slots, b.slots),
    compareNumber(a.makeJobs, b.makeJobs),
    compareNumber(a.ramDiskBytes, b.ramDiskBytes),
  );
}
