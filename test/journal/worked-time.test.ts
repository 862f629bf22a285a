import { describe, expect, it } from 'vitest';
import { builtAttempts } from '../../src/journal/built-attempts.ts';
import type { RunEvent } from '../../src/journal/run-event.ts';
import { BEGIN } from './events.ts';

const start: RunEvent = {
  ...{ event: 'start', atMs: 1000, task: 'a', attempt: 1, builder: 'x', slot: 0, mode: 'disk' },
  ...{ makeJobs: 1, ramDiskBytes: 0 },
};
const end: RunEvent = {
  ...{ event: 'end', atMs: 5000, task: 'a', attempt: 1, outcome: 'built', then: 'done' },
  ...{ startedMs: 1000, endedMs: 5000 },
};

function begin(atMs: number): RunEvent {
  return { ...BEGIN, atMs };
}

function stop(atMs: number): RunEvent {
  return { event: 'stop', atMs, reason: 'done' };
}

describe('the time that a run has worked', () => {
  const whole = [begin(1000), start, end, stop(5010)];

  it('is the same when a finished run is gone on with, however late', () => {
    expect(builtAttempts(whole).workedMs).toBe(4000);
    const looked = [...whole, begin(900_000), stop(900_050), begin(2_000_000), stop(2_000_400)];
    expect(builtAttempts(looked).workedMs).toBe(4000);
  });

  it('leaves out the time between two runners', () => {
    const more = [
      ...[begin(100_000), { ...start, task: 'b', atMs: 100_000 }],
      { ...end, task: 'b', atMs: 103_000, startedMs: 100_000, endedMs: 103_000 },
    ];
    // with the 10 ms in which the first runner came to its end
    expect(builtAttempts([...whole, ...more]).workedMs).toBe(7010);
  });
});
