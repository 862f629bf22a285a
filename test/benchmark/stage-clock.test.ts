import { describe, expect, it } from 'vitest';
import { stepOf } from '../../src/base/progress.ts';
import { StageClock } from '../../src/benchmark/stage-clock.ts';

describe('a clock of stages', () => {
  it('takes what each stage took until the next is told, and hands on what it is told', () => {
    let nowMs = 100;
    const told: string[] = [];
    const clock = new StageClock(
      'reading',
      () => nowMs,
      ({ doing }) => told.push(doing),
    );
    for (const [doing, ms] of [
      ['reading', 105.4],
      ['scheduling', 110.2],
      ['searching', 130],
      ['searching', 135],
    ] as const) {
      nowMs = ms;
      clock.tell(stepOf(doing));
    }
    nowMs = 136;
    clock.tell(stepOf('scheduling'));
    nowMs = 140.4;
    expect(clock.end()).toEqual([
      { stage: 'reading', cpuMs: 10 },
      { stage: 'scheduling', cpuMs: 24 },
      { stage: 'searching', cpuMs: 6 },
    ]);
    expect(told).toEqual(['reading', 'scheduling', 'searching', 'searching', 'scheduling']);
  });
});
