import type { OnProgress, PlanWatch } from '../src/internal.ts';

/**
 * A search that Ctrl-C can end: the first one ends the search, the next one the program. While nothing is searched it ends the
 * program, as it always does: a handler would wait for work that hears nothing until it is done.
 */
export function watchSearch(onProgress: OnProgress): PlanWatch & { readonly end: () => void } {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  const end = (): void => {
    process.off('SIGINT', interrupt);
  };
  return {
    signal: interruption.signal,
    onProgress,
    onSearching: (isSearching) => {
      if (isSearching) process.once('SIGINT', interrupt);
      else end();
    },
    end,
  };
}
