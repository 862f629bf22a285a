import { closeSync, openSync, writeSync } from 'node:fs';
import { UserError, type Report } from '../base/diagnostic.ts';
import { unappendablePath } from '../io/diagnostics.ts';
import { systemReason } from '../io/system-error.ts';
import { formatEvent } from '../journal/format-event.ts';
import type { RunObserver } from '../journal/run-document.ts';
import type { RunEvent } from '../journal/run-event.ts';

/**
 * Gives events on to a file or a pipe, a line each. It is for others to read, not the journal: when it can't be written to, that is
 * said once, and the run goes on.
 */
export class EventFile implements RunObserver {
  readonly #path: string;
  readonly #report: Report;
  #file: number | undefined;

  /** @throws UserError when it can't be opened for adding to it */
  constructor(path: string, report: Report) {
    this.#path = path;
    this.#report = report;
    try {
      this.#file = openSync(path, 'a');
    } catch (error) {
      throw new UserError([unappendablePath(path, systemReason(error))]);
    }
  }

  readonly onEvent = (event: RunEvent): void => {
    if (this.#file === undefined) return;
    try {
      writeSync(this.#file, formatEvent(event));
    } catch (error) {
      this.#report({ ...unappendablePath(this.#path, systemReason(error)), severity: 'warning' });
      this.close();
    }
  };

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
