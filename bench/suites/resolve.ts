import { checkInputs, chooseIn, resolveCheckOptions } from '../../src/internal.ts';
import type { Suite } from './suite.ts';
import { ARCHITECTURES, universeOf } from './workload.ts';

const MACHINE = { arch: 'amd64', cpus: 8, memoryBytes: 2 ** 36 };

/** What can be installed and built. */
export const resolveSuite: Suite = {
  what: 'from records to what can be installed and built, for two architectures',
  cases: (workload) => [
    {
      name: 'number packages and relations',
      prepare: async () => {
        const inputs = await workload.inputs();
        return () => universeOf(inputs, workload.options);
      },
    },
    {
      name: 'what can be installed',
      prepare: async () => {
        const universe = await workload.universe();
        return () => chooseIn(universe);
      },
    },
    {
      name: 'check',
      prepare: async () => {
        const inputs = await workload.inputs();
        const { options } = resolveCheckOptions({ arch: [...ARCHITECTURES] }, MACHINE);
        return () => checkInputs(inputs, options);
      },
    },
  ],
};
