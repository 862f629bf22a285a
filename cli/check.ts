import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { checkOptions, talkOptions, usageOf, type CheckArguments } from './input-options.ts';
import { inputExitCode, positionals, rawCheckOptions, readArguments } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';

const answerOptions = {
  all: {
    type: 'boolean',
    default: false,
    describe: 'show every cause and every source, not the first ones',
    group: 'Output:',
  },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type OwnArguments = CheckArguments & InferredOptionTypes<typeof answerOptions>;

const describe = "What can't be built on each architecture, and why.";

export const checkCommand: CommandModule<object, OwnArguments> = {
  command: 'check',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('check PATH…', describe, ''))
      .options(checkOptions)
      .options(answerOptions)
      .options(talkOptions)
      .example('$0 check tree --packages Packages --arch amd64,arm64', '')
      .example('$0 check tree --arch arm64 --profiles nocheck --json', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const { options, readArchitectures } = debplan.resolveCheckOptions(
      rawCheckOptions(args),
      debplan.thisMachine(),
    );
    const inputs = await readArguments(args, positionals(args), readArchitectures);
    const { check, diagnostics } = debplan.checkInputs(inputs, options);
    await printDiagnostics(diagnostics, args, inputs.paths);
    const { all } = args;
    const { paths } = inputs;
    const style = styleFor(process.stdout);
    process.stdout.write(
      args.json ? debplan.stableJson(check) : debplan.formatCheck(check, { all, paths, style }),
    );
    const isComplete = check.targets.every(({ unbuildable }) => unbuildable.length === 0);
    process.exitCode = inputExitCode(inputs) || Number(!isComplete);
  },
};
