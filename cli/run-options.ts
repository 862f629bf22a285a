import type { InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const list = { type: 'string', array: true, requiresArg: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;

const place = { group: 'Where it works:' } as const;
const how = { group: 'How it builds:' } as const;
const limits = { group: 'When a build fails:' } as const;
const slurm = { group: 'Slurm:' } as const;
const output = { group: 'Output:' } as const;

/** What `debplan run` takes. */
export const runOptions = {
  work: { ...text, ...place, describe: 'DIR: journal, logs and packages; without it debplan-run' },
  resume: { ...flag, ...place, describe: 'go on with the run in the work folder' },
  'retry-failed': { ...flag, ...place, describe: 'and try again what failed there' },
  builders: { ...list, ...place, describe: "NAME,…: which of the plan's builders this machine is" },
  arch: {
    ...list,
    ...place,
    describe: "the plan's builders of these architectures; without it this machine's",
  },
  emulate: {
    type: 'boolean',
    ...place,
    describe: 'also builders of other architectures, with qemu-user: slow',
  },
  'ram-dir': { ...text, ...place, describe: 'DIR: a RAM disk that is there, for all builds' },
  'ram-disk': {
    type: 'boolean',
    ...place,
    describe: 'mount a RAM disk for each build (default; --no-ram-disk: build all on disk)',
  },
  isolate: {
    type: 'boolean',
    ...place,
    describe:
      'without control groups, end each build with a namespace of its processes (default; --no-isolate: for commands that call sudo)',
  },
  with: {
    ...how,
    requiresArg: true,
    choices: ['sbuild', 'command'] as const,
    describe: 'sbuild, command: what builds; without it sbuild, with --builder-command that',
  },
  'builder-command': {
    ...text,
    ...how,
    describe: "COMMAND: builds one unit, as in debplan emit: 'make {dsc}'",
  },
  suite: { ...text, ...how, describe: "the distribution's codename; without it unstable" },
  sources: { ...list, ...how, describe: 'DIR: has the .dsc files, in it or below it; repeatable' },
  fetch: {
    ...how,
    requiresArg: true,
    choices: ['apt'] as const,
    describe: 'apt: download source packages that are in no such folder',
  },
  chroot: {
    ...list,
    ...how,
    describe: '[ARCH=]FILE: tarball or name of the chroot that sbuild takes; repeatable',
  },
  'chroot-mode': {
    ...how,
    requiresArg: true,
    choices: ['unshare', 'schroot'] as const,
    describe: 'unshare, schroot: how sbuild makes chroots; without it unshare',
  },
  user: {
    ...text,
    ...how,
    describe: 'NAME: who builds, where root runs debplan; without it who called sudo',
  },
  'build-options': { ...list, ...how, describe: 'nocheck,nodoc: words for DEB_BUILD_OPTIONS' },
  retries: {
    ...text,
    ...limits,
    describe: 'N: tries after the first, if the next might succeed; without it 1',
  },
  transient: { ...list, ...limits, describe: 'REGEX: log lines that mean it might; repeatable' },
  timeout: { ...text, ...limits, describe: 'TIME: stop a build that takes longer: 6h' },
  'idle-timeout': { ...text, ...limits, describe: 'TIME: stop a build that says nothing for so long: 2h' },
  'max-log': { ...text, ...limits, describe: 'SIZE: stop a build that says more; without it 1GiB' },
  keep: {
    ...limits,
    requiresArg: true,
    choices: ['none', 'failed', 'all'] as const,
    describe: 'none, failed, all: whose build folders stay; without it none',
  },
  on: {
    ...slurm,
    requiresArg: true,
    choices: ['here', 'slurm'] as const,
    describe: 'here, slurm: where builds run; without it here',
  },
  'slurm-partition': { ...list, ...slurm, describe: '[ARCH=]NAME: partition; repeatable' },
  'slurm-constraint': { ...list, ...slurm, describe: '[ARCH=]FEATURES: what nodes must have; repeatable' },
  'slurm-ram': { ...text, ...slurm, describe: 'gres:NAME, license:NAME, none: what counts MiB of RAM disk' },
  'slurm-disk-license': { ...text, ...slurm, describe: 'NAME: a licence for each build on disk' },
  'slurm-option': { ...list, ...slurm, describe: 'TEXT: another option of sbatch; repeatable' },
  'slurm-window': { ...text, ...slurm, describe: 'N: jobs in the queue at once' },
  'slurm-poll': { ...text, ...slurm, describe: 'TIME: between two looks at the queue; without it 2s' },
  'slurm-ram-dir': { ...text, ...slurm, describe: "DIR: the nodes' RAM disk; without it /dev/shm" },
  'slurm-disk-dir': { ...text, ...slurm, describe: 'DIR: where nodes build on disk; without it /var/tmp' },
  cancel: { ...flag, ...slurm, describe: 'cancel the jobs of the run that is gone on with' },
  history: { ...text, ...output, describe: "FILE: add records of the builds, also to the work folder's own" },
  events: { ...text, ...output, describe: 'FILE: gets what happens as JSON Lines' },
  'dry-run': {
    ...flag,
    ...output,
    describe: 'only say what would be done first, and what this machine can do',
  },
  json: { ...flag, ...output, describe: 'print the result as JSON' },
  quiet: talkOptions.quiet,
} as const satisfies Record<string, Options>;

/** What may be repeated. */
export const RUN_LISTS: readonly string[] = Object.entries(runOptions).flatMap(([name, option]) =>
  'array' in option ? name : [],
);

export type RunArguments = InferredOptionTypes<typeof runOptions> & {
  readonly _: readonly (string | number)[];
};
