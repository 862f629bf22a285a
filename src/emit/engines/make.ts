import { at } from '../../base/column.ts';
import type { Emitter } from '../emitter.ts';
import { buildScript } from './build-script.ts';
import { comment, describePools } from './describe-pools.ts';
import { describeUsage } from './describe-usage.ts';
import { makePools, type PooledPlan } from './make-pools.ts';

/** A makefile: one target a build, in the order of the plan's priorities. make counts jobs of one kind only, so a script keeps the pools. */
export const make: Emitter = {
  describe: 'a makefile that runs the plan: resumable, within RAM disk, slots and disk',
  emit: (plan, options) => {
    const pooled = makePools(plan);
    const head = comment([...describeUsage('make'), '', ...describePools(plan, pooled)]);
    return [
      { path: 'make/Makefile', content: `${head}\n${makefile(pooled)}`, isExecutable: false },
      buildScript('make', plan, pooled.units, options),
      { path: 'make/in-pool', content: IN_POOL, isExecutable: true },
    ];
  },
};

function makefile({ units, poolOf, pools }: PooledPlan): string {
  const slots = pools.reduce((sum, { depth }) => sum + depth, 0);
  const jobs = Math.max(1, Math.min(units.length, Math.max(MOST_WAITING, slots * 8)));
  const rules = units.map(({ slug, needs }, place) => {
    const { name, depth } = at(poolOf, place);
    const before = needs.map((need) => ` done/${at(units, need).slug}`).join('');
    return `done/${slug}:${before}\n\t@./in-pool ${name} ${String(depth)} ./build-unit ${slug} && echo '${slug}: built'\n`;
  });
  return [
    'ifeq ($(wildcard build-unit),)\n$(error make has to run in the folder of this file: make -C FOLDER)\nendif\n\n',
    `# -j: how many run or wait for room in their pool; pools say how many run\nMAKEFLAGS += -k -r -j${String(jobs)}\n\n`,
    `.PHONY: all\nall:${units.map(({ slug }) => ` \\\n  done/${slug}`).join('')}\n\n`,
    ...rules,
  ].join('');
}

/** So many processes that wait cost next to nothing, and what waits in one pool hides nothing that another has room for. */
const MOST_WAITING = 64;

const IN_POOL = `#!/bin/sh
# Runs a command when fewer than DEPTH others of its pool run: ./in-pool POOL DEPTH COMMAND…
# A place is a lock on a file, which the system gives back however this script ends. The command does not have the lock itself:
# what it leaves behind in the background would keep the place. So this script waits for it, and does not end before it where
# both are told to.
pool=$1 depth=$2
shift 2
cd "$(dirname -- "$0")" && mkdir -p lock || exit
# first come, first served: one looks for a place, the others sleep
exec 9>"lock/$pool" || exit
flock 9 || exit
while :; do
  place=1
  while [ "$place" -le "$depth" ]; do
    exec 8>"lock/$pool.$place" || exit
    if flock -n 8; then
      exec 9>&-
      echo "[$pool] $2"
      trap : HUP INT TERM
      "$@" 8>&-
      exit "$?"
    fi
    place=$((place + 1))
  done
  sleep 0.1
done
`;
