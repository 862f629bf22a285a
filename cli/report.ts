import pc from 'picocolors';
import type { Diagnostic, Style } from '../src/index.ts';

/** A wrong command line: printed with a pointer to the help; exit code 2. */
class UsageError extends Error {}

export function usageFailure(message: string): Error {
  return new UsageError(message);
}

/** Colours for a stream: on a terminal without `NO_COLOR`; `FORCE_COLOR` wins. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  const isForced = !['', '0', undefined].includes(process.env['FORCE_COLOR']);
  const isWanted = stream.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  return pc.createColors(isForced || isWanted);
}

/** Prints diagnostics to stderr. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: { readonly 'all-warnings': boolean; readonly quiet: boolean },
  paths: ReadonlyMap<string, string>,
): Promise<void> {
  const { formatDiagnostics } = await import('../src/index.ts');
  const style = styleFor(process.stderr);
  process.stderr.write(
    formatDiagnostics(diagnostics, { all: options['all-warnings'], quiet: options.quiet, paths, style }),
  );
}

/** Prints why a command could not go on. @returns the exit code */
export async function reportFailure(error: unknown): Promise<number> {
  const style = styleFor(process.stderr);
  if (error instanceof UsageError) {
    process.stderr.write(`${style.red('error:')} ${error.message}\n${style.cyan('hint:')} debplan --help\n`);
    return 2;
  }
  const { UserError } = await import('../src/index.ts');
  if (error instanceof UserError) {
    await printDiagnostics(error.diagnostics, { 'all-warnings': true, quiet: false }, new Map());
    return 2;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${style.red('this is a bug of debplan:')} ${text}\n`);
  return 70;
}
