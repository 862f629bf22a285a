import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import type { Outcome, Target } from './target.ts';

/** A megabyte may take so long, and so may every smaller file: the first run of a function is slow. */
const MOST_CPU_MS_PER_MB = 1000;

/**
 * Feeds a file to a target. It fails when anything but a `UserError` is thrown, or an error doesn't tell its place.
 * @param isTimed whether it fails, too, when it takes more than a second of processor time a megabyte
 */
export async function judge(target: Target, bytes: Uint8Array, isTimed: boolean): Promise<Outcome> {
  const diagnostics: Diagnostic[] = [];
  const began = process.cpuUsage();
  try {
    await target.run(bytes, (diagnostic) => diagnostics.push(diagnostic));
  } catch (error) {
    if (!(error instanceof UserError)) return { diagnostics, failure: describe(error) };
    if (error.diagnostics.length === 0) return { diagnostics, failure: 'a UserError without a diagnostic' };
    diagnostics.push(...error.diagnostics);
  }
  const { user, system } = process.cpuUsage(began);
  const cpuMs = (user + system) / 1000;
  const mostMs = MOST_CPU_MS_PER_MB * Math.max(1, bytes.length / 1e6);
  if (isTimed && cpuMs > mostMs)
    return { diagnostics, failure: `took ${cpuMs.toFixed(0)} ms for ${String(bytes.length)} bytes` };
  return { diagnostics, failure: target.hasLines ? placeless(diagnostics, lineCount(bytes)) : undefined };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.includes(' at '))
    .slice(0, 6);
  return [`${error.name}: ${error.message.slice(0, 300)}`, ...stack].join('\n');
}

/** The first error that doesn't tell where it is, or tells a place outside the file. */
function placeless(diagnostics: readonly Diagnostic[], lines: number): string | undefined {
  const found = diagnostics.find(
    ({ severity, location }) =>
      severity === 'error' &&
      (location === undefined || location.file === '' || !(location.line >= 1 && location.line <= lines)),
  );
  if (found === undefined) return undefined;
  const place = found.location === undefined ? 'none' : JSON.stringify(found.location);
  return `place ${place} of ${String(lines)} lines: ${found.code}: ${found.message.slice(0, 300)}`;
}

/** Lines end in LF, CR or both; YAML's own line ends are not told apart. */
function lineCount(bytes: Uint8Array): number {
  let count = 1;
  for (const byte of bytes) if (byte === 10 || byte === 13) count++;
  return count;
}
