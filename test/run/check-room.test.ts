import { describe, expect, it } from 'vitest';
import { applyEvent, NEVER_RUN } from '../../src/journal/replay.ts';
import { fullJournal, fullWorkFolder } from '../../src/run/diagnostics.ts';

describe('a work folder without room', () => {
  const needed = { bytes: 64 * 2 ** 20, files: 64 };

  it('is told of with what is there, what is needed and how to go on', () => {
    const { message, hint } = fullWorkFolder('/w o', { bytes: 2 ** 20, files: Infinity }, needed);
    expect(message).toContain('1 MiB are free, and 64 MiB are needed');
    expect(hint).toBe("make room (df '/w o'), then go on: debplan run --resume --work '/w o'");
  });

  it('may be short of files instead', () => {
    const { message, hint } = fullWorkFolder('/w', { bytes: 2 ** 40, files: 3 }, needed);
    expect(message).toContain('3 more files can be made there, and 64 are needed');
    expect(hint).toContain('df -i /w');
  });

  it('does not say that something ran where nothing was begun', () => {
    expect(fullJournal('/w/journal.jsonl', 'no space left', true).message).not.toContain('what ran');
    expect(fullJournal('/w/journal.jsonl', 'no space left').message).toContain('what ran');
  });

  it('uses up none of the tries of a build that found it full', () => {
    const end = { event: 'end', atMs: 2, task: 'a', attempt: 1, startedMs: 1, endedMs: 2 } as const;
    const full = applyEvent(NEVER_RUN, { ...end, outcome: 'disk-full', then: 'again' }, false);
    expect(full).toMatchObject({ state: 'waiting', tries: 0 });
    const failed = applyEvent(NEVER_RUN, { ...end, outcome: 'given-back', then: 'again' }, false);
    expect(failed.tries).toBe(1);
  });
});
