import { PLAN_SCHEMA, type Plan, type PlanBuilder, type PlanTask } from '../../src/plan/plan.ts';
import { PLAN_OPTIONS } from '../support/plan-options.ts';

/** A task of which only the given fields matter; a build in RAM of one second. */
export function planTask(given: Partial<PlanTask> & Pick<PlanTask, 'id' | 'source' | 'version'>): PlanTask {
  return {
    stage: '',
    needs: [],
    builder: 'one',
    slot: 0,
    mode: 'ram',
    makeJobs: 1,
    startMs: 0,
    durationMs: 1000,
    workMs: 1000,
    workUpperMs: 1000,
    parallelFraction: 0,
    ramDiskBytes: 0,
    ramDiskMedianBytes: 0,
    ramDiskUpperBytes: 0,
    ramDiskParts: {
      baseBytes: 0,
      listsBytes: 0,
      dependsBytes: 0,
      downloadsBytes: 0,
      treeBytes: 0,
      peakBytes: 0,
      reserveBytes: 0,
    },
    memoryBytes: 0,
    estimatedBy: { duration: 'default', ramDisk: 'default' },
    priority: 0,
    critical: false,
    ...given,
  };
}

export function planBuilder(given: Partial<PlanBuilder> & Pick<PlanBuilder, 'name'>): PlanBuilder {
  return {
    arch: 'amd64',
    slots: 2,
    ramDiskBytes: 2 ** 30,
    ramDiskChroots: [],
    memoryBytes: null,
    diskSlots: 2,
    diskFactor: 1.5,
    cores: null,
    makeJobs: [1],
    speed: 1,
    ...given,
  };
}

/** A plan of these tasks about which nothing else is known. */
export function emptyPlan(
  targets: Plan['targets'],
  builders: Plan['builders'] = [planBuilder({ name: 'one' })],
): Plan {
  return {
    schema: PLAN_SCHEMA,
    inputs: [],
    options: PLAN_OPTIONS,
    builders,
    targets,
    architectures: [],
    criticalChain: [],
    breaks: [],
    unbuildable: [],
    makespanMs: 0,
    lowerBoundMs: 0,
    lowerBoundName: 'chain',
    lowerBoundBinding: { kind: 'chain', tasks: [] },
  };
}
