import { existsSync } from 'node:fs';
import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, talkOptions, usageOf, type InputArguments } from './input-options.ts';
import { estimateOptions, estimateRequest, planOptions } from './plan-options.ts';
import { readPlanTask } from './plan-task.ts';
import { inputExitCode, positionals } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';
import { UsageError } from './usage.ts';

const explainOptions = {
  ...estimateOptions,
  builder: planOptions.builder,
  builders: planOptions.builders,
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type ExplainArguments = InputArguments & InferredOptionTypes<typeof explainOptions>;

const describe =
  'Where the duration and the RAM disk of a source come from: its parts, its builds, its prior.';
const NAMES = 'SOURCE: NAME, NAME/ARCH or LAYER/TYPE/NAME, or a unit of a plan\n';

export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('explain SOURCE PATH…', describe, NAMES))
      .options(inputOptions)
      .options(explainOptions)
      .options(talkOptions)
      .example('$0 explain hello Sources --packages Packages', '')
      .example('$0 explain hello/arm64 tree --arch amd64,arm64 --history history.jsonl', ''),
  handler: async (args) => {
    const [source, ...paths] = positionals(args);
    if (source === undefined) throw new UsageError('a source is needed', 'debplan explain --help');
    if (paths.length === 0 && !args.apt && existsSync(source))
      throw new UsageError(`SOURCE is missing: '${source}' is a path`, `debplan explain SOURCE ${source}`);
    const debplan = await import('../src/internal.ts');
    const { inputs, options } = await readPlanTask(args, { ...args, ...estimateRequest(args) }, paths);
    const namesBuilders = args.builder !== undefined || args.builders !== undefined;
    const { answer, diagnostics } = debplan.explainSource(inputs, source, options, namesBuilders);
    await printDiagnostics(diagnostics, { ...args, quiet: true }, inputs.paths);
    const style = styleFor(process.stdout);
    process.stdout.write(args.json ? debplan.stableJson(answer) : debplan.formatExplanation(answer, style));
    process.exitCode = inputExitCode(inputs);
  },
};
