import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, pathsPositional, talkOptions, type InputArguments } from './input-options.ts';
import { inputExitCode, rawOptions, readArguments } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';

const name = { type: 'string', demandOption: true } as const;

const whyOptions = {
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type WhyArguments = InputArguments &
  InferredOptionTypes<typeof whyOptions> & { readonly a: string; readonly b: string };

export const whyCommand: CommandModule<object, WhyArguments> = {
  command: 'why <a> <b> [paths..]',
  describe: 'Why A waits for B: the relations, where they stand, and what they lead to.',
  builder: (command) =>
    command
      .positional('a', { ...name, describe: 'a source, NAME or NAME/ARCH, or a unit of the plan' })
      .positional('b', { ...name, describe: 'what it waits for, named alike' })
      .positional('paths', pathsPositional)
      .options(inputOptions)
      .options(whyOptions)
      .options(talkOptions)
      .example('$0 why hello foo Sources --packages Packages', '')
      .example('$0 why hello/arm64 foo/arm64 tree --arch amd64,arm64', ''),
  handler: async (args) => {
    const debplan = await import('../src/index.ts');
    const options = debplan.resolveAnalyseOptions(rawOptions(args), debplan.thisMachine());
    const inputs = await readArguments(args, options.architectures);
    const { analysis, diagnostics } = debplan.analyseInputs(inputs, options);
    await printDiagnostics(diagnostics, { ...args, quiet: true }, inputs.paths);
    const answer = debplan.why(analysis.graph, args.a, args.b);
    const style = styleFor(process.stdout);
    process.stdout.write(
      args.json ? debplan.stableJson(answer) : debplan.formatWhy(answer, inputs.paths, style),
    );
    process.exitCode = inputExitCode(inputs) || Number(answer.steps.length === 0);
  },
};
