import type { OnProgress, Progress } from '../src/internal.ts';
import { ProgressLine } from './progress-line.ts';

/** There is one terminal, so there is one line. */
let line: ProgressLine | undefined;

/** Shows progress on stderr where somebody sees it: on a terminal, not in CI, not with `--quiet`. */
export async function showProgress({ quiet }: { readonly quiet: boolean }): Promise<OnProgress> {
  const { formatProgress, noProgress } = await import('../src/internal.ts');
  const isCi = (process.env['CI'] ?? '') !== '';
  if (!process.stderr.isTTY || quiet || isCi || process.env['TERM'] === 'dumb') return noProgress;
  const format = (progress: Progress): string =>
    formatProgress(progress, terminalSize(process.stderr).columns);
  line ??= new ProgressLine(process.stderr, format, () => performance.now());
  return line.show;
}

/** A terminal's columns and rows, or those of a page where there is none, or one that doesn't tell. */
export function terminalSize(stream: NodeJS.WriteStream): {
  readonly columns: number;
  readonly rows: number;
} {
  const isKnown = stream.isTTY && stream.columns > 0 && stream.rows > 0;
  return isKnown ? { columns: stream.columns, rows: stream.rows } : { columns: 100, rows: 40 };
}

/** Before anything else is written. */
export function clearProgress(): void {
  line?.clear();
}
