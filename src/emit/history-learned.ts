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
  /** Why files were passed over, in words → how many; the most first. */
  readonly skipped: readonly (readonly [reason: string, count: number])[];
  readonly unreadable: number;
}

/** `learned 14 builds (2 failed), 0 known already, 3 skipped`, and below it why the latter. */
export function formatLearned(counts: LearnedCounts, style: Style): string {
  const { learned, failed, completed, known, skipped, unreadable } = counts;
  const skippedCount = skipped.reduce((sum, [, number]) => sum + number, 0);
  const head = [
    `learned ${count(learned, 'build')}${failed === 0 ? '' : ` (${String(failed)} failed)`}`,
    ...(completed === 0 ? [] : [`more of ${String(completed)}`]),
    `${String(known)} known already`,
    `${String(skippedCount)} skipped`,
    ...(unreadable === 0 ? [] : [`${String(unreadable)} unreadable`]),
  ];
  const width = Math.max(...skipped.map(([, number]) => String(number).length));
  const lines = skipped.map(([reason, number]) => `  ${String(number).padStart(width)} ${reason}`);
  return `${[style.bold(head.join(', ')), ...lines].join('\n')}\n`;
}
