import {
  emitFiles,
  emitSummary,
  finishPlan,
  plainStyle,
  readPlan,
  resolveEmitOptions,
  scheduleByList,
  stableJson,
  type EmitFormat,
  type Plan,
} from '../../src/internal.ts';
import type { BenchCase, Run, Suite } from './suite.ts';
import type { Workload } from './workload.ts';

/** One of each kind: a list, documents, the engines, pictures. */
const FORMATS: readonly EmitFormat[] = [
  'text',
  'csv',
  'json',
  'make',
  'ninja',
  'gitlab',
  'svg',
  'dot',
  'trace',
];

/** From a schedule to the plan file, back, and to other formats. */
export const emitSuite: Suite = {
  what: 'a plan put together, written, read back, and handed on in other formats',
  cases: (workload) => {
    const onPlan = (name: string, run: (plan: Plan) => unknown): BenchCase => ({
      name,
      prepare: async () => {
        const plan = await workload.plan();
        return () => run(plan);
      },
    });
    return [
      { name: 'put the plan together', prepare: () => finishing(workload) },
      onPlan('plan.json: write', stableJson),
      {
        name: 'plan.json: read and check',
        prepare: async () => {
          const text = await workload.planText();
          return () => readPlan(text, 'plan.json');
        },
      },
      onPlan('summary', (plan) => emitSummary(plan, { all: false, style: plainStyle })),
      ...FORMATS.map((format) => {
        const options = resolveEmitOptions({ formats: [format] });
        return onPlan(`emit ${format}`, (plan) => emitFiles(plan, options));
      }),
    ];
  },
};

async function finishing(workload: Workload): Promise<Run> {
  const posed = await workload.posed();
  const scheduled = scheduleByList(posed.unitProblem.problem, posed.bound, posed.unitProblem.units);
  return () => finishPlan(posed, scheduled);
}
