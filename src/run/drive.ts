import { at } from '../base/column.ts';
import { UserError } from '../base/diagnostic.ts';
import { Dispatcher } from '../dispatch/dispatcher.ts';
import type { Ended } from '../dispatch/dispatching.ts';
import { isAdmissible, modeDuration, type Placement } from '../dispatch/problem.ts';
import type { EndEvent, StopEvent } from '../journal/run-event.ts';
import type { TaskRun } from '../journal/run-state.ts';
import { afterEnd } from '../journal/retry-policy.ts';
import type { PlanProblem } from '../plan/problem-of-plan.ts';
import type { Attempt, AttemptEnd } from './attempt.ts';
import { takeBuilt } from './take-built.ts';
import type { Executor } from './executor.ts';
import type { AttemptMaker } from './attempt-maker.ts';
import { noBuilder } from './diagnostics.ts';
import { endEvent } from './end-event.ts';
import type { RunBook } from './run-book.ts';
import type { Selection } from './select-tasks.ts';

/** What is run, and how far it is. */
export interface DriveRequest {
  readonly planProblem: Pick<PlanProblem, 'rule' | 'tasks'>;
  readonly selection: Selection;
  readonly attempts: AttemptMaker;
  /** How many tries may follow the first. */
  readonly retries: number;
  /** Whether tasks that an earlier run gave up are tried again. */
  readonly retriesFailed: boolean;
}

/** What a run does its work with. */
export interface DrivePorts {
  readonly book: RunBook;
  readonly executor: Executor;
  /**
   * Gets ready what an attempt needs.
   * @returns the folder with the packages that it needs; undefined: none @throws UserError when no build can begin
   */
  readonly gather: (attempt: Omit<Attempt, 'extraPackages'>) => Promise<string | undefined>;
  /** Gets what an attempt needs once it is in the journal. @returns undefined: it can be run; else why not */
  readonly prepare: (attempt: Attempt) => Promise<AttemptEnd | undefined>;
  /** Takes over what an attempt has built; may be repeated. @returns why it can't be taken: the build has failed */
  readonly take: (attempt: Attempt) => Promise<string | undefined>;
  /** Notes what an attempt took, and removes what no later one needs, after its end is in the journal. */
  readonly tidy: (attempt: Attempt, event: EndEvent, end: AttemptEnd) => Promise<void>;
  /** Looks, after a build found a disk full, whether the work folder has room for others. @throws UserError when it has none */
  readonly checkRoom: () => Promise<void>;
  /** ms since 1970. */
  readonly clock: () => number;
  /**
   * Tells when a person asks to stop: the first time nothing more is started, the second time what runs is stopped.
   * @returns what takes the listener back
   */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Takes a function that is to be called when something happens that no further build can be started after. */
  readonly onTrouble: (stop: (error: unknown) => void) => void;
}

/** How a run ended. */
export interface DriveEnd {
  readonly reason: StopEvent['reason'];
  /** Why it could not go on; undefined for the other reasons. */
  readonly error: unknown;
}

/**
 * Runs the tasks of a plan to their ends: the dispatcher says what starts when, as tasks really end. Goes on with what an
 * earlier runner began. When it can't go on, nothing more is started, but what runs is waited for.
 */
export function driveRun(request: DriveRequest, ports: DrivePorts): Promise<DriveEnd> {
  return new Drive(request, ports).run();
}

class Drive {
  readonly #request: DriveRequest;
  readonly #ports: DrivePorts;
  readonly #dispatcher: Dispatcher;
  readonly #beganMs: number;
  /** Attempts that have begun, by task. */
  readonly #live = new Map<number, Attempt>();
  /** How many attempts are being prepared, run or settled. */
  #busy = 0;
  #interrupts = 0;
  #errors: unknown[] = [];
  #change = (): void => undefined;

  constructor(request: DriveRequest, ports: DrivePorts) {
    this.#request = request;
    this.#ports = ports;
    this.#beganMs = ports.clock();
    const { selection, planProblem } = request;
    const running = this.#running();
    this.#dispatcher = new Dispatcher({ ...selection.problem, running }, planProblem.rule, this.#ended());
    for (const { task } of running) void this.#track(this.#adopt(task));
  }

