import { describe, expect, it } from 'vitest';
import { Dispatcher } from '../../src/dispatch/dispatcher.ts';
import { problemOf, ruleOf } from './problems.ts';

describe('a dispatcher that goes on with an earlier run', () => {
  it('is done exactly when all has ended, though one of two failed tasks needs the other', () => {
    const problem = problemOf([
      { durationMs: 1 },
      { durationMs: 1, needs: [0] },
      { durationMs: 1 },
      { durationMs: 1 },
    ]);
    const dispatcher = new Dispatcher(problem, ruleOf(problem), {
      finished: [],
      failed: [0, 1],
      forDisk: [],
    });
    expect([0, 1, 2, 3].map((task) => dispatcher.state(task))).toEqual([
      'failed',
      'failed',
      'ready',
      'ready',
    ]);
    expect(dispatcher.start(0).map(({ task }) => task)).toEqual([2, 3]);
    dispatcher.finish(2);
    expect(dispatcher.isDone).toBe(false);
    dispatcher.finish(3);
    expect(dispatcher.isDone).toBe(true);
  });
});
