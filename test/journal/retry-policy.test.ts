import { describe, expect, it } from 'vitest';
import { NEVER_RUN, replay } from '../../src/journal/replay.ts';
import { afterEnd, type EndToJudge } from '../../src/journal/retry-policy.ts';
import { RUN_OUTCOMES, type AfterEnd, type RunOutcome } from '../../src/journal/run-event.ts';
import type { TaskRun } from '../../src/journal/run-state.ts';
import { BEGIN, end, start } from './events.ts';

const OPTIONS = { retries: 1, admitsDisk: true };

function judge(given: Partial<EndToJudge>, run: Partial<TaskRun> = {}, options = OPTIONS): AfterEnd {
  const judged = { outcome: 'failed', isTransient: false, isAdopted: false, mode: 'ram', ...given } as const;
  return afterEnd(judged, { ...NEVER_RUN, ...run }, options);
}

describe('afterEnd', () => {
  it('gives up at once what fails by itself', () => {
    const after = RUN_OUTCOMES.map((outcome): readonly [RunOutcome, AfterEnd] => [
      outcome,
      judge({ outcome }),
    ]);
    expect(Object.fromEntries(after)).toEqual({
      built: 'done',
      failed: 'given-up',
      'no-space': 'again-on-disk',
      'disk-full': 'given-up',
      'given-back': 'given-up',
      'timed-out': 'given-up',
      killed: 'given-up',
      lost: 'given-up',
      interrupted: 'again',
    });
  });

  it('tries again what might succeed, as often as it may', () => {
    const transient = { outcome: 'given-back', isTransient: true } as const;
    expect(judge(transient)).toBe('again');
    expect(judge(transient, { tries: 1 })).toBe('given-up');
    expect(judge(transient, { tries: 1 }, { ...OPTIONS, retries: 2 })).toBe('again');
    expect(judge(transient, {}, { ...OPTIONS, retries: 0 })).toBe('given-up');
  });

  it('builds on disk once what outgrew its RAM disk, where there is a disk', () => {
    const full = { outcome: 'no-space' } as const;
    expect(judge(full, { tries: 9 }, { ...OPTIONS, retries: 0 })).toBe('again-on-disk');
    expect(judge(full, {}, { ...OPTIONS, admitsDisk: false })).toBe('given-up');
    expect(judge(full, { isForDisk: true })).toBe('given-up');
    expect(judge({ ...full, mode: 'disk' })).toBe('given-up');
  });

  it('tries again what went down with the runner that began it, however often', () => {
    const gone = { outcome: 'lost', isTransient: true, isAdopted: true } as const;
    expect(judge(gone, { tries: 9 })).toBe('again');
    expect(judge({ ...gone, isAdopted: false }, { tries: 9 })).toBe('given-up');
  });
});

describe('replay', () => {
  it('counts no try of what was stopped, wanted room, or went down with its runner', () => {
    const events = [
      ...[BEGIN, start('a', 1), end('a', 1, 'interrupted', 'again')],
      ...[start('a', 2), BEGIN, end('a', 2, 'lost', 'again')],
      ...[start('a', 3), end('a', 3, 'lost', 'again')],
      ...[start('a', 4), end('a', 4, 'no-space', 'again-on-disk'), start('a', 5, { mode: 'disk' })],
    ];
    expect(replay(events).tasks.get('a')).toMatchObject({
      ...{ state: 'running', attempts: 5, tries: 1, isForDisk: true },
    });
  });

  it('begins to count anew when somebody has a given-up task tried again', () => {
    const events = [BEGIN, start('a', 1), end('a', 1, 'failed', 'given-up'), BEGIN, start('a', 2)];
    expect(replay(events.slice(0, 3)).tasks.get('a')).toMatchObject({ state: 'failed', tries: 1 });
    expect(replay(events).tasks.get('a')).toMatchObject({ state: 'running', attempts: 2, tries: 0 });
  });

  it('tells whether the last runner has stopped by itself', () => {
    const stop = { event: 'stop', atMs: 4, reason: 'interrupted' } as const;
    expect(replay([BEGIN, stop]).stop).toEqual(stop);
    expect(replay([BEGIN, stop, BEGIN]).stop).toBeUndefined();
  });
});
