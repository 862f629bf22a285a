import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { Inputs } from '../../src/io/inputs.ts';
import { planBuild, type PlanOptions } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { readPlanArgs } from '../support/plan-args.ts';
import { findNeedlessLosses, replayPlan } from '../support/replay-plan.ts';
import { hasStarlingX, SUITES } from './starlingx.ts';

const STARLINGX = fileURLToPath(new URL('../../../shared/data/starlingx/', import.meta.url));
const ARCHITECTURES = ['amd64', 'arm64'];
const VARIANTS = SUITES.flatMap((suite) => [
  [suite, 'indexed'] as const,
  [suite, 'without an index'] as const,
]);

interface Job {
  readonly inputs: Inputs;
  readonly options: PlanOptions;
}

const jobs = new Map<string, Promise<Job>>();

/** A suite and the options of its plan, read once. */
function jobOf(suite: string, indexed: (typeof VARIANTS)[number][1]): Promise<Job> {
  const key = `${suite} ${indexed}`;
  const perArchitecture = ARCHITECTURES.flatMap((arch) => [
    ...(indexed === 'indexed' ? ['--packages', `${suite}-${arch}.Packages`] : []),
    ...['--builder', `name=${arch},arch=${arch},slots=8,ram-disk=64GiB`],
  ]);
  const args = [`${suite}.Sources`, '--arch', ARCHITECTURES.join(','), ...perArchitecture];
  const known = jobs.get(key) ?? readPlanArgs(args, STARLINGX);
  jobs.set(key, known);
  return known;
}

/** Random sources, by name, sorted. */
function pickSources(names: readonly string[], count: number, random: () => number): readonly string[] {
  return names
    .map((name) => ({ name, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ name }) => name)
    .sort();
}

/** Units of the selected sources that are neither planned nor left out with a reason. */
function unanswered({ sources }: Inputs, selected: readonly string[], plan: Plan): readonly string[] {
  const answered = new Set([
    ...plan.targets.flatMap((target) => target.tasks.map((task) => `${task.source} ${task.layer ?? ''}`)),
    ...plan.unbuildable.flatMap(({ source, reason, unit }) => {
      const layer = unit === undefined ? '' : (unit.split('/')[0] ?? '');
      return reason === '' ? [] : [`${source} ${layer}`];
    }),
  ]);
  return sources
    .filter(({ name }) => selected.includes(name))
    .filter(({ name, layer = '' }) => !answered.has(`${name} ${layer}`) && !answered.has(`${name} `))
    .map(({ name, layer = '' }) => `${layer}/${name}`);
}

describe.skipIf(!hasStarlingX)(
  'a plan of StarlingX (../shared), replayed against a simulated archive,',
  () => {
    it.each(VARIANTS)('works: all of %s, %s', async (suite, indexed) => {
      const { inputs, options } = await jobOf(suite, indexed);
      const { plan } = planBuild(inputs, options);
      const { violations, taskCount, relationCount, reliantCount } = replayPlan(inputs, plan);
      expect(violations).toEqual([]);
      expect(findNeedlessLosses(inputs, plan)).toEqual([]);
      expect(taskCount).toBeGreaterThan(450);
      expect(relationCount).toBeGreaterThan(2500);
      expect(reliantCount).toBeGreaterThan(100);
    });

    it.each(VARIANTS)(
      'works or says why not, whatever is selected of %s, %s',
      async (suite, indexed) => {
        const { inputs, options } = await jobOf(suite, indexed);
        const names = [...new Set(inputs.sources.map(({ name }) => name))].sort();
        const random = seededRandom(suite.length);
        let taskCount = 0;
        for (const count of [1, 1, 2, 3, 5, 8, 13, 25, 50, 300]) {
          const select = pickSources(names, count, random);
          const buildDepsDepth = count < 50 && random() < 0.5 ? Infinity : 0;
          const { plan } = planBuild(inputs, { ...options, select, buildDepsDepth });
          const replay = replayPlan(inputs, plan);
          expect([select, replay.violations]).toEqual([select, []]);
          expect([select, findNeedlessLosses(inputs, plan)]).toEqual([select, []]);
          expect([select, unanswered(inputs, select, plan)]).toEqual([select, []]);
          taskCount += replay.taskCount;
        }
        expect(taskCount).toBeGreaterThan(450);
      },
      60_000,
    );
  },
);
