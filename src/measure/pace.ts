/** Looking may take this share of a core. */
export const MOST_SHARE = 0.03;

/**
 * How long to rest after a look, so that looking takes no more than its share of a core: what is cheap keeps the wished interval,
 * a walk of many files is made seldom.
 * @param busyMs how long the look took; on a busy machine longer than its CPU time, so the share is an upper bound
 */
export function restMs(busyMs: number, intervalMs: number): number {
  return Math.max(intervalMs - busyMs, (busyMs * (1 - MOST_SHARE)) / MOST_SHARE, 1);
}
