import { setTimeout as delay } from 'node:timers/promises';
import { UserError, type Report } from '../../base/diagnostic.ts';
import { engineUnits, type EngineUnit } from '../../emit/engines/engine-units.ts';
import type { AfterEnd } from '../../journal/run-event.ts';
import { afterEnd } from '../../journal/retry-policy.ts';
import type { Plan } from '../../plan/plan.ts';
import { takeBuilt } from '../take-built.ts';
import type { AttemptEnd } from '../attempt.ts';
import type { DriveEnd, DrivePorts, DriveRequest } from '../drive.ts';
import { endEvent } from '../end-event.ts';
import type { WorkFolder } from '../work-folder.ts';
import { placeOn, type Cluster } from './cluster.ts';
import { jobsGoOn, nothingToCancel, slowSlurm, unguidedArchitectures } from './diagnostics.ts';
import { endOfJob, type Classify } from './end-of-job.ts';
import { JobBoard, type LiveJob } from './job-board.ts';
import { writeJobScripts } from './job-folder.ts';
import { QueueView } from './queue-view.ts';
import { isOver, type SeenJob } from './seen-job.ts';
import type { Slurm } from './slurm-client.ts';
import type { SlurmOptions } from './slurm-options.ts';
import { JobSubmitter, type CommandOf } from './job-submitter.ts';

/** What is run on Slurm. */
export interface SlurmRequest extends Omit<DriveRequest, 'planProblem'> {
  readonly planProblem: Pick<DriveRequest['planProblem'], 'tasks'>;
  readonly plan: Plan;
  readonly work: WorkFolder;
  /** Tells this run's jobs from all others: letters and digits. The same whenever the run goes on. */
  readonly runId: string;
  readonly options: SlurmOptions;
  /** After which Slurm ends a build; undefined: its partition's limit. */
  readonly timeoutMs: number | undefined;
}

/** What a run on Slurm does its work with. */
export interface SlurmPorts extends Pick<
  DrivePorts,
  'book' | 'take' | 'tidy' | 'clock' | 'checkRoom' | 'onInterrupt' | 'onTrouble'
> {
  readonly slurm: Slurm;
  readonly commandOf: CommandOf;
  readonly classify: Classify;
  readonly report: Report;
}

/**
 * Runs the tasks of a plan on a cluster: Slurm says what starts where and when; here is said in which order, after what, and what
 * an end means. Each build is a job that waits for the jobs of what it needs, so that builds go on while nobody is here. A person
 * who interrupts leaves the jobs alone.
 */
export async function driveSlurm(request: SlurmRequest, ports: SlurmPorts): Promise<DriveEnd> {
  const interrupt = new AbortController();
  const silence = ports.onInterrupt(() => {
    interrupt.abort();
  });
  const troubles: unknown[] = [];
  ports.onTrouble((error) => {
    troubles.push(error);
    interrupt.abort();
  });
  try {
    const cluster = await ports.slurm.cluster();
    const units = engineUnits(request.plan);
    const scripts = await writeJobScripts(request.work);
    const board = boardOf(request, ports, units);
    const archs = new Set(units.map(({ task, target }) => task.buildArch ?? target.arch));
    const placing = placeOn(cluster, [...archs], request.options);
    if (placing.anywhere.length > 0) throw new UserError([unguidedArchitectures(placing.anywhere)]);
    const submitter = new JobSubmitter({ ...request, board, placing, scripts }, ports);
    const drive = new SlurmDrive({ ...request, board, cluster, submitter, signal: interrupt.signal }, ports);
    const reason = await drive.run();
    return troubles.length === 0 ? { reason, error: undefined } : { reason: 'error', error: troubles[0] };
  } catch (error) {
    return { reason: 'error', error };
  } finally {
    silence();
  }
}

function boardOf(
  { planProblem, attempts, selection, retriesFailed }: SlurmRequest,
  { book }: SlurmPorts,
  units: readonly EngineUnit[],
): JobBoard {
  const indexOf = new Map(planProblem.tasks.map(({ id }, index) => [id, index]));
  const tasks = units.map(({ task }) => indexOf.get(task.id) ?? -1);
  const skipped = units.flatMap((_, unit) => (selection.skipped.has(tasks[unit] ?? -1) ? [unit] : []));
  return new JobBoard({ units, tasks, attempts, book, skipped: new Set(skipped), retriesFailed });
}

