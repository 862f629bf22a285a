import { at } from '../../base/column.ts';
import type { Emitter } from '../emitter.ts';
import { buildScript } from './build-script.ts';
import { comment, describePools } from './describe-pools.ts';
import { describeUsage } from './describe-usage.ts';
import { makePools, type PooledPlan } from './make-pools.ts';

/** A ninja file: one edge a build, in the order of the plan's priorities, each in a pool. */
export const ninja: Emitter = {
  describe: 'a ninja file that runs the plan: resumable, within RAM disk, slots and disk',
  emit: (plan, options) => {
    const pooled = makePools(plan);
    const head = comment([...describeUsage('./run'), ...WHY_RUN, '', ...describePools(plan, pooled)]);
    const atOnce = pooled.pools.reduce((sum, { depth }) => sum + depth, 0);
    return [
      { path: 'ninja/build.ninja', content: `${head}\n${ninjaFile(pooled)}`, isExecutable: false },
      buildScript('ninja', plan, pooled.units, options),
      { path: 'ninja/run', content: runNinja(Math.max(1, atOnce)), isExecutable: true },
    ];
  },
};

const WHY_RUN = [
  'ninja by itself would stop at the first failure and run as many at once as this machine has processors:',
  './run tells it otherwise.',
];

function ninjaFile({ units, poolOf, pools }: PooledPlan): string {
  const edges = units.map(({ slug, needs }, place) => {
    const before = needs.map((need) => ` done/${at(units, need).slug}`).join('');
    const inputs = before === '' ? '' : ` |${before}`;
    return `build done/${slug}: build${inputs}\n  name = ${slug}\n  pool = ${at(poolOf, place).name}\n`;
  });
  return [
    'ninja_required_version = 1.5\n\n',
    ...pools.map(({ name, depth }) => `pool ${name}\n  depth = ${String(depth)}\n`),
    '\nrule build\n  command = ./build-unit $name\n  description = $name\n\n',
    ...edges,
  ].join('');
}

function runNinja(atOnce: number): string {
  return `#!/bin/sh
# Builds the plan with ninja: all that doesn't depend on a failure; as many at once as the pools have room for.
cd "$(dirname -- "$0")" && exec ninja -k 0 -j ${String(atOnce)} "$@"
`;
}
