import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';
import { describeBinding } from '../plan/describe-binding.ts';
import type { NamedBound } from '../schedule/bounds/lower-bound.ts';
import type { ArchAdvice } from './advice.ts';
import type { ArchWork } from './arch-work.ts';
import { certain } from './certain.ts';
import type { Study } from './grid.ts';
import { budgetSetting, type Setting } from './host.ts';

type BoundOfAll = Pick<
  ArchAdvice,
  'lowerBoundMs' | 'lowerBoundName' | 'lowerBoundBinding' | 'lowerBoundSlots'
>;

/**
 * What no setting of the grid can beat: the least bound of its slots, each with the most make jobs and RAM disk. Bounds them quickly
 * first, then well what is least, until that is the least of all.
 */
export function boundOfAll(work: ArchWork, { grid, host, limits, trials }: Study): BoundOfAll {
  const fewestJobs = certain(grid.makeJobs[0]);
  const bounds = grid.slots.map((slots): SlotsBound => {
    const jobs = certain(grid.makeJobs.findLast((choice) => slots * choice <= host.cores));
    const setting = budgetSetting(slots, jobs, limits.ramDiskBytes(slots, fewestJobs));
    return { setting, lowerBoundMs: trials.quickBoundMs(setting) };
  });
  for (;;) {
    const least = certain([...bounds].sort((a, b) => compareNumber(a.lowerBoundMs, b.lowerBoundMs))[0]);
    const { setting, bound } = least;
    if (bound !== undefined)
      return {
        lowerBoundMs: bound.lowerBoundMs,
        lowerBoundName: bound.name,
        lowerBoundBinding: describeBinding(bound.binding, work.arch, (task) => at(work.ids, task)),
        lowerBoundSlots: setting.slots,
      };
    const found = trials.bound(setting);
    bounds[bounds.indexOf(least)] = { setting, lowerBoundMs: found.lowerBoundMs, bound: found };
  }
}

/** `bound`: once it is more than a quick one. */
interface SlotsBound {
  readonly setting: Setting;
  readonly lowerBoundMs: number;
  readonly bound?: NamedBound;
}
