import { compareNumber, firstDifference } from '../base/compare.ts';
import type { ArchAdvice, Choice, ChrootAdvice, ChrootChoice, StarlingXFlags } from './advice.ts';
import type { ArchWork } from './arch-work.ts';
import { builderText } from './builder-text.ts';
import { bestFlags, bestShape, equalShape, type Room, type StarlingXTried } from './chroot-shapes.ts';
import { refuseHost } from './diagnostics.ts';
import { makeGrid, type GridWishes, type Study } from './grid.ts';
import { budgetSetting, settingBuilder, type Host, type Setting } from './host.ts';
import { MemoryLimits } from './memory-limits.ts';
import { smallestRamDisk } from './smallest-ram-disk.ts';
import { Trials, type Scheduler } from './trials.ts';
import { bySpeed, fastest, tryGrid, tryRamDisk, withEnvelope, type Tried } from './try-grid.ts';

/** Settings that take at most this much longer than the best are good enough. */
export const WITHIN_PERCENT = 2;
/** How many builds may be scheduled in all, over all schedules: two or three seconds of CPU. */
const MOST_BUILDS = 350_000;
const LEAST_SCHEDULES = 60;
const MOST_SCHEDULES = 600;
/** In how many of the fastest slots chroot shapes are looked for. */
const SHAPED_ROOMS = 3;
/** And the flags of StarlingX's formula. */
const TRIED_ROOMS = 6;

/**
 * How a host should be set up for what one architecture has to build. Tries a grid of settings, then what lies between its lines.
 * @param work at least one task
 * @param scheduler makes the schedules; the better it is, the better the advice
 * @throws UserError for a host that is too small
 */
export function adviseArch(work: ArchWork, host: Host, wishes: GridWishes, scheduler: Scheduler): ArchAdvice {
  const limits = new MemoryLimits(work, host);
  refuseHost(work, host, limits, wishes);
  const mostSchedules = Math.max(
    LEAST_SCHEDULES,
    Math.min(MOST_SCHEDULES, Math.floor(MOST_BUILDS / work.taskCount)),
  );
  const grid = makeGrid(work, host, limits, wishes, mostSchedules);
  const trials = new Trials(work, host, limits, scheduler);
  const study: Study = { grid, host, limits, trials };
  const ofGrid = tryGrid(study);
  const bestOfGrid = certain(fastest(ofGrid));
  const targetMs = Math.floor(bestOfGrid.makespanMs * (1 + WITHIN_PERCENT / 100));
  const good = certain(smallestOf(ofGrid, targetMs));
  const smallest = smallestRamDisk(study, targetMs, good);
  const tried = [...ofGrid, ...tryRamDisk(study, smallest.ramDiskBytes)];
  const rooms = roomsOf(tried, limits, grid.stepBytes);
  const choice = (setting: Tried): Choice => makeChoice(setting, work, study);
  return {
    arch: work.arch,
    taskCount: work.taskCount,
    needsElsewhereCount: work.needsElsewhereCount,
    assumedMemoryCount: work.memoryBytes.reduce((count, bytes) => count + Number(bytes === 0), 0),
    diskFactor: host.diskFactor,
    speed: host.speed,
    largestFootprintBytes: work.ramDiskBytes.reduce((most, bytes) => Math.max(most, bytes), 0),
    ...boundOf(study),
    grid: { ...grid, ramDiskBytes: withSize(grid.ramDiskBytes, smallest.ramDiskBytes) },
    settings: withEnvelope(tried),
    best: choice(certain(fastest(tried))),
    smallest: choice(smallest),
    chroots: adviseChroots(work, study, rooms, mostSchedules),
  };
}

