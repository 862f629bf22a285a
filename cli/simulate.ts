import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
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
    const debplan = await import('../src/index.ts');
    const request = {
      ...args,
      paths: args._.slice(1).map(String),
      sizeJitter: args['size-jitter'],
      failRate: args['fail-rate'],
      policies: args.policies?.split(','),
    };
    const progress = args.quiet ? () => undefined : reportRuns();
    process.stdout.write(await debplan.answerSimulation(request, styleFor(process.stdout), progress));
  },
};

/** Says on a terminal how many runs are done. */
function reportRuns(): (done: number, total: number) => void {
  if (!process.stderr.isTTY || (process.env['CI'] ?? '') !== '') return () => undefined;
  return (done, total) => {
    if (done < total && done % 10 > 0) return;
    process.stderr.write(done < total ? `\r${String(done)} of ${String(total)} runs` : '\r\u001B[K');
  };
}
