import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBuild } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { knottyUniverse } from '../support/knotty-universe.ts';
import { inputsOf, planJob, planOptionsOf } from '../support/planned.ts';
import { findNeedlessLosses, replayPlan } from '../support/replay-plan.ts';
import { textsOf } from '../support/small-universe.ts';

const BOTH = ['amd64', 'arm64'];
const RUNS = 1000;

const knotty = fc
  .oneof(
    { weight: 4, arbitrary: knottyUniverse({ hasLayers: false, indexed: BOTH }) },
    { weight: 2, arbitrary: knottyUniverse({ hasLayers: true, indexed: BOTH }) },
    { weight: 1, arbitrary: knottyUniverse({ hasLayers: false, indexed: ['amd64'] }) },
    { weight: 2, arbitrary: knottyUniverse({ hasLayers: false, indexed: [] }) },
    { weight: 1, arbitrary: knottyUniverse({ hasLayers: true, indexed: [] }) },
  )
  .map((universe) => ({ inputs: inputsOf(textsOf(universe)), options: planOptionsOf(universe.options) }));
const jobs = fc.oneof(
  { weight: 5, arbitrary: knotty },
  { weight: 1, arbitrary: planJob({ hasLayers: true, indexed: BOTH }) },
);

/** What a plan holds that makes a replay worth something; each word once a plan. */
function traitsOf(plan: Plan): ReadonlySet<string> {
  const tasks = plan.targets.flatMap((target) => target.tasks);
  return new Set([
    ...plan.breaks.map(({ kind }) => kind),
    ...plan.unbuildable.map(({ kind }) => kind),
    ...tasks.map(({ stage }) => `stage ${stage}`),
    ...(tasks.some(({ profiles, stage }) => profiles !== undefined && stage === '') ? ['own profiles'] : []),
    ...(tasks.some(({ buildArch }) => buildArch !== undefined) ? ['cross build'] : []),
    ...(plan.breaks.some(({ servedBy }) => servedBy !== undefined) ? ['served by'] : []),
  ]);
}

/** How many plans of `RUNS` must have each trait, so that the test can't become empty. */
const LEAST: Readonly<Record<string, number>> = {
  'existing-binary': 20,
  'served by': 20,
  'later-layer': 40,
  'hard-cycle': 200,
  'needs-unbuildable': 400,
  profile: 20,
  'own profiles': 20,
  'arch-all-apart': 20,
  'staged-build': 10,
  'stage stage1': 10,
  'stage rebuild': 10,
  'cross build': 3,
};

describe('the plan of a random universe', () => {
  it(
    'works: each build finds all that it needs when it starts, and what was built against a stage is built again',
    { timeout: 120_000 },
    () => {
      const found = new Map<string, number>();
      let reliant = 0;
      let needless = 0;
      fc.assert(
        fc.property(jobs, ({ inputs, options }) => {
          const { plan } = planBuild(inputs, options);
          const replay = replayPlan(inputs, plan);
          expect(replay.violations).toEqual([]);
          reliant += replay.reliantCount;
          needless += Number(findNeedlessLosses(inputs, plan).length > 0);
          for (const trait of traitsOf(plan)) found.set(trait, (found.get(trait) ?? 0) + 1);
        }),
        { seed: 4, numRuns: RUNS },
      );
      const scarce = Object.entries(LEAST).filter(([trait, least]) => (found.get(trait) ?? 0) < least);
      expect(scarce.map(([trait]) => [trait, found.get(trait) ?? 0])).toEqual([]);
      expect(reliant).toBeGreaterThan(1000);
      // where alternatives would have to be taken otherwise by one unit than by another, some are left out for nothing
      expect(needless).toBeLessThan(RUNS / 50);
    },
  );
});
