import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../base/diagnostic.ts';
import { systemReason } from '../io/system-error.ts';
import { formatEvent } from '../journal/format-event.ts';
import type { RunEvent } from '../journal/run-event.ts';
import { fullJournal } from './diagnostics.ts';

/** Where a run writes down what it does. */
export interface Journal {
  /**
   * Resolves when the event is on the disk. Events get there in the order of the calls.
   * @throws UserError when that is not possible; then all later ones fail too, and the journal is as it was before
   */
  append(event: RunEvent): Promise<void>;
}

/** The journal of a work folder: a file that only grows, by whole lines. Who opens it holds the folder's lock. */
export class JournalFile implements Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Bytes of what is safely there. */
  #bytes: number;
  #error: UserError | undefined;
  /** Ends when the last append has. */
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * Opens the journal, which is made if it is missing, and cuts off what comes after its whole lines.
   * @param keptBytes from `parseJournal`; 0 for a new one
   * @throws UserError when it can't be written
   */
  static async open(path: string, keptBytes: number): Promise<JournalFile> {
    try {
      const file = await open(path, 'a');
      await file.truncate(keptBytes);
      await file.sync();
      await syncFolder(dirname(path));
      return new JournalFile(path, file, keptBytes);
    } catch (error) {
      throw new UserError([fullJournal(path, systemReason(error), keptBytes === 0)]);
    }
  }

  append(event: RunEvent): Promise<void> {
    const next = this.#last.then(() => this.#write(formatEvent(event)));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  async #write(line: string): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    const bytes = Buffer.from(line, 'utf8');
    try {
      const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length);
      if (bytesWritten < bytes.length) throw new Error('no space left');
      await this.#file.datasync();
      this.#bytes += bytes.length;
    } catch (error) {
      this.#error = new UserError([fullJournal(this.#path, systemReason(error), this.#bytes === 0)]);
      await this.#cutOff();
      throw this.#error;
    }
  }

  /** A line of which it is not known whether it is there would be believed by the next run. */
  async #cutOff(): Promise<void> {
    try {
      await this.#file.truncate(this.#bytes);
      await this.#file.sync();
    } catch {
      return; // the disk is gone: a part of a line is left out by who reads it
    }
  }
}

/** A new file is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
