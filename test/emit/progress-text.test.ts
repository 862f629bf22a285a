import { describe, expect, it } from 'vitest';
import { stepOf } from '../../src/base/progress.ts';
import { formatProgress } from '../../src/emit/progress-text.ts';
import { searchProgress } from '../../src/emit/search-progress.ts';

describe('progress', () => {
  it('has a bar where somebody knows how much is to be done', () => {
    const runs = { doing: 'simulating', done: 50, total: 200, noun: 'runs' };
    expect(formatProgress(runs, 80)).toBe('simulating █████░░░░░░░░░░░░░░░ 50 of 200 runs');
    expect(formatProgress({ ...runs, done: 200 }, 80)).toBe(
      'simulating ████████████████████ 200 of 200 runs',
    );
    expect(formatProgress({ doing: 'reading', done: 7, total: 0, noun: 'files' }, 80)).toBe(
      'reading 7 files',
    );
    expect(formatProgress(stepOf('scheduling'), 80)).toBe('scheduling …');
  });

  it('of a search says how good the best plan is', () => {
    const search = { makespanMs: 7_272_000, lowerBoundMs: 7_200_000, schedulesUsed: 800, schedules: 2000 };
    expect(formatProgress(searchProgress(search), 100)).toBe(
      'searching ████████░░░░░░░░░░░░ 800 of 2000 schedules: 2h 01m, 1.0 % above the bound',
    );
    expect(searchProgress({ ...search, lowerBoundMs: 0 }).detail).toContain('0.0 %');
  });

  it('never fills a line, which the terminal would break', () => {
    const search = searchProgress({ makespanMs: 1, lowerBoundMs: 1, schedulesUsed: 1, schedules: 9 });
    for (const columns of [1, 2, 10, 40, 79]) {
      const line = formatProgress(search, columns);
      expect(line.length).toBeLessThan(Math.max(2, columns));
    }
  });
});
