import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { checkOptions, talkOptions, usageOf, type CheckArguments } from './input-options.ts';
import { inputExitCode, positionals, rawCheckOptions, readArguments } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';
import { UsageError } from './usage.ts';

const setOptions = {
  essential: {
    type: 'boolean',
    default: false,
    describe: 'and the Essential packages, which every build chroot holds',
    group: 'Relations:',
  },
  json: { type: 'boolean', default: false, describe: 'print the set as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type SetArguments = CheckArguments & InferredOptionTypes<typeof setOptions>;

const describe = 'What apt-get build-dep would install to build a source, with sizes and reasons.';
const NAMES = 'SOURCE: NAME or NAME=VERSION, or a unit of check\n';

export const installSetCommand: CommandModule<object, SetArguments> = {
  command: 'install-set',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('install-set SOURCE PATH…', describe, NAMES))
      .options(checkOptions)
      .options(setOptions)
      .options(talkOptions)
      .example('$0 install-set hello tree --packages Packages', 'of a folder of source trees')
      .example('$0 install-set hello tree --arch arm64 --json', 'without an index, as JSON'),
  handler: async (args) => {
    const [source, ...paths] = positionals(args);
    if (source === undefined) throw new UsageError('a source is needed', 'debplan install-set --help');
    const debplan = await import('../src/internal.ts');
    const { options, readArchitectures } = debplan.resolveCheckOptions(
      rawCheckOptions(args),
      debplan.thisMachine(),
    );
    const { architectures } = options;
    if (architectures.length > 1) {
      throw new UsageError(`one architecture at a time, not ${architectures.join(' and ')}`, '--arch amd64');
    }
    const inputs = await readArguments(args, paths, readArchitectures);
    const base = args.essential ? 'chroot' : 'apt';
    const { answer, diagnostics } = debplan.findInstallSet(inputs, source, options, base);
    await printDiagnostics(diagnostics, args, inputs.paths);
    const style = styleFor(process.stdout);
    process.stdout.write(args.json ? debplan.stableJson(answer) : debplan.formatInstallSet(answer, style));
    process.exitCode = inputExitCode(inputs) || Number(answer.kind === 'unbuildable');
  },
};
