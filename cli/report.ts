import pc from 'picocolors';
import type { Diagnostic, Style } from '../src/internal.ts';
import { clearProgress } from './progress.ts';
import { optionNames } from './known-command.ts';
import { UnknownCommand, UnknownOption, UsageError } from './usage.ts';

/** Colours for a stream: on a terminal without `NO_COLOR`; `FORCE_COLOR` wins. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  const forced = process.env['FORCE_COLOR'] ?? '';
  if (forced !== '') return pc.createColors(forced !== '0' && forced !== 'false');
  const isPlain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
  return pc.createColors(stream.isTTY && !isPlain);
}

/** Prints diagnostics to stderr. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: { readonly 'all-warnings': boolean; readonly quiet: boolean },
  paths: ReadonlyMap<string, string>,
): Promise<void> {
  const { formatDiagnostics } = await import('../src/internal.ts');
  clearProgress();
  const style = styleFor(process.stderr);
  process.stderr.write(
    formatDiagnostics(diagnostics, { all: options['all-warnings'], quiet: options.quiet, paths, style }),
  );
}

/** Prints why a command could not go on. @returns the exit code */
export async function reportFailure(error: unknown): Promise<number> {
  clearProgress();
  const style = styleFor(process.stderr);
  if (error instanceof UsageError) {
    const hint = (await nearestHint(error)) ?? error.hint;
    process.stderr.write(`${style.red('error:')} ${error.message}\n${style.cyan('hint:')} ${hint}\n`);
    return 2;
  }
  const { UserError } = await import('../src/internal.ts');
  if (error instanceof UserError) {
    await printDiagnostics(error.diagnostics, { 'all-warnings': true, quiet: false }, new Map());
    return 2;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${style.red('this is a bug of debplan:')} ${text}\n`);
  return 70;
}

/** Prints that stdout did not take the answer. At once, since what is left to do is in vain. @returns the exit code */
export function reportUnwritten(error: Error): number {
  clearProgress();
  const reason = /^[A-Z\d]+: (.+), \w+$/.exec(error.message)?.[1] ?? error.message;
  process.stderr.write(`${styleFor(process.stderr).red('error:')} cannot write to stdout: ${reason}\n`);
  return 2;
}

/** What was meant by a command or option that doesn't exist, if that can be told. */
async function nearestHint(error: UsageError): Promise<string | undefined> {
  if (!(error instanceof UnknownCommand || error instanceof UnknownOption)) return undefined;
  const { nearestName } = await import('../src/internal.ts');
  const isCommand = error instanceof UnknownCommand;
  const near = nearestName(error.asked, isCommand ? error.commands : optionNames(error.command));
  return near === undefined ? undefined : `did you mean ${isCommand ? 'debplan ' : '--'}${near}?`;
}
