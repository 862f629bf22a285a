import type { CommandModule, Options } from 'yargs';
import {
  inputExitCode,
  inputPositional,
  rawOptions,
  readArguments,
  withInputOptions,
  type InputArguments,
} from './common-options.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const;

const planOptions = {
  builder: {
    ...text,
    array: true,
    describe: 'name=x86-1,arch=amd64,slots=8,ram-disk=64GiB,memory=96GiB,jobs=4,speed=1; repeatable',
    group: 'Builders:',
  },
  builders: { ...text, describe: 'the same as a YAML file', group: 'Builders:' },
  estimates: {
    ...text,
    describe: 'durations and sizes: TSV (source, duration, size) or JSON',
    group: 'Builders:',
  },
  'disk-factor': {
    type: 'number',
    default: 1.35,
    requiresArg: true,
    describe: 'how many times longer a build takes on disk than in RAM',
    group: 'Builders:',
  },
  output: {
    ...text,
    alias: 'o',
    describe: 'where the plan goes; default plan.json; - is stdout',
    group: 'Output:',
  },
  order: {
    ...text,
    describe: 'where the order file goes; default: order.txt beside the plan',
    group: 'Output:',
  },
  json: {
    type: 'boolean',
    default: false,
    describe: 'print the plan instead of the summary',
    group: 'Output:',
  },
  partial: {
    type: 'boolean',
    default: false,
    describe: 'exit with 0 although hard cycles are left out',
    group: 'Output:',
  },
} as const satisfies Record<string, Options>;

type PlanArguments = InputArguments & {
  readonly builder?: string[] | undefined;
  readonly builders?: string | undefined;
  readonly estimates?: string | undefined;
  readonly 'disk-factor': number;
  readonly output?: string | undefined;
  readonly order?: string | undefined;
  readonly json: boolean;
  readonly partial: boolean;
};

export const planCommand: CommandModule<object, PlanArguments> = {
  command: 'plan [paths..]',
  describe: 'what to build when and where: writes plan.json and order.txt, prints a summary',
  builder: (command) => withInputOptions(command).positional('paths', inputPositional).options(planOptions),
  handler: async (args) => {
    const debplan = await import('../src/index.ts');
    const machine = debplan.thisMachine();
    const options = debplan.resolveAnalyseOptions(rawOptions(args), machine);
    const raw = { ...args, diskFactor: args['disk-factor'] };
    const settings = await debplan.readPlanSettings(raw, options.architectures, machine);
    const inputs = debplan.withSettings(await readArguments(args, options.architectures), settings);
    const { plan, analysis, diagnostics } = debplan.planBuild(inputs, { ...options, ...settings });
    await printDiagnostics(diagnostics, args, inputs.paths);
    const isPlanPrinted = args.json || args.output === '-';
    process.stdout.write(
      isPlanPrinted ? debplan.stableJson(plan) : debplan.emitSummary(plan, styleFor(process.stdout)),
    );
    const planFile = args.output ?? (args.json ? '-' : 'plan.json');
    const written = await debplan.writePlan(plan, planFile, args.order);
    if (!args.quiet && written.length > 0) process.stderr.write(`wrote ${written.join(' and ')}\n`);
    const hasHardCycle = analysis.hardCycles.length > 0 && !args.partial;
    process.exitCode = inputExitCode(inputs) || Number(hasHardCycle);
  },
};
