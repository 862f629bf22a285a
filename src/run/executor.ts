import type { Attempt, AttemptEnd, StopRequest } from './attempt.ts';

/** Runs attempts on this machine. What it makes (processes, mounts, control groups) is gone when an attempt's promise resolves. */
export interface Executor {
  /**
   * Begins an attempt whose `start` is in the journal. The builder command is run at most once for each attempt, whoever asks
   * and however often, and goes on when this process dies.
   * @returns how it ended; rejects only for what no other build could do better: the work folder is not writable any more
   */
  run(attempt: Attempt): Promise<AttemptEnd>;
  /**
   * Goes on with an attempt of an earlier process: waits for it if it still runs, tells how it ended if it has, and makes sure
   * that it never begins if it has not. Then nothing of it is left on the machine.
   * @returns `lost` as outcome for one that never began, or that ended without an exit code
   */
  adopt(attempt: Attempt): Promise<AttemptEnd>;
  /** Stops a running attempt with all its children; its promise then resolves with the request's outcome. */
  stop(attempt: Attempt, request: StopRequest): void;
}
