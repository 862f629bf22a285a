import fc from 'fast-check';
import { planBuild } from '../../../src/pipeline.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planJob } from '../../support/planned.ts';

const jobs = fc.oneof(
  planJob({ hasLayers: false, indexed: ['amd64', 'arm64'] }),
  planJob({ hasLayers: true, indexed: [] }),
);

/** Small plans of all kinds. */
export const SAMPLE_PLANS: readonly Plan[] = fc
  .sample(jobs, { seed: 1, numRuns: 40 })
  .map(({ inputs, options }) => planBuild(inputs, options).plan);
