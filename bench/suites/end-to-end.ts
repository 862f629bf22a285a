import { planBuild, readInputs, resolveAnalyseOptions, stableJson } from '../../src/internal.ts';
import type { BenchCase, Suite } from './suite.ts';
import { ARCHITECTURES, planOptions, requestOf } from './workload.ts';

const PLATFORM = 'fixtures/platform';

/** The whole pipe in one process that is warm; programs as users start them are in `bench/peers`. */
export const endToEndSuite: Suite = {
  what: 'from files on disk to the text of the plan, two architectures',
  cases: (workload, size) => {
    const { options } = workload;
    const whole: readonly BenchCase[] = [
      {
        name: 'read files',
        prepare: () => {
          const request = requestOf(workload.files());
          return async () => readInputs(request);
        },
      },
      {
        name: 'files to plan.json',
        prepare: () => {
          const request = requestOf(workload.files());
          return async () => stableJson(planBuild(await readInputs(request), options).plan);
        },
      },
    ];
    const plan: BenchCase = {
      name: 'plan',
      prepare: async () => {
        const inputs = await workload.inputs();
        return () => planBuild(inputs, options);
      },
    };
    // of 10,000 sources it is nearly the whole: measured once
    const cases = size === '10k' ? whole : [plan, ...whole];
    return size === '400' ? [...cases, examplePlatform()] : cases;
  },
};

function examplePlatform(): BenchCase {
  const packages = ARCHITECTURES.map((arch) => ({ path: `${PLATFORM}/${arch}.Packages`, arch }));
  const architectures = [...ARCHITECTURES];
  const request = { paths: [`${PLATFORM}/tree`], packages, apt: false, architectures, suite: undefined };
  const machine = { arch: 'amd64', cpus: 8, memoryBytes: 2 ** 36 };
  const layers = ['base', 'runtime', 'apps'];
  const options = { ...planOptions(), ...resolveAnalyseOptions({ arch: architectures, layers }, machine) };
  return {
    name: 'the tree of the example platform to plan.json',
    prepare: () => async () => stableJson(planBuild(await readInputs(request), options).plan),
  };
}
