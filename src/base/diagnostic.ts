import { compareText } from './compare.ts';

/** A place in an input: `file` is the input's label (never an absolute path), lines and columns start at 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export type Severity = 'error' | 'warning' | 'note';

/** Trouble in the user's input, as a value: collected, grouped and printed, never thrown on the way. */
export interface Diagnostic {
  /** Kebab-case, stable: users filter by it. Each has one factory in `diagnostics.ts`. */
  readonly code: string;
  readonly severity: Severity;
  /** Lower case, no full stop; names the thing and both sides of the conflict. */
  readonly message: string;
  readonly location?: Location;
  /** What to type or change next. */
  readonly hint?: string;
}

/** Takes diagnostics as they come up; the caller owns the list behind it. */
export type Report = (diagnostic: Diagnostic) => void;

/**
 * A command can't go on: carries what the user must change. The command line prints it and exits with 2.
 * @example
 * try {
 *   readPlan('{}', 'plan.json');
 * } catch (error) {
 *   error.diagnostics[0].code; // → 'bad-plan'
 * }
 */
export class UserError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
    this.name = 'UserError';
    this.diagnostics = diagnostics;
  }
}

/** Orders diagnostics by severity, code, place, message: a total order up to equality. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    RANK[a.severity] - RANK[b.severity] ||
    compareText(a.code, b.code) ||
    compareText(a.location?.file ?? '', b.location?.file ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
    compareText(a.message, b.message)
  );
}

const RANK: Readonly<Record<Severity, number>> = {
  error: 0,
  warning: 1,
  note: 2,
};
