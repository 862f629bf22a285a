import type { CommandModule } from 'yargs';
import type { BenchRequest, BenchSource } from '../src/internal.ts';
import { benchOptions, plannedOptions, type BenchArguments } from './bench-options.ts';
import { talkOptions } from './input-options.ts';
import { clearProgress, showProgress } from './progress.ts';
import { estimateRequest } from './plan-options.ts';
import { makePlan, readPlanTask } from './plan-task.ts';
import { inputExitCode, positionals } from './read-arguments.ts';
import { printDiagnostics, styleFor } from './report.ts';
import { UsageError } from './usage.ts';

const describe = 'How good a plan is: policies, builders, noise and architectures, from night to night.';

const NAMES = [
  'PLAN: a file that debplan plan has written, compressed ones called *.json.*; - is stdin, which is always taken for a plan. PATH…: what debplan plan reads, with its options; it is planned, and each stage timed.',
  'A condition of --fail-if is METRIC>LIMIT, as in compare: a limit with a sign is a change since the last comparable bench of --history (+5%, -10m), one without a value (2h, 2%). Each row of the plan itself is held against it. Metrics: makespan, p95, bound, planning (durations); gap, slot-use, ram-use (shares); given-up',
].join('\n\n');

/** A plan, with what the command ends with where nothing else is wrong. */
interface Measured {
  readonly source: BenchSource;
  readonly exitCode: 0 | 1 | 2;
}

export const benchCommand: CommandModule<object, BenchArguments> = {
  command: 'bench',
  describe,
  builder: (command) =>
    command
      .usage(`debplan bench PLAN|PATH… [options]\n\n${describe}\n\n${NAMES}`)
      .options(benchOptions)
      .options(plannedOptions)
      .options(talkOptions)
      .example('$0 bench plan.json', '')
      .example("$0 bench plan.json --history bench.jsonl --fail-if 'makespan>+5%'", '')
      .example('$0 bench plan.json --builders more-slots.yaml --builders more-ram.yaml', '')
      .example('$0 bench tree --packages Packages', 'planned first, with its time'),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const paths = positionals(args);
    const [first, ...more] = paths;
    if (first === undefined && !args.apt)
      throw new UsageError('no plan and no input is named', 'debplan bench plan.json; - is stdin');
    const isPlan = first !== undefined && (await debplan.isPlanFile(first));
    const task = await debplan.readBenchTask(requestOf(args, isPlan));
    if (isPlan) refusePlanning(args, first, more);
    const { source, exitCode } = isPlan
      ? { source: await debplan.readBenchPlan(first), exitCode: 0 as const }
      : await planInputs(args, paths);
    const world = {
      clock: debplan.processClock,
      machine: debplan.thisMachine(),
      onProgress: await showProgress(args),
    };
    const answer = await debplan.answerBench(task, source, world, styleFor(process.stdout));
    clearProgress();
    await printDiagnostics(answer.diagnostics, args, new Map());
    process.stdout.write(answer.text);
    for (const message of answer.failed)
      process.stderr.write(`${styleFor(process.stderr).red('failed:')} ${message}\n`);
    process.exitCode = Math.max(exitCode, Number(answer.failed.length > 0));
  },
};

/** What is planned from inputs is planned for the builders that are given; what else there is, is measured beside. */
function requestOf(args: BenchArguments, isPlan: boolean): BenchRequest {
  const { own, others } = splitBuilders(args, isPlan);
  return {
    ...args,
    builder: own.builder === undefined && isPlan ? args.builder : undefined,
    builders: others,
    sizeJitter: args['size-jitter'],
    failRate: args['fail-rate'],
    failIf: args['fail-if'],
    policies: args.policies?.split(','),
  };
}

/** Of inputs: `--builder`, or the first `--builders`, is what is planned for. */
function splitBuilders(
  { builder, builders = [] }: BenchArguments,
  isPlan: boolean,
): {
  readonly own: { readonly builder?: readonly string[]; readonly builders?: string };
  readonly others: readonly string[];
} {
  if (isPlan) return { own: {}, others: builders };
  if (builder !== undefined) return { own: { builder }, others: builders };
  const [first, ...others] = builders;
  return { own: first === undefined ? {} : { builders: first }, others };
}

function refusePlanning(args: BenchArguments, plan: string, more: readonly string[]): void {
  if (more.length > 0)
    throw new UsageError(`one plan at a time: ${[plan, ...more].join(' and ')}`, 'leave one out');
  const given = Object.entries(plannedOptions).find(([name, option]) => {
    const value = Object.entries(args).find(([key]) => key === name)?.[1];
    return value !== undefined && value !== ('default' in option ? option.default : undefined);
  });
  if (given === undefined) return;
  throw new UsageError(
    `--${given[0]} says how to plan, and ${plan} is planned already`,
    'leave it out, or name the inputs instead of the plan',
  );
}

/** Plans as `debplan plan` does, and takes the time of each stage. */
async function planInputs(args: BenchArguments, paths: readonly string[]): Promise<Measured> {
  const debplan = await import('../src/internal.ts');
  const stages = new debplan.StageClock('reading', debplan.processClock.cpuMs, await showProgress(args));
  const { own } = splitBuilders(args, false);
  const raw = {
    ...args,
    builder: own.builder,
    builders: own.builders,
    history: args['build-history'],
    ...estimateRequest(args),
    diskFactor: args['disk-factor'],
  };
  const task = await readPlanTask(args, raw, paths);
  const { plan, analysis } = await makePlan(task, args, stages.tell);
  const source = { name: debplan.nameBenchInputs(paths), plan, planning: stages.end() };
  const hasHardCycle = analysis.hardCycles.length > 0 && !args.partial;
  return { source, exitCode: inputExitCode(task.inputs) || (hasHardCycle ? 1 : 0) };
}
