import { once } from 'node:events';
import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, talkOptions, usageOf, type InputArguments } from './input-options.ts';
import { inputExitCode, positionals, readArguments, readOptions } from './read-arguments.ts';
import { printDiagnostics } from './report.ts';

const graphOptions = {
  format: {
    choices: ['json', 'dot', 'csv'] as const,
    default: 'json' as const,
    requiresArg: true,
    describe: 'json: units and edges (default); dot: for Graphviz; csv: an edge a row',
    group: 'Output:',
  },
  json: { type: 'boolean', default: false, describe: 'the same as --format json', group: 'Output:' },
} as const satisfies Record<string, Options>;

type GraphArguments = InputArguments & InferredOptionTypes<typeof graphOptions>;

const describe = 'Which unit waits for which, how firmly, why, and whether the plan honours it.';

export const graphCommand: CommandModule<object, GraphArguments> = {
  command: 'graph',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('graph PATH…', describe, ''))
      .options(inputOptions)
      .options(graphOptions)
      .options(talkOptions)
      .example('$0 graph Sources --packages Packages --format csv', '')
      .example('$0 graph tree --select hello --with-dependents --format dot', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const { options, settings } = await readOptions(args);
    const read = await readArguments(args, positionals(args), options.architectures);
    const inputs = debplan.withSettings(read, settings);
    const { analysis, diagnostics } = debplan.analyseInputs(inputs, options);
    await printDiagnostics(diagnostics, args, inputs.paths);
    const { graph } = analysis;
    const records = { units: debplan.graphUnits(graph), edges: debplan.graphEdges(graph, analysis) };
    await print(debplan.graphFormats[args.json ? 'json' : args.format](records));
    process.exitCode = inputExitCode(inputs);
  },
};

/** Writes chunks to stdout no faster than the reader takes them. */
async function print(chunks: Iterable<string>): Promise<void> {
  for (const chunk of chunks) {
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
  }
}
