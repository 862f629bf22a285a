import type { Progress } from '../base/progress.ts';

/** Cells of the bar. */
const BAR = 20;

/** Progress in one line: `searching ████████░░░░░░░░░░░░ 800 of 2000 schedules: 7h 12m`, cut to a width. */
export function formatProgress({ doing, done, total, noun, detail }: Progress, columns: number): string {
  const filled = total === 0 ? 0 : Math.min(BAR, Math.floor((done / total) * BAR));
  const bar = total === 0 ? '' : ` ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
  const count = total > 0 ? ` ${done} of ${total} ${noun}` : done > 0 ? ` ${done} ${noun}` : ' …';
  const line = `${doing}${bar}${count}${detail === undefined ? '' : `: ${detail}`}`;
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
