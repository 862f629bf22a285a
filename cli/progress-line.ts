import type { Progress } from '../src/internal.ts';

/** Between two looks at the same step. */
const PAUSE_MS = 100;
const CLEAR = '\r\u001b[K';

/** One line of a terminal that says how far a command is, as long as nothing else is written there. */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, 'write'>;
  readonly #format: (progress: Progress) => string;
  readonly #nowMs: () => number;
  #doing = '';
  #shownMs = -Infinity;
  #isShown = false;

  constructor(
    stream: Pick<NodeJS.WriteStream, 'write'>,
    format: (progress: Progress) => string,
    nowMs: () => number,
  ) {
    this.#stream = stream;
    this.#format = format;
    this.#nowMs = nowMs;
  }

  /** Another step is shown at once, the same one ten times a second. */
  readonly show = (progress: Progress): void => {
    const nowMs = this.#nowMs();
    if (progress.doing === this.#doing && nowMs - this.#shownMs < PAUSE_MS) return;
    this.#doing = progress.doing;
    this.#shownMs = nowMs;
    this.#isShown = true;
    this.#stream.write(`\r${this.#format(progress)}\u001b[K`);
  };

  /** Leaves an empty line, for whoever writes next. */
  clear(): void {
    if (this.#isShown) this.#stream.write(CLEAR);
    this.#isShown = false;
    this.#doing = '';
  }
}
