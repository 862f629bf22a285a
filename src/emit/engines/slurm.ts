import { at } from '../../base/column.ts';
import { formatDuration } from '../../base/quantity.ts';
import type { Plan } from '../../plan/plan.ts';
import { quoteShell } from '../command/quote-shell.ts';
import type { Emitter } from '../emitter.ts';
import { mebibytes } from '../mebibytes.ts';
import { buildScript } from './build-script.ts';
import { comment } from './describe-pools.ts';
import { engineUnits, type EngineUnit } from './engine-units.ts';
import { ramDiskOf } from './pool-depths.ts';
import { uniqueWords } from './unique-words.ts';

/**
 * A script that submits the plan to Slurm, one job a build. What depends on a failed build is cancelled. Slurm picks the nodes
 * by architecture: the plan's builders and slots count no more, its priorities do.
 */
export const slurm: Emitter = {
  describe: 'a script that submits the plan to Slurm, RAM disk as a generic resource',
  emit: (plan, options) => {
    const units = engineUnits(plan);
    return [
      { path: 'slurm/submit', content: submitScript(plan, units), isExecutable: true },
      buildScript('slurm', plan, units, options),
    ];
  },
};

function submitScript({ makespanMs }: Plan, units: readonly EngineUnit[]): string {
  const archs = uniqueWords(units.map(archOf));
  const jobs = units.map((unit, place) => {
    const { task, slug, needs } = unit;
    const figures = [place, task.makeJobs, mebibytes(task.memoryBytes), mebibytes(ramDiskOf(task))].map(
      String,
    );
    const before = needs.map((need) => at(units, need).slug);
    return `on_${archs.get(archOf(unit)) ?? ''} ${[slug, ...figures, ...before].join(' ')}\n`;
  });
  return [
    '#!/bin/sh\n',
    comment([...USAGE, '', `The plan, on its own builders, takes ${formatDuration(makespanMs)}.`]),
    SETTINGS,
    ...[...archs].map(([arch, word]) => settingsOf(arch, word)),
    SUBMIT,
    ...[...archs.values()].map(
      (word) => `on_${word}() { submit "$CONSTRAINT_${word}" "$PARTITION_${word}" "$@"; }\n`,
    ),
    '\n# on_ARCHITECTURE NAME NICE CPUS MEMORY_MIB RAMDISK_MIB NEED…\n',
    ...jobs,
    '\necho "$submitted submitted, $kept still queued, $built built already"\n',
  ].join('');
}

/** The architecture that a build runs on. */
function archOf({ task, target }: EngineUnit): string {
  return task.buildArch ?? target.arch;
}

const USAGE = [
  'Submits the plan to Slurm; made by debplan.',
  '',
  '  ./submit                    all that is neither built nor queued; call it again after a failure',
  '  scancel $(cat job/*)        stops it',
  '',
  'Each build waits for those that it needs; what depends on a failed one is cancelled. done/NAME is made when NAME is built,',
  'log/NAME.log holds its output, job/NAME the number of its job. This folder has to be seen by all nodes.',
  'ramdisk is a generic resource that counts MiB: GresTypes=ramdisk, Gres=ramdisk:131072 for a node,',
  'NodeName=x86-1 Name=ramdisk Count=131072 Flags=CountOnly in gres.conf.',
];

const SETTINGS = `
# What differs between clusters: change it here, or set it in the environment.
# options for every job, such as --account=NAME --time=2-0
OPTIONS=\${OPTIONS-}
# the generic resource for MiB of RAM disk; empty: none
RAMDISK_GRES=\${RAMDISK_GRES-ramdisk}
# a licence for each build on disk, as many as may run at once; empty: no limit
DISK_LICENSE=\${DISK_LICENSE-}
# MiB of memory for each job beside its RAM disk, which counts as its memory, and its processes as the plan estimates them
EXTRA_MEMORY=\${EXTRA_MEMORY-512}
# processors for each job; empty: the plan's make jobs
CPUS=\${CPUS-}
# how far apart the priorities of one build and the next are
NICE_STEP=\${NICE_STEP-1}
# features and partitions of the nodes of each architecture; empty: any
`;

function settingsOf(arch: string, word: string): string {
  return `[ "\${CONSTRAINT_${word}+set}" ] || CONSTRAINT_${word}=${quoteShell(arch)}\nPARTITION_${word}=\${PARTITION_${word}-}\n`;
}

const SUBMIT = `
cd "$(dirname -- "$0")" && mkdir -p done log job || exit
set -f
queued=$(squeue --noheader --me --format=%i) || exit
queued=" $(echo $queued) "
submitted=0 kept=0 built=0

submit() {
  constraint=$1 partition=$2 name=$3 nice=$(($4 * NICE_STEP)) cpus=\${CPUS:-$5} memory=$(($6 + $7 + EXTRA_MEMORY)) ramdisk=$7
  shift 7
  if [ -e "done/$name" ]; then
    built=$((built + 1))
    return
  fi
  if [ -e "job/$name" ] && read -r id <"job/$name"; then
    case $queued in
    *" $id "*)
      kept=$((kept + 1))
      return
      ;;
    esac
  fi
  after=
  for need; do
    [ -e "done/$need" ] && continue
    read -r id <"job/$need" || exit
    after=$after:$id
  done
  set -- --parsable --job-name="$name" --chdir="$PWD" --output="log/$name.slurm" \\
    --cpus-per-task="$cpus" --mem="$memory" --nice="$nice" --kill-on-invalid-dep=yes
  [ -z "$after" ] || set -- "$@" --dependency="afterok$after"
  [ -z "$constraint" ] || set -- "$@" --constraint="$constraint"
  [ -z "$partition" ] || set -- "$@" --partition="$partition"
  if [ "$ramdisk" -gt 0 ]; then
    [ -z "$RAMDISK_GRES" ] || set -- "$@" --gres="$RAMDISK_GRES:$ramdisk"
  else
    [ -z "$DISK_LICENSE" ] || set -- "$@" --licenses="$DISK_LICENSE:1"
  fi
  if ! id=$(sbatch "$@" $OPTIONS --wrap="./build-unit $name"); then
    echo "$name: could not be submitted; ./submit goes on from here" >&2
    exit 1
  fi
  # of several clusters: NUMBER;CLUSTER
  echo "\${id%%;*}" >"job/$name"
  submitted=$((submitted + 1))
}

`;
