import type { InferredOptionTypes, Options } from 'yargs';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;

const builders = { group: 'Builders:' } as const;
const estimates = { group: 'Estimates:' } as const;
const search = { group: 'Search:' } as const;
const output = { group: 'Output:' } as const;

/** What durations and sizes are estimated by. */
export const estimateOptions = {
  history: {
    ...text,
    ...estimates,
    array: true,
    describe: 'FILE: what builds took before, as learn and measure write it; repeatable',
  },
  estimates: {
    ...text,
    ...estimates,
    describe: 'FILE: durations and sizes that you know; TSV with a header (source, duration, size) or JSON',
  },
  'ram-quantile': {
    ...text,
    ...estimates,
    describe: 'the share of builds that have to fit into what is reserved of the RAM disk; without it 0.9',
  },
  'ram-holds': {
    ...text,
    ...estimates,
    describe: 'chroot: the whole chroot lies on the RAM disk (default); build: the build tree alone',
  },
} as const satisfies Record<string, Options>;

export type EstimateArguments = InferredOptionTypes<typeof estimateOptions>;

/** The names of these that the library knows by other names. */
export function estimateRequest(args: Pick<EstimateArguments, 'ram-quantile' | 'ram-holds'>): {
  readonly ramQuantile: string | undefined;
  readonly ramHolds: string | undefined;
} {
  return { ramQuantile: args['ram-quantile'], ramHolds: args['ram-holds'] };
}

/** What `plan` takes beside its inputs. */
export const planOptions = {
  ...estimateOptions,
  builder: {
    ...text,
    ...builders,
    array: true,
    describe:
      'name=x86,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1; repeatable; without one this machine',
  },
  builders: { ...text, ...builders, describe: 'FILE: a YAML list of such builders' },
  'disk-factor': {
    ...text,
    ...builders,
    describe: 'how many times longer a build takes on disk than in RAM; without it 1.35',
  },
  policy: {
    ...text,
    ...builders,
    describe: 'NAME: plan as this policy would build: critical-path, starlingx, waves, dpb, poudriere, …',
  },
  effort: {
    ...text,
    ...search,
    describe:
      '0 one rule; 1 several rules and a short search (the default); 2, 3, … search 5 times longer each',
  },
  schedules: {
    ...text,
    ...search,
    describe: 'N: how many schedules the search may make; 2000 at --effort 2',
  },
  seed: { ...text, ...search, describe: 'N: of the search; without it 1' },
  output: {
    ...text,
    ...output,
    alias: 'o',
    describe: 'FILE: where the plan goes; without it plan.json; - is stdout',
  },
  order: {
    ...text,
    ...output,
    describe: 'FILE: where the order goes, a unit a line; without it order.txt beside the plan; - is stdout',
  },
  json: { ...flag, ...output, describe: 'print the plan instead of the summary; write files only if named' },
  gantt: {
    ...flag,
    ...output,
    describe: 'print a chart of builds by slot and of the RAM disk instead of the lists of the summary',
  },
  all: { ...flag, ...output, describe: 'print all of each list, or all slots, not only what fits a screen' },
  partial: { ...flag, ...output, describe: 'exit with 0 although cycles without a way out are left out' },
} as const satisfies Record<string, Options>;

export type OwnPlanArguments = InferredOptionTypes<typeof planOptions>;