function adviseChroots(
  work: ArchWork,
  study: Study,
  rooms: readonly Room[],
  mostSchedules: number,
): ChrootAdvice {
  const { grid, host, trials } = study;
  // Half of the schedules for the shapes of a few rooms: so many sizes of either kind.
  const shaped = rooms.slice(0, SHAPED_ROOMS);
  const mostSizes = Math.max(3, Math.floor(Math.sqrt(mostSchedules / 2 / shaped.length)) - 2);
  const best = certain(bestShape(work, shaped, trials, grid.stepBytes, mostSizes));
  const room = certain(
    rooms.find(({ slots, makeJobs }) => slots === best.slots && makeJobs === best.makeJobs),
  );
  const choice = (setting: Tried): ChrootChoice => ({
    ...makeChoice(setting, work, study),
    ramDiskChroots: setting.ramDiskChroots,
    diskSlots: setting.diskSlots,
  });
  const withFlags = (setting: StarlingXTried): ChrootChoice & StarlingXFlags => ({
    ...choice(setting),
    parallel: setting.slots,
    maxMakeJobs: setting.makeJobs,
    tmpfsPercentage: setting.tmpfsPercentage,
  });
  return {
    best: choice(best),
    equal: withFlags(equalShape(room, host.memoryBytes, trials)),
    starlingx: withFlags(certain(bestFlags(rooms, host.memoryBytes, trials, 2 * mostSizes))),
  };
}

function makeChoice(setting: Tried, work: ArchWork, { host, trials }: Study): Choice {
  trials.verify(setting);
  const { slots, makeJobs, ramDiskBytes, makespanMs } = setting;
  const builder = builderText(settingBuilder(host, work.arch, setting));
  return { slots, makeJobs, ramDiskBytes, makespanMs, builder };
}

/** Slots and make jobs in the order in which they did best, with the memory that they leave in whole steps. */
function roomsOf(tried: readonly Tried[], limits: MemoryLimits, stepBytes: number): readonly Room[] {
  const rooms = new Map<string, Room>();
  for (const { slots, makeJobs } of [...tried].sort(bySpeed)) {
    const ramDiskBytes = Math.floor(limits.ramDiskBytes(slots, makeJobs) / stepBytes) * stepBytes;
    const key = `${String(slots)} ${String(makeJobs)}`;
    if (!rooms.has(key)) rooms.set(key, { slots, makeJobs, ramDiskBytes });
  }
  return [...rooms.values()].slice(0, TRIED_ROOMS);
}

function withSize(sizes: readonly number[], bytes: number): readonly number[] {
  return [...new Set([...sizes, bytes])].sort(compareNumber);
}

function smallestOf(tried: readonly Tried[], targetMs: number): Tried | undefined {
  const [first] = tried
    .filter(({ makespanMs }) => makespanMs <= targetMs)
    .sort((a, b) => firstDifference(compareNumber(a.ramDiskBytes, b.ramDiskBytes), bySpeed(a, b)));
  return first;
}

/**
 * What no setting of the grid can beat: the least bound of its slots, each with the most make jobs and RAM disk. Bounds them quickly
 * first, then well what is least, until that is the least of all.
 */
function boundOf({ grid, host, limits, trials }: Study): Pick<ArchAdvice, 'lowerBoundMs' | 'lowerBoundName'> {
  const fewestJobs = certain(grid.makeJobs[0]);
  const bounds = grid.slots.map((slots): SlotsBound => {
    const jobs = certain(grid.makeJobs.findLast((choice) => slots * choice <= host.cores));
    const setting = budgetSetting(slots, jobs, limits.ramDiskBytes(slots, fewestJobs));
    return { setting, lowerBoundMs: trials.quickBoundMs(setting) };
  });
  for (;;) {
    const least = certain([...bounds].sort((a, b) => compareNumber(a.lowerBoundMs, b.lowerBoundMs))[0]);
    if (least.name !== undefined) return { lowerBoundMs: least.lowerBoundMs, lowerBoundName: least.name };
    bounds[bounds.indexOf(least)] = { ...trials.bound(least.setting), setting: least.setting };
  }
}

/** `name`: of the bound, once it is more than a quick one. */
interface SlotsBound {
  readonly setting: Setting;
  readonly lowerBoundMs: number;
  readonly name?: string;
}

function certain<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('BUG: the grid has no setting that works');
  return value;
}
