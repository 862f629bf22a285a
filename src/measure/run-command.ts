import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { OwnGroup } from './command-group.ts';
import type { CgroupLayout } from './parse-cgroup.ts';
import type { FootprintPlace, Measured } from './measured.ts';
import { INTERVAL_MS, Sampler } from './sampler.ts';

/** A command, and what to look at while it runs. */
export interface CommandRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** As for `spawn`; default: standard input, output and error are those of this process. */
  readonly stdio?: StdioOptions;
  readonly place?: FootprintPlace;
  readonly intervalMs?: number;
  /** Tells apart the commands that one process runs at once. */
  readonly label?: string;
}

/** How a command ended, and what it took. */
export interface CommandResult {
  /** Its exit code, as a shell tells it: 128 + n when signal n ended it. */
  readonly exitCode: number;
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | undefined;
  /** The last signal that was passed on to it. */
  readonly passedOn: NodeJS.Signals | undefined;
  /** When it was started, in ms since 1970. */
  readonly startedMs: number;
  readonly measured: Measured;
  readonly cgroups: CgroupLayout;
}

/** The system can't start a command: `ENOENT`, `EACCES`. Nothing was measured, and nothing is left behind. */
export class CannotStart extends Error {
  readonly code: string;

  constructor(file: string, code: string) {
    super(`cannot start ${file}: ${code}`);
    this.code = code;
  }
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const satisfies readonly NodeJS.Signals[];

/**
 * Runs a command to its end in a control group of its own, if one can be made, and measures it. While it runs, signals that ask this
 * process to end are passed on to the command, and this process waits for it. Processes that outlive the command are left alone.
 * @throws CannotStart
 */
export async function runCommand(request: CommandRequest): Promise<CommandResult> {
  const { place, intervalMs = INTERVAL_MS, label = '1' } = request;
  const group = new OwnGroup(label);
  try {
    const sampler = await Sampler.start({ group, intervalMs, ...(place === undefined ? {} : { place }) });
    const startedMs = Date.now();
    let passedOn: NodeJS.Signals | undefined;
    let passOn: Started['passOn'] = () => undefined;
    const listener = (signal: NodeJS.Signals): void => {
      passedOn = signal;
      passOn(signal);
    };
    // before the command is there: a signal that comes with its first breath would else end this process alone
    for (const signal of PASSED_ON) process.on(signal, listener);
    try {
      const started = start(request, group);
      passOn = started.passOn;
      if (started.child.pid !== undefined) sampler.follow(started.child.pid);
      const ended = await untilEnd(started.child, request.file);
      const measured = await sampler.stop();
      return { ...ended, passedOn, startedMs, measured, cgroups: group.layout };
    } finally {
      await sampler.stop();
      for (const signal of PASSED_ON) process.removeListener(signal, listener);
    }
  } finally {
    await group.remove();
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly passOn: (signal: NodeJS.Signals) => void;
}

/**
 * At a terminal the command stays in the terminal's foreground group: it may ask for a password, and Ctrl-C reaches it from the
 * terminal itself. Else it gets a group of its own, so that a signal for this process can be passed on to that whole group without
 * meeting whoever started us.
 */
function start({ file, args, cwd, env, stdio = 'inherit' }: CommandRequest, group: OwnGroup): Started {
  const isAtTerminal = process.stdin.isTTY;
  const child = group.startInside(() => spawn(file, args, { cwd, env, stdio, detached: !isAtTerminal }));
  const passOn = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    const isFromTerminal = isAtTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT');
    if (isFromTerminal) return;
    const members = group.members();
    const targets = isAtTerminal ? (members.length === 0 ? [child.pid] : members) : [-child.pid];
    for (const target of targets) signalProcess(target, signal);
  };
  return { child, passOn };
}

function signalProcess(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    return; // it has ended meanwhile, or has become another user's
  }
}

function untilEnd(child: ChildProcess, file: string): Promise<Pick<CommandResult, 'exitCode' | 'signal'>> {
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      // errors after the start are those of `kill`, which are none here
      if (child.pid === undefined) reject(new CannotStart(file, error.code ?? error.message));
    });
    child.on('exit', (code, signal) => {
      const number = signal === null ? 0 : constants.signals[signal];
      resolve({ exitCode: code ?? 128 + number, signal: signal ?? undefined });
    });
  });
}
