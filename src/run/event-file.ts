import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError, type Report } from '../base/diagnostic.ts';
import { missingFolder, unappendablePath } from '../io/diagnostics.ts';
import { systemCode, systemReason } from '../io/system-error.ts';
import { formatEvent } from '../journal/format-event.ts';
import type { RunObserver } from '../journal/run-document.ts';
import type { RunEvent } from '../journal/run-event.ts';
import { slowReader, unreadPipe } from './diagnostics.ts';

const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
/** What waits for a slow reader at most. */
const MOST_WAITING_BYTES = 2 ** 20;

/**
 * Gives events on to a file or a pipe, a line each. It is for others to read, not the journal: when it can't be written to, that is
 * said once, and the run goes on. A pipe's reader is never waited for: what it doesn't take is offered again with the next event, until
 * there is too much of it.
 */
export class EventFile implements RunObserver {
  readonly #path: string;
  readonly #report: Report;
  readonly #mostBytes: number;
  #file: number | undefined;
  /** What the reader has not taken yet. */
  #waiting: Buffer = Buffer.alloc(0);

  /** @throws UserError when it can't be opened for adding to it, or is a pipe that nobody reads */
  constructor(path: string, report: Report, mostWaitingBytes = MOST_WAITING_BYTES) {
    this.#path = path;
    this.#report = report;
    this.#mostBytes = mostWaitingBytes;
    try {
      this.#file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
    } catch (error) {
      if (systemCode(error) === 'ENXIO') throw new UserError([unreadPipe(path)]);
      if (systemCode(error) === 'ENOENT') throw new UserError([missingFolder(dirname(path), path)]);
      throw new UserError([unappendablePath(path, systemReason(error))]);
    }
  }

  readonly onEvent = (event: RunEvent): void => {
    if (this.#file === undefined) return;
    this.#waiting = Buffer.concat([this.#waiting, Buffer.from(formatEvent(event), 'utf8')]);
    this.#write();
    if (this.#waiting.length > this.#mostBytes) this.#giveUp();
  };

  /** What the reader does not take now is lost, and that is said. */
  close(): void {
    this.#write();
    if (this.#waiting.length > 0) this.#giveUp();
    this.#end();
  }

  #write(): void {
    if (this.#file === undefined) return;
    try {
      while (this.#waiting.length > 0)
        this.#waiting = this.#waiting.subarray(writeSync(this.#file, this.#waiting));
    } catch (error) {
      if (systemCode(error) === 'EAGAIN') return;
      this.#report({ ...unappendablePath(this.#path, systemReason(error)), severity: 'warning' });
      this.#end();
    }
  }

  #giveUp(): void {
    this.#report(slowReader(this.#path));
    this.#end();
  }

  #end(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#waiting = Buffer.alloc(0);
  }
}