interface SlurmDriveRequest extends SlurmRequest {
  readonly board: JobBoard;
  readonly cluster: Cluster;
  readonly submitter: JobSubmitter;
  /** A person wants to go. */
  readonly signal: AbortSignal;
}

class SlurmDrive {
  readonly #request: SlurmDriveRequest;
  readonly #ports: SlurmPorts;
  /** Numbers of the jobs that this process has asked Slurm to cancel. */
  readonly #cancelled = new Set<string>();
  #isAnswering = true;

  constructor(request: SlurmDriveRequest, ports: SlurmPorts) {
    this.#request = request;
    this.#ports = ports;
  }

  async run(): Promise<'done' | 'interrupted'> {
    const { board, signal, options } = this.#request;
    if (options.isCancelling && board.live.length === 0) this.#ports.report(nothingToCancel());
    for (;;) {
      const isSeen = await this.#look();
      if (isSeen && board.live.length === 0) {
        if (options.isCancelling) return 'interrupted';
        if (board.free().next().done === true) return 'done';
      }
      if (signal.aborted) break;
      await delay(options.pollMs, undefined, { signal }).catch(() => undefined);
    }
    if (board.live.length > 0) this.#ports.report(jobsGoOn(board.live.length));
    return 'interrupted';
  }

  /** @returns false: Slurm doesn't answer, and nothing was decided */
  async #look(): Promise<boolean> {
    const { slurm, report } = this.#ports;
    const { board, runId, options, signal } = this.#request;
    const { isCancelling } = options;
    const seen = await slurm.jobs();
    if (typeof seen === 'string') {
      if (this.#isAnswering) report(slowSlurm(seen));
      this.#isAnswering = false;
      return false;
    }
    this.#isAnswering = true;
    const view = new QueueView(seen, runId);
    await this.#settleAll(view);
    await this.#cancel(isCancelling ? view.active() : view.strays(board.live));
    if (!isCancelling && !signal.aborted) await this.#submit();
    return true;
  }

  async #submit(): Promise<void> {
    const { board, submitter, signal } = this.#request;
    if (board.free().next().done !== true) await this.#ports.checkRoom();
    for await (const { live, end, then } of submitter.submitAll(signal)) await this.#settle(live, end, then);
  }

  async #settleAll(view: QueueView): Promise<void> {
    const { slurm, clock } = this.#ports;
    const { board, cluster, submitter } = this.#request;
    for (const live of board.live) {
      const { job } = view.of(live) ?? {};
      if (live.job === undefined && job !== undefined) await board.submitted(live, job, clock());
    }
    const known = board.live.filter(({ unit }) => !submitter.isToSubmit(unit));
    // of a job whose number is not known there is nothing that could be asked
    const gone = known.flatMap((live) => (view.of(live) === undefined ? (live.job ?? []) : []));
    const ended = gone.length === 0 ? new Map<string, SeenJob>() : await slurm.ended(cluster, gone);
    for (const live of known) {
      const seen = view.of(live) ?? ended.get(live.job ?? '');
      if (seen === undefined || isOver(seen)) await this.#settleOver(live, seen);
    }
  }

  async #settleOver(live: LiveJob, seen: SeenJob | undefined): Promise<void> {
    const isCancelled = this.#cancelled.has(seen?.job ?? '');
    const over = { live, seen, isCancelled, nowMs: this.#ports.clock() };
    const end = await endOfJob(over, this.#ports.classify);
    if (end === undefined) this.#request.board.lookedAt(live);
    else await this.#settle(live, end);
  }

  /** Decides what an end means, and writes it down. */
  async #settle(live: LiveJob, told: AttemptEnd, decided?: AfterEnd): Promise<void> {
    const { book, take, tidy, clock, checkRoom } = this.#ports;
    const { board, retries } = this.#request;
    const { attempt } = live;
    const end = await takeBuilt(attempt, told, take);
    const { id } = attempt.task;
    const judged = { ...end, mode: attempt.mode, isAdopted: book.isAdopted(id) };
    const then = decided ?? afterEnd(judged, book.of(id), { retries, admitsDisk: true });
    const event = endEvent(attempt, end, then, clock());
    await book.record(event);
    board.ended(live);
    await tidy(attempt, event, end);
    if (end.outcome === 'disk-full') await checkRoom();
  }

  async #cancel(jobs: readonly string[]): Promise<void> {
    const fresh = jobs.filter((job) => !this.#cancelled.has(job));
    for (const job of fresh) this.#cancelled.add(job);
    if (fresh.length > 0) await this.#ports.slurm.cancel(fresh);
  }
}
