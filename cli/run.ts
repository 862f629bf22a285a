import type { CommandModule } from 'yargs';
import type { Diagnostic, RunRequest } from '../src/internal.ts';
import { printDiagnostics, reportFailure, styleFor } from './report.ts';
import { runOptions, type RunArguments } from './run-options.ts';
import { StderrScreen } from './run-screen.ts';

const describe = 'Build what a plan says, when the plan says: on this machine, or on a cluster.';
const TICK_MS = 1000;

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run',
  describe,
  builder: (command) =>
    command
      .usage(`debplan run PLAN [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written`)
      .options(runOptions)
      .example('sudo $0 run plan.json --sources . --chroot bookworm.tar --suite bookworm', '')
      .example('$0 run --resume', 'go on after it was stopped or killed')
      .example(
        "$0 run plan.json --builder-command '/srv/build {source} {arch}'",
        'with a builder of your own',
      ),
  handler: async (args) => {
    const { answerRun, watchRun } = await import('../src/internal.ts');
    const screen = new StderrScreen(args.quiet);
    const style = styleFor(process.stderr);
    const report = (diagnostic: Diagnostic): void => {
      screen.clear();
      void printDiagnostics([diagnostic], { 'all-warnings': true, quiet: args.quiet }, new Map());
    };
    let timer: NodeJS.Timeout | undefined;
    try {
      const { exitCode, text, error } = await answerRun(requestOf(args), styleFor(process.stdout), {
        report,
        watch: (run, book) => {
          const watcher = watchRun(run, book, screen, style);
          timer = setInterval(() => watcher.onTick?.(), TICK_MS);
          return watcher;
        },
        onStopping: (count) => {
          screen.line(STOPPING[Math.min(count, STOPPING.length) - 1] ?? '');
        },
      });
      screen.clear();
      process.stdout.write(text);
      process.exitCode = exitCode;
      if (error !== undefined) process.exitCode = await reportFailure(error);
    } finally {
      clearInterval(timer);
    }
  },
};

const STOPPING = [
  'nothing more is started; waiting for what runs: again stops it now',
  'stopping what runs: again leaves it to itself',
] as const;

function requestOf(args: RunArguments): RunRequest {
  return {
    paths: args._.slice(1).map(String),
    json: args.json,
    dryRun: args['dry-run'],
    env: process.env,
    isRoot: process.getuid?.() === 0,
    ...{ work: args.work, resume: args.resume, retryFailed: args['retry-failed'], builders: args.builders },
    ...{ arch: args.arch, emulate: args.emulate, ramDir: args['ram-dir'], ramDisk: args['ram-disk'] },
    isolate: args.isolate,
    ...{ with: args.with, builderCommand: args['builder-command'], suite: args.suite, sources: args.sources },
    ...{ fetch: args.fetch, chroot: args.chroot, chrootMode: args['chroot-mode'], user: args.user },
    ...{ buildOptions: args['build-options'], retries: args.retries, transient: args.transient },
    ...{ timeout: args.timeout, idleTimeout: args['idle-timeout'], maxLog: args['max-log'], keep: args.keep },
    ...{ on: args.on, cancel: args.cancel, history: args.history, events: args.events },
    slurmPartition: args['slurm-partition'],
    slurmConstraint: args['slurm-constraint'],
    slurmRam: args['slurm-ram'],
    slurmDiskLicense: args['slurm-disk-license'],
    slurmOption: args['slurm-option'],
    slurmWindow: args['slurm-window'],
    slurmPoll: args['slurm-poll'],
    slurmRamDir: args['slurm-ram-dir'],
    slurmDiskDir: args['slurm-disk-dir'],
  };
}
