import type { Plan } from '../../src/plan/plan.ts';

/** The options of a plan of which they don't matter. */
export const PLAN_OPTIONS: Plan['options'] = {
  architectures: ['amd64'],
  allOn: 'amd64',
  profiles: [],
  deps: 'install',
  alternatives: 'any',
  reading: 'debian',
  kind: 'binary',
  implicit: [],
  waitsForImplicit: false,
  rebuildAfterStage: true,
  rebuildStale: false,
  layers: [],
  select: [],
  buildDepsDepth: 0,
  dependentsDepth: 0,
  durationJobs: 1,
  ramQuantile: 0.9,
  ramHolds: 'chroot',
  search: { effort: 0, schedules: 0, seed: 1, foundBy: 'critical-path' },
};
