import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, talkOptions, type InputArguments } from './input-options.ts';
import { estimateOptions } from './plan-options.ts';
import { inputExitCode, positionals, readArguments, readOptions } from './read-arguments.ts';
import { showProgress } from './progress.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const output = { group: 'Output:' } as const;

const accuracyOptions = {
  history: estimateOptions.history,
  estimates: estimateOptions.estimates,
  'ram-quantile': {
    ...text,
    group: 'Estimates:',
    describe: 'which reserves to look at; without it 0.5,0.8,0.9,0.95,0.99',
  },
  'overrun-cost': {
    ...text,
    group: 'Estimates:',
    describe:
      'what a build that outgrows its reserve costs, in builds; without it 2.35: in vain, then on disk',
  },
  worst: { ...text, ...output, describe: 'N: how many of the worst predictions to list; without it 5' },
  svg: { ...text, ...output, describe: 'FILE: where a plot of predicted against actual goes; - is stdout' },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', ...output },
  csv: { type: 'boolean', default: false, describe: 'print every prediction as CSV', ...output },
} as const satisfies Record<string, Options>;

type AccuracyArguments = InputArguments & InferredOptionTypes<typeof accuracyOptions>;

const describe = 'How far estimates are from what builds took: each build of a history, from all the others.';
const USAGE = `debplan accuracy --history FILE [PATH…] [options]

${describe}

PATH: sources, as for plan, so that their features count; without them the history alone
--select: the builds of these sources only, estimated from all others too`;

export const accuracyCommand: CommandModule<object, AccuracyArguments> = {
  command: 'accuracy',
  describe,
  builder: (command) =>
    command
      .usage(USAGE)
      .options(inputOptions)
      .options(accuracyOptions)
      .options(talkOptions)
      .example('$0 accuracy --history history.jsonl', '')
      .example('$0 accuracy --history history.jsonl Sources --packages Packages --svg accuracy.svg', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = { ...args, ramQuantile: args['ram-quantile'], overrunCost: args['overrun-cost'] };
    const task = await debplan.readAccuracyTask(request);
    const { options } = await readOptions({ ...args, arch: args.arch ?? task.architectures?.slice() });
    const paths = positionals(args);
    const isNamed = paths.length > 0 || args.apt;
    const inputs = isNamed ? await readArguments(args, paths, options.architectures) : undefined;
    const { document, diagnostics } = debplan.assessHistory(task, inputs, options, await showProgress(args));
    await printDiagnostics(diagnostics, args, inputs?.paths ?? new Map());
    process.stdout.write(await debplan.answerAccuracy(document, request, styleFor(process.stdout)));
    const badInput = inputs === undefined ? 0 : inputExitCode(inputs);
    process.exitCode = badInput || Number(document.history.records === 0);
  },
};
