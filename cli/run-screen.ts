import type { RunScreen } from '../src/internal.ts';
import { terminalSize } from './progress.ts';

const UP = '\u001b[A';
const CLEAR_BELOW = '\r\u001b[J';

/** stderr as the place where a run is shown: on a terminal with a table at its end. */
export class StderrScreen implements RunScreen {
  readonly isLive: boolean;
  readonly #isQuiet: boolean;
  /** Lines of the table that stands there. */
  #height = 0;

  constructor(isQuiet: boolean) {
    const isCi = (process.env['CI'] ?? '') !== '';
    this.#isQuiet = isQuiet;
    this.isLive = process.stderr.isTTY && !isQuiet && !isCi && process.env['TERM'] !== 'dumb';
  }

  readonly size = (): { readonly columns: number; readonly rows: number } => terminalSize(process.stderr);

  readonly line = (text: string): void => {
    if (this.#isQuiet) return;
    this.clear();
    process.stderr.write(`${text}\n`);
  };

  readonly table = (text: string): void => {
    this.clear();
    process.stderr.write(`${text}\n`);
    this.#height = text.split('\n').length;
  };

  /** Takes the table away, for whoever writes next. */
  readonly clear = (): void => {
    if (this.#height > 0) process.stderr.write(`${UP.repeat(this.#height)}${CLEAR_BELOW}`);
    this.#height = 0;
  };

  readonly clock = (ms: number): string => {
    const date = new Date(ms);
    return [date.getHours(), date.getMinutes(), date.getSeconds()]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
  };
}
