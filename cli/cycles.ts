import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { inputOptions, talkOptions, usageOf, type InputArguments } from './input-options.ts';
import { inputExitCode, positionals, readArguments, readOptions } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const output = { group: 'Output:' } as const;
const orders = { group: "StarlingX's cycle-order file:" } as const;

const cyclesOptions = {
  component: { ...text, ...output, describe: 'NAME: only the group of builds that this one is in' },
  'max-cycles': { ...text, ...output, describe: 'N: how many cycles of a group are shown; without it 10' },
  dot: {
    ...text,
    ...output,
    describe: 'N or NAME: draw the Nth group, or the one that this source is in, for Graphviz',
  },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', ...output },
  lint: { ...text, ...orders, describe: 'FILE: say what is wrong with it for these inputs' },
  write: { ...text, ...orders, describe: 'FILE: write a complete one for these inputs; - is stdout' },
} as const satisfies Record<string, Options>;

type CyclesArguments = InputArguments & InferredOptionTypes<typeof cyclesOptions>;

const describe = 'What waits for itself: each cycle with its relations, what opens it, and at which cost.';

export const cyclesCommand: CommandModule<object, CyclesArguments> = {
  command: 'cycles',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('cycles PATH…', describe, ''))
      .options(inputOptions)
      .options(cyclesOptions)
      .options(talkOptions)
      .example('$0 cycles Sources --packages Packages', '')
      .example('$0 cycles tree --arch amd64,arm64 --component hello', '')
      .example('$0 cycles tree --packages Packages --lint circular_dep.conf', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const { options, settings } = await readOptions(args);
    const read = await readArguments(args, positionals(args), options.architectures);
    const inputs = debplan.withSettings(read, settings);
    const request = { ...args, maxCycles: args['max-cycles'], orderFrom: args['order-from'] };
    const style = styleFor(process.stdout);
    const answer = await debplan.answerCycles(inputs, options, request, style);
    await printDiagnostics(answer.diagnostics, args, inputs.paths);
    process.stdout.write(answer.text);
    if (!args.quiet && answer.written.length > 0)
      process.stderr.write(`wrote ${answer.written.join(' and ')}\n`);
    process.exitCode = inputExitCode(inputs) || Number(!answer.isFine);
  },
};