  async run(): Promise<DriveEnd> {
    this.#ports.onTrouble((error) => {
      this.#errors.push(error);
      this.#change();
    });
    const silence = this.#ports.onInterrupt(() => {
      this.#interrupt();
    });
    try {
      for (;;) {
        if (!this.#isStopping) this.#startReady();
        if (this.#busy === 0) break;
        await new Promise<void>((resolve) => (this.#change = resolve));
      }
    } finally {
      silence();
    }
    if (this.#errors.length > 0) return { reason: 'error', error: this.#errors[0] };
    if (this.#dispatcher.isDone) return { reason: 'done', error: undefined };
    if (this.#interrupts === 0) throw new Error('BUG: builds are left, and none can start');
    return { reason: 'interrupted', error: undefined };
  }

  get #isStopping(): boolean {
    return this.#interrupts > 0 || this.#errors.length > 0;
  }

  #interrupt(): void {
    this.#interrupts++;
    if (this.#interrupts > 1) for (const attempt of this.#live.values()) this.#stopNow(attempt);
    this.#change();
  }

  #stopNow(attempt: Attempt): void {
    this.#ports.executor.stop(attempt, { outcome: 'interrupted', reason: 'stopped by a person' });
  }

  #startReady(): void {
    const nowMs = Math.max(0, this.#ports.clock() - this.#beganMs);
    for (const placement of this.#dispatcher.start(nowMs)) void this.#track(this.#start(placement));
  }

  /** No attempt's trouble ends the others. */
  async #track(work: Promise<void>): Promise<void> {
    this.#busy++;
    try {
      await work;
    } catch (error) {
      this.#errors.push(error);
    }
    this.#busy--;
    this.#change();
  }

  async #start(placement: Placement): Promise<void> {
    const { book, gather, prepare, clock } = this.#ports;
    const { attempts, planProblem } = this.#request;
    const { task } = placement;
    const number = book.of(at(planProblem.tasks, task).id).attempts + 1;
    const bare = attempts.ofPlacement(placement, number);
    const attempt = { ...bare, extraPackages: await gather(bare) };
    if (this.#isStopping) return;
    await book.record(attempts.startEvent(attempt, clock()));
    this.#live.set(task, attempt);
    const end = (await prepare(attempt)) ?? (await this.#run(attempt));
    await this.#settle(task, attempt, end);
  }

  #run(attempt: Attempt): Promise<AttemptEnd> {
    const end = this.#ports.executor.run(attempt);
    if (this.#interrupts > 1) this.#stopNow(attempt);
    return end;
  }

  async #adopt(task: number): Promise<void> {
    const { book, executor } = this.#ports;
    const { attempts, planProblem } = this.#request;
    const { start } = book.of(at(planProblem.tasks, task).id);
    if (start === undefined) throw new Error('BUG: what runs has no start');
    const attempt = attempts.ofStart(task, start);
    this.#live.set(task, attempt);
    const end = executor.adopt(attempt);
    if (this.#interrupts > 1) this.#stopNow(attempt);
    await this.#settle(task, attempt, await end);
  }

  /** Decides what an end means, writes it down, then tells the dispatcher. */
  async #settle(task: number, attempt: Attempt, told: AttemptEnd): Promise<void> {
    const { book, take, tidy, clock } = this.#ports;
    const end = await takeBuilt(attempt, told, take);
    const { id } = attempt.task;
    const judged = { ...end, mode: attempt.mode, isAdopted: book.isAdopted(id) };
    const options = { retries: this.#request.retries, admitsDisk: this.#admitsDisk(task) };
    // what would meet every other build in the same way is not this one's fault
    const trouble = await this.#troubleOfAll(attempt, end);
    const then = trouble === undefined ? afterEnd(judged, book.of(id), options) : 'again';
    const event = endEvent(attempt, end, then, clock());
    await book.record(event);
    this.#live.delete(task);
    await tidy(attempt, event, end);
    if (trouble !== undefined) throw trouble;
    if (then === 'done') this.#dispatcher.finish(task);
    else if (then === 'given-up') this.#dispatcher.fail(task);
    else this.#dispatcher.retry(task, then === 'again-on-disk');
  }

  /** Why no further build can be started after this end; undefined: they can. */
  async #troubleOfAll({ task }: Attempt, end: AttemptEnd): Promise<UserError | undefined> {
    if (end.isFatal === true) return new UserError([noBuilder(task.id, end.reason ?? '')]);
    if (end.outcome !== 'disk-full') return undefined;
    try {
      await this.#ports.checkRoom();
      return undefined;
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
  }

  #admitsDisk(task: number): boolean {
    const { problem } = this.#request.selection;
    return problem.builders.some(
      (builder) => builder.arch === problem.arch[task] && isAdmissible(problem, task, builder, 'disk'),
    );
  }

  /** Of the tasks that are run here: what has ended before. */
  #ended(): Ended {
    const { selection, retriesFailed } = this.#request;
    const finished: number[] = [];
    const failed: number[] = [];
    const forDisk: number[] = [];
    this.#forEachRun((task, { state, isForDisk }) => {
      if (state === 'built') finished.push(task);
      else if (selection.skipped.has(task) || (state === 'failed' && !retriesFailed)) failed.push(task);
      else if (isForDisk) forDisk.push(task);
    });
    return { finished, failed, forDisk };
  }

  #forEachRun(visit: (task: number, run: TaskRun) => void): void {
    this.#request.planProblem.tasks.forEach(({ id }, task) => {
      visit(task, this.#ports.book.of(id));
    });
  }

  /** What an earlier runner began: it keeps its place as long as it runs. */
  #running(): readonly Placement[] {
    const { problem } = this.#request.selection;
    const running: Placement[] = [];
    this.#forEachRun((task, { state, start }) => {
      if (state !== 'running' || start === undefined) return;
      const { slot, mode, makeJobs, chroot = -1 } = start;
      const builder = problem.builders.findIndex(({ name }) => name === start.builder);
      const startMs = Math.min(0, start.atMs - this.#beganMs);
      const durationMs = modeDuration(problem, task, at(problem.builders, builder), mode, makeJobs);
      const endMs = Math.max(0, startMs + durationMs);
      running.push({ task, builder, slot, mode, makeJobs, chroot, startMs, endMs });
    });
    return running;
  }
}
