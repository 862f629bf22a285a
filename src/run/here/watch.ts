import { formatBytes, formatDuration } from '../../base/quantity.ts';
import type { RunOutcome } from '../../journal/run-event.ts';

/** Why a running attempt is ended before its command ends. */
export interface Stopped {
  readonly outcome: RunOutcome;
  readonly reason: string;
}

/** How long and how much a build may take. */
export interface Limits {
  /** From its start; undefined: no limit. */
  readonly timeoutMs: number | undefined;
  /** Without a word in its log. */
  readonly idleTimeoutMs: number | undefined;
  readonly maxLogBytes: number;
}

/** Looks at one attempt again and again, and says when it has gone beyond a limit. */
export class Watch {
  readonly #limits: Limits;
  readonly #startedMs: number;
  #logBytes = 0;
  #grewMs: number;

  /**
   * @param startedMs when the attempt began
   * @param nowMs by the same clock
   */
  constructor(limits: Limits, startedMs: number, nowMs: number) {
    this.#limits = limits;
    this.#startedMs = startedMs;
    this.#grewMs = nowMs;
  }

  /** @returns what limit it is beyond; undefined: none */
  look(logBytes: number, nowMs: number): Stopped | undefined {
    const { timeoutMs, idleTimeoutMs, maxLogBytes } = this.#limits;
    if (logBytes !== this.#logBytes) this.#grewMs = nowMs;
    this.#logBytes = logBytes;
    if (logBytes > maxLogBytes) {
      return { outcome: 'failed', reason: `its log grew beyond ${formatBytes(maxLogBytes)} (--max-log)` };
    }
    if (timeoutMs !== undefined && nowMs - this.#startedMs >= timeoutMs) {
      return {
        outcome: 'timed-out',
        reason: `it was not done after ${formatDuration(timeoutMs)} (--timeout)`,
      };
    }
    if (idleTimeoutMs !== undefined && nowMs - this.#grewMs >= idleTimeoutMs) {
      return {
        outcome: 'timed-out',
        reason: `it said nothing for ${formatDuration(idleTimeoutMs)} (--idle-timeout)`,
      };
    }
    return undefined;
  }
}
