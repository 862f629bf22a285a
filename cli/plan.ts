import type { CommandModule } from 'yargs';
import { inputOptions, talkOptions, usageOf, type InputArguments } from './input-options.ts';
import { estimateRequest, planOptions, type OwnPlanArguments } from './plan-options.ts';
import { makePlan, readPlanTask } from './plan-task.ts';
import { inputExitCode, positionals } from './read-arguments.ts';
import { showProgress, terminalSize } from './progress.ts';
import { styleFor } from './report.ts';

/** The options, of all commands, that may be given more than once. */
export const LISTS: readonly string[] = [
  '_',
  ...Object.entries({ ...inputOptions, ...planOptions })
    .filter(([, option]) => 'array' in option)
    .map(([name]) => name),
];

const describe = 'What to build when and where: writes plan.json and order.txt, prints a summary.';

export const planCommand: CommandModule<object, InputArguments & OwnPlanArguments> = {
  command: 'plan',
  describe,
  builder: (command) =>
    command
      .usage(usageOf('plan PATH…', describe, ''))
      .options(inputOptions)
      .options(planOptions)
      .options(talkOptions)
      .example('$0 plan Sources --packages Packages', "a distribution's indexes")
      .example('$0 plan tree --arch amd64,arm64', 'a folder of source trees, twice')
      .example('$0 plan tree --select hello --with-build-deps', 'one source and all before it')
      .example('$0 plan tree --builder arch=amd64,slots=8,ram-disk=64GiB', '')
      .example('$0 plan tree --gantt', 'who builds what when, as a chart'),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const raw = { ...args, ...estimateRequest(args), diskFactor: args['disk-factor'] };
    const task = await readPlanTask(args, raw, positionals(args));
    const { plan, analysis } = await makePlan(task, args, await showProgress(args));
    const { written, answer } = await debplan.writePlan(plan, args);
    const size = terminalSize(process.stdout);
    const shown = { all: args.all, style: styleFor(process.stdout) };
    const view = args.gantt
      ? () => debplan.emitGantt(plan, { ...shown, ...size })
      : () => debplan.emitSummary(plan, shown);
    for (const piece of answer ?? [view()]) process.stdout.write(piece);
    if (!args.quiet && written.length > 0) process.stderr.write(`wrote ${written.join(' and ')}\n`);
    const hasHardCycle = analysis.hardCycles.length > 0 && !args.partial;
    process.exitCode = inputExitCode(task.inputs) || Number(hasHardCycle);
  },
};
