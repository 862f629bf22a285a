import type { CommandModule } from 'yargs';
import {
  inputExitCode,
  inputPositional,
  rawOptions,
  readArguments,
  withInputOptions,
  type InputArguments,
} from './common-options.ts';
import { printDiagnostics } from './report.ts';

type GraphArguments = InputArguments & {
  readonly format: 'json' | 'dot' | 'csv';
  readonly json: boolean;
};

export const graphCommand: CommandModule<object, GraphArguments> = {
  command: 'graph [paths..]',
  describe: 'which unit waits for which, how firmly, and why',
  builder: (command) =>
    withInputOptions(command)
      .positional('paths', inputPositional)
      .options({
        format: {
          choices: ['json', 'dot', 'csv'] as const,
          default: 'json' as const,
          describe: 'json: units and edges; dot: for Graphviz; csv: an edge a row',
          group: 'Output:',
        },
        json: { type: 'boolean', default: false, describe: 'the same as --format json', group: 'Output:' },
      }),
  handler: async (args) => {
    const debplan = await import('../src/index.ts');
    const options = debplan.resolveAnalyseOptions(rawOptions(args), debplan.thisMachine());
    const inputs = await readArguments(args, options.architectures);
    const { analysis, diagnostics } = debplan.analyseInputs(inputs, options);
    await printDiagnostics(diagnostics, args, inputs.paths);
    const document = debplan.makeGraphDocument(analysis.graph);
    process.stdout.write(debplan.graphFormats[args.json ? 'json' : args.format](document));
    process.exitCode = inputExitCode(inputs);
  },
};
