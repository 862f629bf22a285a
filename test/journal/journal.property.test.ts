import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEvent } from '../../src/journal/format-event.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { replay } from '../../src/journal/replay.ts';
import { journals } from './events.ts';

describe('a journal', () => {
  it('is read as it was written, an event a line', () => {
    const property = fc.property(journals(), (events) => {
      const text = events.map(formatEvent).join('');
      expect(text.split('\n')).toHaveLength(events.length + 1);
      const { events: read, diagnostics, keptBytes } = parseJournal(text, 'journal.jsonl');
      expect({ read, diagnostics }).toEqual({ read: events, diagnostics: [] });
      expect(keptBytes).toBe(Buffer.byteLength(text));
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
  });

  it('cut at any byte keeps the events of its whole lines, and says where they end', () => {
    const property = fc.property(journals(), fc.double({ min: 0, max: 1, noNaN: true }), (events, part) => {
      const bytes = Buffer.from(events.map(formatEvent).join(''));
      const cut = bytes.subarray(0, Math.floor(part * bytes.length));
      const { events: read, diagnostics, keptBytes } = parseJournal(cut.toString('utf8'), 'journal.jsonl');
      expect(read).toEqual(events.slice(0, read.length));
      expect(keptBytes).toBe(Buffer.byteLength(read.map(formatEvent).join('')));
      expect(cut.subarray(keptBytes).includes(10)).toBe(false);
      expect(diagnostics.map(({ code }) => code)).toEqual(keptBytes < cut.length ? ['torn-line'] : []);
    });
    fc.assert(property, { seed: 4, numRuns: 200 });
  });

  it('counts attempts as its lines do, and never more tries than ends', () => {
    const property = fc.property(journals(), (events) => {
      for (const [task, run] of replay(events).tasks) {
        const own = events.filter((event) => 'task' in event && event.task === task);
        const starts = own.filter(({ event }) => event === 'start').length;
        const ends = own.filter(({ event }) => event === 'end').length;
        expect(run.attempts).toBe(starts);
        expect(run.state === 'running').toBe(starts > ends);
        expect(run.tries).toBeLessThanOrEqual(ends);
      }
    });
    fc.assert(property, { seed: 5, numRuns: 200 });
  });
});
