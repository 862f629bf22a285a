import type { Diagnostic } from '../base/diagnostic.ts';

/** There is nothing to look at. */
export function noBuilds(selected: readonly string[]): Diagnostic {
  const asked = selected.length === 0 ? '' : ` of ${selected.join(', ')}`;
  return {
    code: 'no-builds',
    severity: 'warning',
    message: `the history has no build${asked}`,
    hint:
      selected.length === 0
        ? 'fill it: debplan learn LOG… --history FILE, or debplan measure'
        : 'debplan history FILE tells what it has',
  };
}
