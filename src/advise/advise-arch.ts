import { compareNumber } from '../base/compare.ts';
import type { ArchAdvice } from './advice.ts';
import { adviseChroots } from './advise-chroots.ts';
import type { ArchWork } from './arch-work.ts';
import { boundOfAll } from './bound-of-all.ts';
import { certain } from './certain.ts';
import type { Room } from './chroot-shapes.ts';
import { refuseHost } from './diagnostics.ts';
import { makeGrid, type GridWishes, type Study } from './grid.ts';
import type { Host } from './host.ts';
import { makeChoice } from './make-choice.ts';
import { MemoryLimits } from './memory-limits.ts';
import { searchBudget } from './search-budget.ts';
import { smallestRamDisk } from './smallest-ram-disk.ts';
import { Trials, type TrialScheduler } from './trials.ts';
import { bySpeed, fastest, tryGrid, tryRamDisk, withEnvelope, type Tried } from './try-grid.ts';

/** Settings that take at most this much longer than the best are good enough. */
export const WITHIN_PERCENT = 2;
/** How many of the fastest settings are scheduled better to find the fastest one. */
const REFINED_SETTINGS = 3;

/**
 * How a host should be set up for what one architecture has to build. Tries a grid of settings, then what lies between its lines.
 * Settings are compared by one schedule each; those that are named are scheduled as well as a plan is made.
 * @param work at least one task
 * @param scheduler makes the schedules; the better it is, the better the advice
 * @throws UserError for a host that is too small
 */
export function adviseArch(
  work: ArchWork,
  host: Host,
  wishes: GridWishes,
  scheduler: TrialScheduler,
): ArchAdvice {
  const limits = new MemoryLimits(work, host);
  refuseHost(work, host, limits, wishes);
  const budget = searchBudget(work.taskCount);
  const grid = makeGrid(work, host, limits, wishes, budget);
  const trials = new Trials(work, host, limits, scheduler);
  const study: Study = { grid, host, limits, trials };
  const ofGrid = tryGrid(study);
  const bestOfGrid = refineFastest(ofGrid, trials);
  const targetMs = Math.floor(bestOfGrid.makespanMs * (1 + WITHIN_PERCENT / 100));
  const smallest = smallestRamDisk(study, targetMs, bestOfGrid);
  const tried = [...ofGrid, ...tryRamDisk(study, smallest.ramDiskBytes)];
  const rooms = roomsOf(tried, limits, grid.stepBytes);
  return {
    arch: work.arch,
    taskCount: work.taskCount,
    needsElsewhereCount: work.needsElsewhereCount,
    assumedMemoryCount: work.memoryBytes.reduce((count, bytes) => count + Number(bytes === 0), 0),
    diskFactor: host.diskFactor,
    speed: host.speed,
    largestFootprintBytes: work.ramDiskBytes.reduce((most, bytes) => Math.max(most, bytes), 0),
    ...boundOfAll(work, study),
    grid: { ...grid, ramDiskBytes: withSize(grid.ramDiskBytes, smallest.ramDiskBytes) },
    isRefined: trials.isRefined,
    settings: withEnvelope(tried),
    best: makeChoice(certain(fastest([bestOfGrid, smallest])), work, study),
    smallest: makeChoice(smallest, work, study),
    chroots: adviseChroots(work, study, rooms, budget),
  };
}

function refineFastest(tried: readonly Tried[], trials: Trials): Tried {
  const ahead = [...tried].sort(bySpeed).slice(0, REFINED_SETTINGS);
  return certain(fastest(ahead.map((setting) => ({ ...setting, makespanMs: trials.refinedMs(setting) }))));
}

/** Slots and make jobs in the order in which they did best, with the memory that they leave in whole steps. */
function roomsOf(tried: readonly Tried[], limits: MemoryLimits, stepBytes: number): readonly Room[] {
  const rooms = new Map<string, Room>();
  for (const { slots, makeJobs } of [...tried].sort(bySpeed)) {
    const ramDiskBytes = Math.floor(limits.ramDiskBytes(slots, makeJobs) / stepBytes) * stepBytes;
    const key = `${String(slots)} ${String(makeJobs)}`;
    if (!rooms.has(key)) rooms.set(key, { slots, makeJobs, ramDiskBytes });
  }
  return [...rooms.values()];
}

function withSize(sizes: readonly number[], bytes: number): readonly number[] {
  return [...new Set([...sizes, bytes])].sort(compareNumber);
}
