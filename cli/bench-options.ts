import type { InferredOptionTypes, Options } from 'yargs';
import { inputOptions, type talkOptions } from './input-options.ts';
import { planOptions } from './plan-options.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const list = { ...text, array: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;

const measured = { group: 'What to measure:' } as const;
const guarding = { group: 'Guarding:' } as const;
const output = { group: 'Output:' } as const;

const { estimates, policy, effort, schedules, partial } = planOptions;

/** What `plan` takes, and nobody may give beside a plan. */
export const plannedOptions = {
  ...inputOptions,
  'build-history': {
    ...planOptions.history,
    describe: 'FILE: what builds took before (the --history of plan); repeatable',
  },
  estimates,
  'ram-quantile': planOptions['ram-quantile'],
  'ram-holds': planOptions['ram-holds'],
  'disk-factor': planOptions['disk-factor'],
  policy,
  effort,
  schedules,
  partial,
} as const satisfies Record<string, Options>;

export const benchOptions = {
  policies: {
    ...text,
    ...measured,
    describe:
      'what to hold the plan against: static,critical-path,starlingx,…; without it all, of large plans the quick ones',
  },
  builder: {
    ...list,
    ...measured,
    describe:
      'name=x86,arch=amd64,slots=8,ram-disk=64GiB; repeatable: of inputs the builders to plan for, of a plan other ones',
  },
  builders: {
    ...list,
    ...measured,
    describe: 'FILE: a YAML list of builders, to plan the same builds for; repeatable, a table each',
  },
  jitter: {
    ...text,
    ...measured,
    describe: 'noise, a table each, as in simulate: 0,0.3,estimates; without it 0 and estimates',
  },
  'size-jitter': { ...text, ...measured, describe: 'noise of sizes, if it is another one' },
  'fail-rate': { ...text, ...measured, describe: 'probability that an attempt to build fails; without it 0' },
  retries: { ...text, ...measured, describe: 'N: how often a failed build is tried again; without it 1' },
  runs: {
    ...text,
    ...measured,
    describe: 'N: runs of each noise; without it 20, of more than 5,000 builds fewer',
  },
  seed: { ...text, ...measured, describe: 'N: of noise and search; without it 1' },
  history: {
    ...text,
    ...guarding,
    describe:
      'FILE: adds a line with this bench, and tells what has changed since the last that is comparable: of a plan that is called the same, with the same settings',
  },
  against: {
    ...text,
    ...guarding,
    choices: ['last', 'best', 'median'] as const,
    describe:
      'what it is held against there: last (default), or of the last ten the best or the median; those that --fail-if refused do not count',
  },
  name: {
    ...text,
    ...guarding,
    describe:
      "NAME: what the plan is called there; without it its file's name, without folders: give one where pa/plan.json and pb/plan.json share a history",
  },
  'fail-if': {
    ...list,
    ...guarding,
    describe: "exit with 1 if the plan is such: 'makespan>+5%', 'gap>2%', 'planning>+50%'; repeatable",
  },
  all: { ...flag, ...output, describe: 'print every row, not only what fits a screen' },
  csv: {
    ...text,
    ...output,
    describe: 'FILE: where every row goes as CSV, - is stdout',
  },
  json: { ...flag, ...output, describe: 'print the answer as JSON, with everything in it' },
  time: {
    type: 'boolean',
    default: true,
    ...output,
    describe: 'processor times and the date (default; --no-time: not, so that the answer is always the same)',
  },
} as const satisfies Record<string, Options>;

/** Options that may be repeated. */
export const BENCH_LISTS: readonly string[] = [
  '_',
  ...Object.entries({ ...plannedOptions, ...benchOptions })
    .filter(([, option]) => 'array' in option)
    .map(([name]) => name),
];

export type BenchArguments = InferredOptionTypes<typeof plannedOptions> &
  InferredOptionTypes<typeof benchOptions> &
  InferredOptionTypes<typeof talkOptions> & { readonly _: readonly (string | number)[] };
