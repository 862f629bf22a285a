import type { CommandModule } from 'yargs';
import {
  inputExitCode,
  rawOptions,
  readArguments,
  withInputOptions,
  type InputArguments,
} from './common-options.ts';
import { printDiagnostics, styleFor } from './report.ts';

type WhyArguments = InputArguments & {
  readonly a: string;
  readonly b: string;
  readonly json: boolean;
};

export const whyCommand: CommandModule<object, WhyArguments> = {
  command: 'why <a> <b> [paths..]',
  describe: 'why A waits for B: the relations, where they stand, and what they lead to',
  builder: (command) =>
    withInputOptions(command)
      .positional('a', {
        type: 'string',
        demandOption: true,
        describe: 'a source, NAME or NAME/ARCH, or a unit of the plan',
      })
      .positional('b', { type: 'string', demandOption: true, describe: 'the same, for what it waits for' })
      .positional('paths', { type: 'string', array: true, describe: 'inputs, as for plan' })
      .option('json', { type: 'boolean', default: false, describe: 'print debplan/why@1', group: 'Output:' }),
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
