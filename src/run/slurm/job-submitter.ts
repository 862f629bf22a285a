import { UserError, type Report } from '../../base/diagnostic.ts';
import type { AfterEnd } from '../../journal/run-event.ts';
import type { Attempt, AttemptEnd } from '../attempt.ts';
import type { BuildCommand } from '../backends/build-command.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { Placing } from './cluster.ts';
import { refusedBuilds, slowSlurm } from './diagnostics.ts';
import type { JobBoard, LiveJob } from './job-board.ts';
import { makeJobFolder, withPackages, type JobScripts } from './job-folder.ts';
import { commentOf } from './queue-view.ts';
import { sbatchArgs } from './sbatch-args.ts';
import type { Slurm } from './slurm-client.ts';
import type { SlurmOptions } from './slurm-options.ts';

/** What builds an attempt, without DEBPLAN_WORK in its environment: its node tells that; or why it can't be built. */
export type CommandOf = (attempt: Attempt) => Promise<BuildCommand | AttemptEnd>;

interface SubmitterRequest {
  readonly board: JobBoard;
  readonly placing: Placing;
  readonly scripts: JobScripts;
  readonly work: WorkFolder;
  readonly runId: string;
  readonly options: SlurmOptions;
  readonly timeoutMs: number | undefined;
}

interface SubmitterPorts {
  readonly slurm: Slurm;
  readonly commandOf: CommandOf;
  readonly report: Report;
  readonly clock: () => number;
}

/** An attempt that ended before it was a job. */
export interface Refused {
  readonly live: LiveJob;
  readonly end: AttemptEnd;
  /** What becomes of it, where that is known; undefined: what the retry policy says. */
  readonly then: AfterEnd | undefined;
}

/** Submits what may be submitted, as much as the window lets in. */
export class JobSubmitter {
  readonly #request: SubmitterRequest;
  readonly #ports: SubmitterPorts;
  /** Units that have begun in the journal, and of which Slurm has nothing for certain. */
  readonly #toSubmit = new Set<number>();
  #isTaking = true;

  constructor(request: SubmitterRequest, ports: SubmitterPorts) {
    this.#request = request;
    this.#ports = ports;
  }

  isToSubmit(unit: number): boolean {
    return this.#toSubmit.has(unit);
  }

  /**
   * Submits until the window is full, nothing is left, Slurm takes no more, or it is time to look at the queue again.
   * @returns attempts that ended on the way; the next one is only begun when their ends are settled
   * @throws UserError when builds can't be submitted like this at all
   */
  async *submitAll(signal: AbortSignal): AsyncGenerator<Refused> {
    const { board, placing, options } = this.#request;
    const { clock } = this.#ports;
    const untilMs = clock() + Math.max(LEAST_TURN_MS, TURN_POLLS * options.pollMs);
    const isEnough = (): boolean => signal.aborted || clock() > untilMs;
    for (const live of board.live.filter(({ unit }) => this.#toSubmit.has(unit))) {
      if (isEnough()) return;
      const refused = await this.#submit(live);
      if (refused === 'later') return;
      if (refused !== undefined) yield refused;
    }
    for (const unit of board.free()) {
      if (isEnough() || board.live.length >= placing.window) return;
      const live = await board.begin(unit, board.nextStart(unit, clock()));
      const refused = await this.#submit(live);
      if (refused === 'later') return;
      if (refused !== undefined) yield refused;
    }
  }

  /** @returns undefined: Slurm has it */
  async #submit(live: LiveJob): Promise<Refused | 'later' | undefined> {
    const { board } = this.#request;
    const { slurm, clock, report, commandOf } = this.#ports;
    const needs = board.needsOf(live.unit);
    const attempt = withPackages(live.attempt, needs.length > 0);
    const command = await commandOf(attempt);
    this.#toSubmit.delete(live.unit);
    if ('outcome' in command) return { live, end: command, then: undefined };
    const answer = await slurm.submit(await this.#argsOf(live, attempt, command));
    switch (answer.kind) {
      case 'taken':
        this.#isTaking = true;
        await board.submitted(live, answer.job, clock());
        return undefined;
      case 'never':
        return refusal(live, answer.words, clock());
      case 'later':
      case 'unknown':
        if (this.#isTaking) report(slowSlurm(answer.words));
        this.#isTaking = false;
        if (answer.kind === 'later') this.#toSubmit.add(live.unit);
        return 'later';
      case 'wrong':
        throw new UserError([refusedBuilds(attempt.task.id, answer.words)]);
    }
  }

  async #argsOf(live: LiveJob, attempt: Attempt, command: BuildCommand): Promise<readonly string[]> {
    const { board, placing, scripts, work, runId, options, timeoutMs } = this.#request;
    const directory = attempt.mode === 'ram' ? options.ramDirectory : options.diskDirectory;
    const files = { needs: board.needsOf(live.unit), command, directory };
    const words = await makeJobFolder(attempt, files, work, scripts);
    const job = {
      ...{ attempt, comment: commentOf(runId, attempt), rank: live.unit, after: board.after(live.unit) },
      ...{ timeoutMs, cwd: command.cwd, script: scripts.job, ...words },
    };
    return sbatchArgs(job, placing, options.extra);
  }
}

/** A turn at submitting takes no longer than this, or so many times between two looks, so that ends are seen in time. */
const LEAST_TURN_MS = 10_000;
const TURN_POLLS = 5;

/** What no node has the RAM disk for is built on disk; what none can build there either never is. */
function refusal(live: LiveJob, words: string, nowMs: number): Refused {
  const end: AttemptEnd = {
    ...{ outcome: 'failed', isTransient: false, reason: `Slurm can't run it: ${words}` },
    ...{ startedMs: nowMs, endedMs: nowMs, exitCode: undefined, measured: undefined, node: undefined },
  };
  return { live, end, then: live.attempt.mode === 'ram' ? 'again-on-disk' : 'given-up' };
}
