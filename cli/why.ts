import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, talkOptions, usageOf, type InputArguments } from './input-options.ts';
import { inputExitCode, positionals, readArguments, readOptions } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';
import { UsageError } from './usage.ts';

const whyOptions = {
  all: {
    type: 'boolean',
    default: false,
    describe: 'every reason of each step, not the strongest alone',
    group: 'Output:',
  },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type WhyArguments = InputArguments & InferredOptionTypes<typeof whyOptions>;

const describe =
  'Why A waits for B: the relations, where they stand, how firm they are, and what would remove them.';
const NAMES = 'A, B: sources, NAME, NAME/ARCH or LAYER/TYPE/NAME, or units of a plan\n';

export const whyCommand: CommandModule<object, WhyArguments> = {
  command: 'why',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('why A B PATH…', describe, NAMES))
      .options(inputOptions)
      .options(whyOptions)
      .options(talkOptions)
      .example('$0 why hello foo Sources --packages Packages --all', '')
      .example('$0 why hello/arm64 foo/arm64 tree --arch amd64,arm64', ''),
  handler: async (args) => {
    const [a, b, ...paths] = positionals(args);
    if (a === undefined || b === undefined) {
      throw new UsageError('two names are needed: A and B', 'debplan why --help');
    }
    const debplan = await import('../src/internal.ts');
    const { options, settings } = await readOptions(args);
    const read = await readArguments(args, paths, options.architectures);
    const inputs = debplan.withSettings(read, settings);
    const { analysis, diagnostics } = debplan.analyseInputs(inputs, options);
    await printDiagnostics(diagnostics, { ...args, quiet: true }, inputs.paths);
    const answer = debplan.why(analysis, a, b, { isAll: args.all });
    const style = styleFor(process.stdout);
    process.stdout.write(
      args.json ? debplan.stableJson(answer) : debplan.formatWhy(answer, inputs.paths, style),
    );
    process.exitCode = inputExitCode(inputs) || Number(answer.steps.length === 0);
  },
};
