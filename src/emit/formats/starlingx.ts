import type { Emitter } from '../emitter.ts';
import { formatBuildSizes } from './starlingx/build-sizes.ts';
import { formatChroots } from './starlingx/chroots.ts';
import { formatPlanCycles } from './starlingx/plan-cycles.ts';
import { formatLists } from './starlingx/lists.ts';

/** What StarlingX's build-pkgs and its package builder can be told of a plan. */
export const starlingx: Emitter = {
  describe:
    'package lists by layer and build type with a script for build-pkgs, cycle orders, sizes, chroots',
  emit: (plan) => [
    ...formatLists(plan),
    { path: 'starlingx/circular_dep.conf', content: formatPlanCycles(plan), isExecutable: false },
    { path: 'starlingx/build-sizes.txt', content: formatBuildSizes(plan), isExecutable: false },
    { path: 'starlingx/chroots.txt', content: formatChroots(plan), isExecutable: false },
  ],
};
