import type { PlanProgress, PlanWatch } from '../src/index.ts';

/** A search's progress on stderr, where somebody sees it, and Ctrl-C: the first one ends the search, the next one the program. */
export function watchSearch(
  { quiet }: { readonly quiet: boolean },
  format: (progress: PlanProgress) => string,
): PlanWatch & { readonly end: () => void } {
  const isSeen = process.stderr.isTTY && !quiet && (process.env['CI'] ?? '') === '';
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  let isShown = false;
  process.once('SIGINT', interrupt);
  return {
    signal: interruption.signal,
    onProgress: (progress) => {
      if (!isSeen) return;
      isShown = true;
      process.stderr.write(`\r${format(progress)}\u001b[K`);
    },
    end: () => {
      process.off('SIGINT', interrupt);
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}
