import type { ChrootAdvice, ChrootChoice, StarlingXFlags } from './advice.ts';
import type { ArchWork } from './arch-work.ts';
import { certain } from './certain.ts';
import {
  bestFlags,
  bestShapes,
  compareShapes,
  largestFlags,
  type Room,
  type StarlingXTried,
} from './chroot-shapes.ts';
import type { Study } from './grid.ts';
import { makeChoice } from './make-choice.ts';
import type { SearchBudget } from './search-budget.ts';
import type { Trials } from './trials.ts';
import type { Tried } from './try-grid.ts';

/**
 * The best shape of fixed chroots, and what StarlingX's formula makes of the host, all scheduled equally well: its shapes are
 * candidates for the best one too.
 * @param rooms those that did best first, at least one
 */
export function adviseChroots(
  work: ArchWork,
  study: Study,
  rooms: readonly Room[],
  budget: SearchBudget,
): ChrootAdvice {
  const { grid, host, trials } = study;
  const flagsFor = (some: readonly Room[]): StarlingXTried =>
    refine(certain(bestFlags(some, host.memoryBytes, trials, budget.percentages)), trials);
  const shapes = bestShapes(work, rooms.slice(0, budget.shapedRooms), trials, grid.stepBytes, budget);
  const flags = flagsFor(rooms.slice(0, budget.flaggedRooms));
  const ahead = least<Tried>([...shapes.map((shape) => refine(shape, trials)), flags]);
  const room = certain(
    rooms.find(({ slots, makeJobs }) => slots === ahead.slots && makeJobs === ahead.makeJobs),
  );
  const largest = refine(largestFlags(room, host.memoryBytes, trials), trials);
  // Better schedules may turn the order around.
  const equal = least([flagsFor([room]), largest]);
  const starlingx = least([flags, equal]);
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
    best: choice(least<Tried>([ahead, equal])),
    equal: withFlags(equal),
    largest: withFlags(largest),
    starlingx: withFlags(starlingx),
  };
}

function refine<T extends Tried>(tried: T, trials: Trials): T {
  return { ...tried, makespanMs: trials.refinedMs(tried) };
}

function least<T extends Tried>(tried: readonly T[]): T {
  return certain([...tried].sort(compareShapes)[0]);
}
