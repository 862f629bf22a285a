import { describe, expect, it } from 'vitest';
import { formatEvent } from '../../src/journal/format-event.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import type { RunEvent } from '../../src/journal/run-event.ts';
import { BEGIN, end, start } from './events.ts';

function problemOf(...events: readonly RunEvent[]): readonly unknown[] {
  const text = events.map(formatEvent).join('');
  return parseJournal(text, 'j').diagnostics.map(({ code, severity, location }) => [
    ...[code, severity, location?.line],
  ]);
}

describe('parseJournal', () => {
  it('writes the fields of a line in one order, whatever theirs is', () => {
    const { task, event, ...rest } = start('a', 1);
    expect(formatEvent({ ...rest, task, event })).toBe(formatEvent(start('a', 1)));
  });

  it('refuses a line in the middle that is no event, with its number', () => {
    const text = `${formatEvent(BEGIN)}{"event":"start"}\n${formatEvent(start('a', 1))}`;
    const { events, diagnostics } = parseJournal(text, 'j');
    expect(events).toEqual([BEGIN]);
    expect(diagnostics).toMatchObject([
      { code: 'bad-journal', severity: 'error', location: { file: 'j', line: 2 } },
    ]);
  });

  it('refuses a last line that is whole and no event: it was not cut short', () => {
    const { diagnostics } = parseJournal(`${formatEvent(BEGIN)}\u0000\u0000\n`, 'j');
    expect(diagnostics).toMatchObject([{ code: 'bad-journal', location: { line: 2 } }]);
  });

  it('takes fields that it does not know for those of a later version', () => {
    const line = formatEvent(BEGIN).replace('{', '{"later":[1],');
    expect(parseJournal(line, 'j').diagnostics).toEqual([]);
  });

  it.each<readonly [string, readonly RunEvent[], number]>([
    ['what comes before the begin', [start('a', 1)], 1],
    ['a build that starts while it runs', [BEGIN, start('a', 1), start('a', 2)], 3],
    ['an attempt that was left out', [BEGIN, start('a', 2)], 2],
    ['the end of what does not run', [BEGIN, end('a', 1, 'built', 'done')], 2],
    ['the end of another attempt', [BEGIN, start('a', 1), end('a', 2, 'built', 'done')], 3],
    ['another plan', [BEGIN, { ...BEGIN, sha256: 'b'.repeat(64) }], 2],
  ])('refuses %s: two runs wrote into it', (_, events, line) => {
    expect(problemOf(...events)).toEqual([['bad-journal', 'error', line]]);
  });
});
