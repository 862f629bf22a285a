import { describe, expect, it } from 'vitest';
import { caseName, parseFilter } from '../../bench/results/parse-filter.ts';

describe('the filter of npm run bench', () => {
  const name = caseName('list schedule', '10k', 'of the archive');

  it('takes all, a text whatever its case, or an expression between slashes', () => {
    expect(parseFilter(undefined)(name)).toBe(true);
    expect(parseFilter('SCHEDULE/10k')(name)).toBe(true);
    expect(parseFilter('/^list.*archive$/')(name)).toBe(true);
    expect(parseFilter('^list')(name)).toBe(false);
  });

  it('finds a library by its name', () => {
    expect(parseFilter('graphlib')(caseName('graph', '400', 'store', 'graphlib'))).toBe(true);
    expect(parseFilter('graphlib')(caseName('graph', '400', 'store'))).toBe(false);
  });
});
