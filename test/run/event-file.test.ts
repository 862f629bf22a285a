import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError, type Diagnostic } from '../../src/base/diagnostic.ts';
import { formatEvent } from '../../src/journal/format-event.ts';
import { EventFile } from '../../src/run/event-file.ts';
import { BEGIN } from '../journal/events.ts';

let folder: string;
let said: Diagnostic[];
const report = (diagnostic: Diagnostic): void => {
  said.push(diagnostic);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debplan-events-'));
  said = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function makePipe(): string {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('a file of events', () => {
  it('gets a line an event, after what it held', () => {
    const path = join(folder, 'events.jsonl');
    for (let time = 0; time < 2; time++) {
      const file = new EventFile(path, report);
      file.onEvent(BEGIN);
      file.close();
    }
    expect(readFileSync(path, 'utf8')).toBe(formatEvent(BEGIN).repeat(2));
    expect(said).toEqual([]);
  });

  it('is refused at once where it is a pipe that nobody reads', () => {
    let codes: readonly string[] = [];
    try {
      new EventFile(makePipe(), report).close();
    } catch (error) {
      if (error instanceof UserError) codes = error.diagnostics.map(({ code }) => code);
    }
    expect(codes).toEqual(['unread-pipe']);
  });

  it('never waits for a reader that takes nothing, and says once that it gets no more', () => {
    const path = makePipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = new EventFile(path, report, 1000);
    // a pipe holds 64 KiB
    for (let sent = 0; sent < 100_000; sent += formatEvent(BEGIN).length) file.onEvent(BEGIN);
    file.close();
    expect(said.map(({ code }) => code)).toEqual(['slow-reader']);
    closeSync(reader);
  });

  it('offers again what a reader did not take at first', () => {
    const path = makePipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = new EventFile(path, report);
    const count = Math.ceil(70_000 / formatEvent(BEGIN).length);
    for (let event = 0; event < count; event++) file.onEvent(BEGIN);
    const taken = [take(reader)];
    file.close();
    taken.push(take(reader));
    closeSync(reader);
    expect(taken.join('')).toBe(formatEvent(BEGIN).repeat(count));
    expect(said).toEqual([]);
  });
});

/** All that is in a pipe now. */
function take(reader: number): string {
  const bytes = Buffer.alloc(200_000);
  let size = 0;
  for (;;) {
    let read = 0;
    try {
      read = readSync(reader, bytes, size, bytes.length - size, null);
    } catch {
      break; // empty, and somebody may still write
    }
    if (read === 0) break;
    size += read;
  }
  return bytes.toString('utf8', 0, size);
}
