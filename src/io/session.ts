import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { compareText } from '../base/compare.ts';
import type { OnProgress } from '../base/progress.ts';
import { compareDiagnostics, type Diagnostic } from '../base/diagnostic.ts';
import type { ParseContext } from '../parse/parse-context.ts';
import { RelationTable } from '../parse/relation-table.ts';
import type { Inputs } from './inputs.ts';
import { readInputFile, type FileContent, type InputFile } from './read-file.ts';
import { decodeText } from './text-pieces.ts';

/** Files open at once: enough to keep a disk busy, far from the limit of open files. */
const OPEN_FILES = 32;
/** An index is larger, a control smaller. */
const LARGE_BYTES = 1024 * 1024;

/** One reading of inputs: bounds the open files, and keeps account of what was read and reported. */
export class Session {
  readonly context: ParseContext;
  readonly #limit = pLimit(OPEN_FILES);
  readonly #largeFiles = pLimit(1);
  readonly #files = new Map<string, { readonly path: string; readonly sha256: string }>();
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #onProgress: OnProgress;
  #read = 0;

  constructor(onProgress: OnProgress) {
    this.#onProgress = onProgress;
    const report = (diagnostic: Diagnostic): void => {
      // A folder that is built twice (std and rt) is read twice: its troubles count once.
      this.#diagnostics.set(JSON.stringify(diagnostic), diagnostic);
    };
    this.context = { relations: new RelationTable(), report };
  }

  /** Reads a file whole; undefined, and a report, when that is not possible. */
  async readContent(file: InputFile): Promise<FileContent | undefined> {
    const content = await this.#limit(() => readInputFile(file, this.context.report));
    this.#onProgress({ doing: 'reading', done: ++this.#read, total: 0, noun: 'files' });
    if (content !== undefined) this.#files.set(file.label, { path: file.path, sha256: content.sha256 });
    return content;
  }

  /** Does the work on a file: at once on small ones, in turn on large ones, so that one of these is in memory at a time. */
  async inTurn<T>(file: InputFile, work: () => Promise<T>): Promise<T> {
    const bytes = await stat(file.path).then(
      ({ size }) => size,
      () => 0,
    );
    return bytes > LARGE_BYTES ? this.#largeFiles(work) : work();
  }

  /** Reads a file as one text. */
  async readText(file: InputFile): Promise<string | undefined> {
    const content = await this.readContent(file);
    return content === undefined ? undefined : decodeText(content.bytes, file.label, this.context.report);
  }

  /** What was read and reported so far, in an order that doesn't depend on when. */
  account(): Pick<Inputs, 'files' | 'paths' | 'diagnostics'> {
    const files = [...this.#files].sort(([a], [b]) => compareText(a, b));
    return {
      files: files.map(([name, { sha256 }]) => ({ name, sha256 })),
      paths: new Map(files.map(([name, { path }]) => [name, path])),
      diagnostics: [...this.#diagnostics.values()].sort(compareDiagnostics),
    };
  }
}
