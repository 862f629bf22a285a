import { describe, expect, it } from 'vitest';
import { Watch, type Limits } from '../../../src/run/here/watch.ts';

const limits = (given: Partial<Limits>): Limits => ({
  ...{ timeoutMs: undefined, idleTimeoutMs: undefined, maxLogBytes: 1000 },
  ...given,
});

describe('Watch', () => {
  it('lets a build run that is beyond no limit', () => {
    const watch = new Watch(limits({}), 0, 0);
    expect(watch.look(1000, 1e12)).toBeUndefined();
  });

  it('counts the time from the start, also of a build that an earlier runner began', () => {
    const watch = new Watch(limits({ timeoutMs: 60_000 }), 0, 50_000);
    expect(watch.look(0, 59_999)).toBeUndefined();
    expect(watch.look(0, 60_000)).toEqual({
      outcome: 'timed-out',
      reason: 'it was not done after 1m 00s (--timeout)',
    });
  });

  it('counts silence from the last word, and from where it began to look', () => {
    const watch = new Watch(limits({ idleTimeoutMs: 10_000 }), 0, 50_000);
    expect(watch.look(5, 55_000)).toBeUndefined();
    expect(watch.look(5, 64_999)).toBeUndefined();
    expect(watch.look(5, 65_000)).toEqual({
      outcome: 'timed-out',
      reason: 'it said nothing for 10s (--idle-timeout)',
    });
  });

  it('ends a build that says too much', () => {
    const watch = new Watch(limits({}), 0, 0);
    expect(watch.look(1001, 1)).toEqual({
      outcome: 'failed',
      reason: 'its log grew beyond 1000 B (--max-log)',
    });
  });
});
