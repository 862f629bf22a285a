import { criticalChain, verifySchedule } from '../../src/internal.ts';
import type { Suite } from './suite.ts';

/** The independent check of a schedule, and what of it decides. */
export const verifySuite: Suite = {
  what: 'a schedule of the archive against every limit, and its critical chain',
  cases: (workload) => [
    {
      name: 'verify',
      prepare: async () => {
        const [problem, schedule] = [await workload.problem(), await workload.schedule()];
        return () => verifySchedule(problem, schedule);
      },
    },
    {
      name: 'critical chain',
      prepare: async () => {
        const [problem, schedule] = [await workload.problem(), await workload.schedule()];
        return () => criticalChain(problem, schedule);
      },
    },
  ],
};
