import { encodeReport, makeReportData } from '../../src/internal.ts';
import type { Suite } from './suite.ts';
import type { Workload } from './workload.ts';

/** The data of the HTML report. */
export const reportSuite: Suite = {
  what: 'from a plan to the data in its report',
  cases: (workload) => [
    {
      name: 'make',
      prepare: async () => {
        const plans = await labelledPlans(workload);
        return () => makeReportData(plans);
      },
    },
    {
      name: 'encode',
      prepare: async () => {
        const data = makeReportData(await labelledPlans(workload));
        return () => encodeReport(data);
      },
    },
  ],
};

async function labelledPlans(workload: Workload): Promise<Parameters<typeof makeReportData>[0]> {
  return [{ label: 'plan.json', sha256: '0'.repeat(64), plan: await workload.plan() }];
}
