import { lowerBound } from '../../src/internal.ts';
import type { Suite } from './suite.ts';
import { withRamDisk } from './workload.ts';

/** How fast a problem could be solved at best. */
export const boundsSuite: Suite = {
  what: 'lower bounds of the archive, RAM disk plenty and scarce',
  cases: (workload) => [
    {
      name: 'lower bound',
      prepare: async () => {
        const problem = await workload.problem();
        return () => lowerBound(problem);
      },
    },
    {
      name: 'lower bound, 16 GiB of RAM disk',
      prepare: async () => {
        const problem = withRamDisk(await workload.problem(), 16);
        return () => lowerBound(problem);
      },
    },
  ],
};
