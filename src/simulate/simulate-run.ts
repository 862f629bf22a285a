import { float64At, int32At } from '../base/cells.ts';
import { at } from '../base/column.ts';
import { compareNumber, firstDifference } from '../base/compare.ts';
import { edgesFrom, edgesTo } from '../base/csr.ts';
import { Heap } from '../base/heap.ts';
import type { Dispatching } from '../dispatch/dispatching.ts';
import { isAdmissible, modeDuration, type Placement, type Problem } from '../dispatch/problem.ts';
import { filledBytes, RamDiskFill, ramDiskLimit } from './ram-disk-fill.ts';
import { failureAt, type Scenario } from './scenario.ts';

/** `overrun`: killed because it needed more RAM disk than there was. */
export type Outcome = 'finished' | 'failed' | 'overrun';

/** One build from its start to its real end, whatever came of it. */
export interface Attempt extends Placement {
  /** Since when nothing but the policy and the lack of room kept it from starting. */
  readonly readyMs: number;
  /** What it laid on the RAM disk from its start on. */
  readonly filledBytes: number;
  readonly outcome: Outcome;
}

/** What came of one run. */
export interface Run {
  /** By end, then task; the builds that ran before the plan's start are among them. */
  readonly attempts: readonly Attempt[];
  /** The last end; 0 when nothing was built. */
  readonly makespanMs: number;
  /** Tasks that were given up, ascending. */
  readonly failed: readonly number[];
  /** Tasks that were never built because something they need was given up, ascending. */
  readonly blocked: readonly number[];
}

/**
 * Lets a policy play against one scenario: a discrete-event simulation. An attempt that fails is made again, wherever the policy
 * puts it, at most `retries` times; then the task is given up with all that needs it. A build that needs more RAM disk than
 * was reserved for it gets more as long as there is room on that RAM disk (and in the memory), but never more than its chroot where chroots
 * are fixed; what it has written grows evenly over its time. When there is no room any more, the one that is furthest above
 * its reservation is killed, and built again on disk; that counts as no failure, unless no builder has a disk for it.
 * @param policy before its first start; it knows `problem`, not the scenario
 * @throws a 'BUG: …' error when the policy starts nothing although tasks are left and nothing runs
 */
export function simulateRun(problem: Problem, scenario: Scenario, policy: Dispatching, retries: number): Run {
  return new Simulation(problem, scenario, policy, retries).play();
}

/** At `atMs` the attempt ends, or outgrows what was reserved for it. */
interface Event {
  readonly atMs: number;
  readonly kind: 'end' | 'outgrow';
  readonly attempt: Running;
}

interface Running {
  readonly placement: Placement;
  readonly filledBytes: number;
  readonly readyMs: number;
  readonly outcome: Outcome;
}

class Simulation {
  readonly #problem: Problem;
  readonly #scenario: Scenario;
  readonly #policy: Dispatching;
  readonly #retries: number;
  readonly #events = new Heap<Event>(compareEvents);
  readonly #fills: readonly RamDiskFill[];
  /** By task; an event of another attempt than this one is out of date. */
  readonly #running: (Running | undefined)[];
  readonly #readyMs: Float64Array;
  readonly #failures: Int32Array;
  readonly #attempts: Attempt[] = [];
  readonly #failed: number[] = [];
  readonly #blocked: number[] = [];
  #nowMs = 0;

  constructor(problem: Problem, scenario: Scenario, policy: Dispatching, retries: number) {
    this.#problem = problem;
    this.#scenario = scenario;
    this.#policy = policy;
    this.#retries = retries;
    this.#fills = problem.builders.map((builder) => new RamDiskFill(builder));
    this.#running = Array.from({ length: problem.taskCount });
    this.#readyMs = problem.releaseMs.slice();
    this.#failures = new Int32Array(problem.taskCount);
    for (const placement of problem.running) this.#resume(placement);
  }

  play(): Run {
    this.#happen();
    while (!this.#policy.isDone) {
      this.#startAll();
      this.#nowMs = this.#nextMs();
      this.#happen();
    }
    return {
      attempts: this.#attempts,
      makespanMs: this.#attempts.reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
      failed: this.#failed.sort(compareNumber),
      blocked: this.#blocked.sort(compareNumber),
    };
  }

