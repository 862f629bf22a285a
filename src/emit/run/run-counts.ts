import type { RunCounts } from '../../next/run-view.ts';
import type { Style } from '../style.ts';
import type { Piece } from './painted-line.ts';

/** `61 of 113 built, 4 running, 3 ready, 45 waiting`, and what went wrong. */
export function countPieces(counts: RunCounts, style: Style): readonly Piece[] {
  const { total, built, running, ready, waiting, failed, blocked, skipped } = counts;
  const part = (number: number, word: string, paint?: Style['red']): readonly Piece[] =>
    number === 0 ? [] : [[', '], [`${String(number)} ${word}`, paint]];
  return [
    [`${String(built)} of ${String(total)} built`, style.bold],
    ...part(running, 'running'),
    ...part(ready, 'ready'),
    ...part(waiting, 'waiting'),
    ...part(failed, 'failed', style.red),
    ...part(blocked, 'blocked', style.yellow),
    ...part(skipped, 'skipped'),
  ];
}
