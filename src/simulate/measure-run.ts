import { at } from '../base/column.ts';
import { compareNumber } from '../base/compare.ts';
import { shareOf } from '../base/ratio.ts';
import type { Problem } from '../dispatch/problem.ts';
import { BuilderRoom } from './builder-room.ts';
import type { Attempt, Run } from './simulate-run.ts';

/** One run in figures. */
export interface RunFigures {
  readonly makespanMs: number;
  /** Slot-time that builds took, of all slots until the last end; 0 .. 1. */
  readonly slotUse: number;
  /** The same for bytes of RAM disk that really held something; 0 where there is no RAM disk. */
  readonly ramDiskUse: number;
  /**
   * Slot-time lost to head-of-line blocking: slots stood idle while a build was ready that the policy later started on this
   * builder, and for which there was room, by estimates, in the very mode in which it started. At most one slot a build.
   */
  readonly headOfLineMs: number;
  /** Tasks given up, and those that were never built because of them. */
  readonly failed: number;
  readonly blocked: number;
  /** Attempts that were made again: after a failure, or because they needed more RAM disk than there was. */
  readonly failedAttempts: number;
  readonly overruns: number;
}

/** Sums a run up. O(attempts² of a builder) at worst, O(attempts log attempts) where few builds wait beside idle slots */
export function measureRun(problem: Problem, run: Run): RunFigures {
  const { attempts, makespanMs, failed, blocked } = run;
  let slotMs = 0;
  let ramDiskByteMs = 0;
  let failedAttempts = 0;
  let overruns = 0;
  for (const { startMs, endMs, filledBytes, outcome } of attempts) {
    const takenMs = endMs - Math.max(0, startMs);
    slotMs += takenMs;
    ramDiskByteMs += takenMs * filledBytes;
    if (outcome === 'failed') failedAttempts++;
    else if (outcome === 'overrun') overruns++;
  }
  const slots = problem.builders.reduce((sum, builder) => sum + builder.slots, 0);
  const ramDiskBytes = problem.builders.reduce((sum, builder) => sum + builder.ramDiskBytes, 0);
  return {
    makespanMs,
    slotUse: shareOf(slotMs, slots * makespanMs),
    ramDiskUse: shareOf(ramDiskByteMs, ramDiskBytes * makespanMs),
    headOfLineMs: problem.builders.reduce(
      (sum, builder, index) =>
        sum +
        headOfLine(
          new BuilderRoom(problem, builder),
          attempts.filter((attempt) => attempt.builder === index && attempt.endMs > 0),
        ),
      0,
    ),
    failed: failed.length,
    blocked: blocked.length,
    failedAttempts,
    overruns,
  };
}

/** Sweeps over the attempts on one builder, by end: who is ready, who runs. */
function headOfLine(room: BuilderRoom, attempts: readonly Attempt[]): number {
  const byReady = [...attempts].sort((a, b) => compareNumber(a.readyMs, b.readyMs));
  const byStart = [...attempts].sort((a, b) => compareNumber(a.startMs, b.startMs));
  const waiting = new Set<Attempt>();
  let lostMs = 0;
  let ready = 0;
  let started = 0;
  let nowMs = 0;
  for (let ended = 0; ended < attempts.length;) {
    for (; ended < attempts.length && at(attempts, ended).endMs <= nowMs; ended++)
      room.release(at(attempts, ended));
    for (; ready < byReady.length && at(byReady, ready).readyMs <= nowMs; ready++)
      waiting.add(at(byReady, ready));
    for (; started < byStart.length && at(byStart, started).startMs <= nowMs; started++) {
      room.take(at(byStart, started));
      waiting.delete(at(byStart, started));
    }
    const nextMs = Math.min(
      attempts[ended]?.endMs ?? Infinity,
      byStart[started]?.startMs ?? Infinity,
      byReady[ready]?.readyMs ?? Infinity,
    );
    if (nextMs < Infinity) lostMs += (nextMs - nowMs) * idleBeside(room, waiting);
    nowMs = nextMs;
  }
  return lostMs;
}

/** How many idle slots have a build beside them that is ready and for which there is room. */
function idleBeside(room: BuilderRoom, waiting: ReadonlySet<Attempt>): number {
  let idle = 0;
  if (room.freeSlots === 0) return 0;
  for (const { task, mode, makeJobs } of waiting) {
    if (room.hasRoom(task, mode, makeJobs) && ++idle === room.freeSlots) break;
  }
  return idle;
}
