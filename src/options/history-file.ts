import { usage } from './usage-error.ts';

/** The history that a command adds to, as it was named. @throws UserError for one that no line can be added to */
export function resolveHistoryFile(path: string): string {
  if (path === '-' || /\.(?:gz|xz|zst|lz4|bz2)$/.test(path)) {
    throw usage(`--history ${path}: lines are added to a plain file only`, '--history history.jsonl');
  }
  return path;
}
