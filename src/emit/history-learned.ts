import type { Style } from './style.ts';
import { count } from './summary/lines.ts';

/** What `learn` did, in numbers. */
export interface LearnedCounts {
  /** Builds that the history did not know. */
  readonly learned: number;
  /** Of them: not built. */
  readonly failed: number;
  /** Builds that it knows more of now. */
  readonly completed: number;
  readonly known: number;
  /** Builds that it knows under another builder's name: the name → how many. */
  readonly elsewhere: ReadonlyMap<string, number>;
  /** Why files were passed over, in words → how many; the most first. */
  readonly skipped: readonly (readonly [reason: string, count: number])[];
  readonly unreadable: number;
  /** Whether nothing was written. */
  readonly isDry: boolean;
}

/** `learned 14 builds (2 failed), 1 known already, 3 skipped`, and below it why the latter; parts of nothing are left out. */
export function formatLearned(counts: LearnedCounts, style: Style): string {
  const { learned, failed, completed, known, elsewhere, skipped, unreadable } = counts;
  const skippedCount = skipped.reduce((sum, [, number]) => sum + number, 0);
  const verb = counts.isDry ? 'would learn' : 'learned';
  const head = [
    ...(learned === 0 && completed > 0
      ? [`${verb} more of ${count(completed, 'build')}`]
      : [`${verb} ${count(learned, 'build')}${failed === 0 ? '' : ` (${String(failed)} failed)`}`]),
    ...(learned === 0 || completed === 0 ? [] : [`more of ${String(completed)}`]),
    ...(known === 0 ? [] : [`${String(known)} known already`]),
    ...[...elsewhere].map(([name, number]) => `${String(number)} known already as built on ${name}`),
    ...(skippedCount === 0 ? [] : [`${String(skippedCount)} skipped`]),
    ...(unreadable === 0 ? [] : [`${String(unreadable)} unreadable`]),
  ];
  const width = Math.max(...skipped.map(([, number]) => String(number).length));
  const lines = skipped.map(([reason, number]) => `  ${String(number).padStart(width)} ${reason}`);
  return `${[style.bold(head.join(', ')), ...lines].join('\n')}\n`;
}
