import { listSchedule, searchBuilds } from '../../src/internal.ts';
import type { Suite } from './suite.ts';
import { criticalRule, withRamDisk } from './workload.ts';

const SCHEDULES = 200;

/** The search for shorter schedules, in one thread. */
export const populationSearchSuite: Suite = {
  what: 'schedules decoded, justified and crossed, where RAM disk is scarce',
  largest: '2k',
  cases: (workload) => [
    {
      name: `${SCHEDULES} schedules`,
      prepare: async () => {
        const problem = withRamDisk(await workload.problem(), 16);
        const initial = [listSchedule(problem, criticalRule(problem))];
        const options = { schedules: SCHEDULES, seed: 1, initial, lowerBoundMs: 0 };
        return () => searchBuilds(problem, options);
      },
    },
  ],
};
