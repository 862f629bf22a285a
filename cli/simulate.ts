import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
import { clearProgress, showProgress } from './progress.ts';
import { styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const noise = { group: 'Noise:' } as const;
const output = { group: 'Output:' } as const;

const simulateOptions = {
  runs: { ...text, ...noise, describe: 'N: how many runs; without it 200' },
  jitter: {
    ...text,
    ...noise,
    describe:
      'spread of durations and sizes, as standard deviation of their logarithm; 0,0.2,0.5: a table each; estimates: of each build its own; without it 0.3',
  },
  'size-jitter': { ...text, ...noise, describe: 'spread of sizes, if it is another one' },
  'fail-rate': { ...text, ...noise, describe: 'probability that an attempt to build fails; without it 0' },
  retries: { ...text, ...noise, describe: 'N: how often a failed build is tried again; without it 1' },
  seed: { ...text, ...noise, describe: 'N: other runs; without it 1' },
  policies: {
    ...text,
    describe: 'what to compare with the plan: static,critical-path,starlingx (default), plan-order, …',
    group: 'Policies:',
  },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', ...output },
  csv: { type: 'boolean', default: false, describe: 'print the table as CSV', ...output },
  quiet: talkOptions.quiet,
} as const satisfies Record<string, Options>;

type SimulateArguments = InferredOptionTypes<typeof simulateOptions> & {
  readonly _: readonly (string | number)[];
};

const describe =
  'The plan when builds take longer or shorter than estimated, and other policies on the same builds.';

export const simulateCommand: CommandModule<object, SimulateArguments> = {
  command: 'simulate',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan simulate PLAN [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written; - is stdin`,
      )
      .options(simulateOptions)
      .example('$0 simulate plan.json', '')
      .example('$0 simulate plan.json --jitter 0,0.2,0.5 --policies static,starlingx --csv', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = {
      ...args,
      paths: args._.slice(1).map(String),
      sizeJitter: args['size-jitter'],
      failRate: args['fail-rate'],
      policies: args.policies?.split(','),
    };
    const show = await showProgress(args);
    const onRun = (done: number, total: number): void => {
      show({ doing: 'simulating', done, total, noun: 'runs' });
    };
    const answer = await debplan.answerSimulation(request, styleFor(process.stdout), onRun);
    clearProgress();
    process.stdout.write(answer);
  },
};
