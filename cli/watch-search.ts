import type { OnProgress, PlanWatch } from '../src/internal.ts';

/** A search that Ctrl-C can end: the first one ends the search, the next one the program. */
export function watchSearch(onProgress: OnProgress): PlanWatch & { readonly end: () => void } {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  process.once('SIGINT', interrupt);
  return {
    signal: interruption.signal,
    onProgress,
    end: () => {
      process.off('SIGINT', interrupt);
    },
  };
}
