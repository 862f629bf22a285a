import { groupBy } from '../base/group-by.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Style } from './style.ts';

export interface DiagnosticTextOptions {
  /** All of a code, instead of the first three. */
  readonly all: boolean;
  /** Errors alone. */
  readonly quiet: boolean;
  /** What to print for a file's label: the path as the user would open it. */
  readonly paths: ReadonlyMap<string, string>;
  readonly style: Style;
}

const SHOWN = 3;

/**
 * Diagnostics as people read them, grouped by code: three examples each, then how many more there are.
 * @param diagnostics sorted; errors come first
 * @example
 * const doubt = { severity: 'warning', code: 'odd-field', message: 'an odd field', location: { file: 'control', line: 3 } };
 * const options = { all: false, quiet: false, paths: new Map(), style: plainStyle };
 * formatDiagnostics([doubt], options); // → 'warning: an odd field [odd-field]\n  --> control:3\n'
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: DiagnosticTextOptions,
): string {
  const told = diagnostics.filter(({ severity }) => !options.quiet || severity === 'error');
  const groups = groupBy(told, ({ code }) => code);
  const lines: string[] = [];
  for (const group of groups.values()) {
    const shown = options.all ? group : group.slice(0, SHOWN);
    shown.forEach((diagnostic, index) => {
      lines.push(...formatOne(diagnostic, shown[index + 1], options));
    });
    const more = group.length - shown.length;
    if (more > 0) {
      const [{ code }] = group;
      lines.push(options.style.dim(`… and ${String(more)} more [${code}] (--all-warnings)`));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** A hint that the next one repeats is printed once, after the last. */
function formatOne(
  diagnostic: Diagnostic,
  next: Diagnostic | undefined,
  { paths, style }: DiagnosticTextOptions,
): readonly string[] {
  const { severity, code, message, location, hint } = diagnostic;
  const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan;
  const lines = [`${paint(`${severity}:`)} ${message} ${style.dim(`[${code}]`)}`];
  if (location !== undefined) {
    const column = location.column === undefined ? '' : `:${String(location.column)}`;
    const path = paths.get(location.file) ?? location.file;
    lines.push(style.dim(`  --> ${path}:${String(location.line)}${column}`));
  }
  if (hint !== undefined && hint !== next?.hint) lines.push(`${style.cyan('hint:')} ${hint}`);
  return lines;
}