  /** Until the policy starts nothing more: a build that is killed for the room of another leaves a slot. */
  #startAll(): void {
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const placement of this.#policy.start(this.#nowMs)) {
        this.#begin(placement);
        isChanged = this.#makeRoom(placement.builder) || isChanged;
      }
    }
  }

  /** When something happens next; the same instant when the last task has just been given up. */
  #nextMs(): number {
    const nextMs = Math.min(this.#nextEvent()?.atMs ?? Infinity, this.#policy.nextReleaseMs(this.#nowMs));
    if (nextMs < Infinity) return nextMs;
    if (!this.#policy.isDone) throw new Error('BUG: tasks are left that the policy never starts');
    return this.#nowMs;
  }

  /** All that is due. */
  #happen(): void {
    for (let event = this.#nextEvent(); event !== undefined; event = this.#nextEvent()) {
      if (event.atMs > this.#nowMs) return;
      this.#events.pop();
      if (event.kind === 'end') this.#end(event.attempt, event.attempt.outcome);
      else this.#outgrow(event.attempt);
    }
  }

  #nextEvent(): Event | undefined {
    for (;;) {
      const event = this.#events.peek();
      if (event === undefined || this.#running[event.attempt.placement.task] === event.attempt) return event;
      this.#events.pop();
    }
  }

  #begin(placement: Placement): void {
    const { task, builder: index, mode, makeJobs, startMs } = placement;
    const { real } = this.#scenario;
    const builder = at(this.#problem.builders, index);
    const durationMs = modeDuration(real, task, builder, mode, makeJobs);
    const failure = failureAt(this.#scenario, task, int32At(this.#failures, task));
    const isFailing = failure < Infinity;
    const endMs = startMs + (isFailing ? Math.max(1, Math.ceil(durationMs * failure)) : durationMs);
    const limitBytes = ramDiskLimit(this.#problem, placement);
    const running: Running = {
      placement,
      filledBytes: filledBytes(this.#scenario, placement, limitBytes),
      readyMs: float64At(this.#readyMs, task),
      outcome: isFailing ? 'failed' : 'finished',
    };
    this.#hold(running, endMs);
    const outgrowMs =
      startMs + Math.max(1, Math.ceil((durationMs * limitBytes) / float64At(real.ramDiskBytes, task)));
    if (outgrowMs < endMs) this.#events.push({ atMs: outgrowMs, kind: 'outgrow', attempt: running });
  }

  /** What runs already is taken to end when it is expected to. */
  #resume(placement: Placement): void {
    const filled = filledBytes(this.#scenario, placement, ramDiskLimit(this.#problem, placement));
    const { startMs: readyMs, endMs } = placement;
    this.#hold({ placement, filledBytes: filled, readyMs, outcome: 'finished' }, endMs);
  }

  #hold(running: Running, endMs: number): void {
    const { task, builder } = running.placement;
    at(this.#fills, builder).add(running.filledBytes, float64At(this.#problem.memoryBytes, task));
    this.#running[task] = running;
    this.#events.push({ atMs: endMs, kind: 'end', attempt: running });
  }

  #outgrow(running: Running): void {
    const { task, builder, chroot } = running.placement;
    if (chroot >= 0) {
      this.#kill(running);
      return;
    }
    const realBytes = float64At(this.#scenario.real.ramDiskBytes, task);
    at(this.#fills, builder).grow(task, realBytes - running.filledBytes);
    this.#makeRoom(builder);
  }

  /** Kills whoever is furthest above its reservation, as long as there is more than fits. @returns whether somebody was */
  #makeRoom(builder: number): boolean {
    const fill = at(this.#fills, builder);
    let isChanged = false;
    while (fill.isOverfull) {
      const worst = fill.worst === undefined ? undefined : this.#running[fill.worst];
      if (worst === undefined) break;
      this.#kill(worst);
      isChanged = true;
    }
    return isChanged;
  }

  #kill(running: Running): void {
    const { task } = running.placement;
    this.#leave(running, 'overrun');
    if (this.#hasDiskFor(task)) this.#again(task, true);
    else this.#giveUp(task);
  }

  #end(running: Running, outcome: Outcome): void {
    const { task } = running.placement;
    this.#leave(running, outcome);
    if (outcome === 'finished') {
      this.#finish(task);
      return;
    }
    const failures = int32At(this.#failures, task) + 1;
    this.#failures[task] = failures;
    if (failures <= this.#retries) this.#again(task, false);
    else this.#giveUp(task);
  }

  #leave(running: Running, outcome: Outcome): void {
    const { placement, filledBytes: filled, readyMs } = running;
    at(this.#fills, placement.builder).remove(
      placement.task,
      filled,
      float64At(this.#problem.memoryBytes, placement.task),
    );
    this.#running[placement.task] = undefined;
    const { task, builder, slot, mode, makeJobs, chroot, startMs } = placement;
    const endMs = this.#nowMs;
    // field by field: spreading the placement took a fifth of all time
    this.#attempts.push({
      task,
      builder,
      slot,
      mode,
      makeJobs,
      chroot,
      startMs,
      endMs,
      readyMs,
      filledBytes: filled,
      outcome,
    });
  }

  #finish(task: number): void {
    this.#policy.finish(task);
    const { dependents } = this.#problem.dag;
    for (let edge = edgesFrom(dependents, task); edge < edgesTo(dependents, task); edge++) {
      const dependent = int32At(dependents.target, edge);
      this.#readyMs[dependent] = Math.max(float64At(this.#readyMs, dependent), this.#nowMs);
    }
  }

  #again(task: number, isForDisk: boolean): void {
    this.#readyMs[task] = this.#nowMs;
    this.#policy.retry(task, isForDisk);
  }

  #giveUp(task: number): void {
    this.#failed.push(task);
    this.#blocked.push(...this.#policy.fail(task));
  }

  #hasDiskFor(task: number): boolean {
    const arch = at(this.#problem.arch, task);
    return this.#problem.builders.some(
      (builder) => builder.arch === arch && isAdmissible(this.#problem, task, builder, 'disk'),
    );
  }
}

/** By time; what ends makes room before anything outgrows it; then by task. */
function compareEvents(a: Event, b: Event): number {
  return firstDifference(
    compareNumber(a.atMs, b.atMs),
    Number(a.kind === 'outgrow') - Number(b.kind === 'outgrow'),
    compareNumber(a.attempt.placement.task, b.attempt.placement.task),
  );
}
