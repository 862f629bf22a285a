import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { formatEvent } from '../../src/journal/format-event.ts';
import { parseJournal } from '../../src/journal/parse-journal.ts';
import { JournalFile } from '../../src/run/journal-file.ts';
import { makeTree } from '../io/temp-tree.ts';
import { BEGIN, start } from '../journal/events.ts';

function readJournal(path: string): string {
  return readFileSync(path, 'utf8');
}

/** A disk of a few pages; undefined where none can be mounted. */
function smallDisk(): string | undefined {
  const folder = makeTree();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'debplan-test', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return folder;
}

describe('JournalFile', () => {
  it('writes events in the order of the calls, also when nobody waits', async () => {
    const path = join(makeTree(), 'journal.jsonl');
    const journal = await JournalFile.open(path, 0);
    const events = [BEGIN, ...Array.from({ length: 50 }, (_, task) => start(`task-${String(task)}`, 1))];
    await Promise.all(events.map((event) => journal.append(event)));
    await journal.close();
    expect(readJournal(path)).toBe(events.map(formatEvent).join(''));
  });

  it('cuts off what comes after the whole lines, and goes on there', async () => {
    const path = join(makeTree(), 'journal.jsonl');
    writeFileSync(path, `${formatEvent(BEGIN)}{"event":"sta`);
    const journal = await JournalFile.open(path, parseJournal(readJournal(path), path).keptBytes);
    await journal.append(start('a', 1));
    await journal.close();
    expect(readJournal(path)).toBe(formatEvent(BEGIN) + formatEvent(start('a', 1)));
  });

  it('says what to do where it may not be written', async () => {
    const path = join(makeTree(), 'nowhere', 'journal.jsonl');
    await expect(JournalFile.open(path, 0)).rejects.toMatchObject({
      diagnostics: [{ code: 'unwritable-journal' }],
    });
  });

  it('holds whole lines alone when the disk is full, and takes no more', async (context) => {
    const disk = smallDisk();
    if (disk === undefined) return context.skip('nothing can be mounted here');
    const path = join(disk, 'journal.jsonl');
    const journal = await JournalFile.open(path, 0);
    await journal.append(BEGIN);
    let written = formatEvent(BEGIN);
    const full = async (): Promise<void> => {
      for (let attempt = 1; attempt < 1000; attempt++) {
        const event = start('a'.repeat(200), attempt);
        await journal.append(event);
        written += formatEvent(event);
      }
    };
    await expect(full()).rejects.toMatchObject({ diagnostics: [{ code: 'unwritable-journal' }] });
    expect(readJournal(path)).toBe(written);
    execFileSync('mount', ['-o', 'remount,size=64k', disk]);
    await expect(journal.append(BEGIN)).rejects.toMatchObject({
      diagnostics: [{ code: 'unwritable-journal' }],
    });
    await journal.close();
    expect(readJournal(path)).toBe(written);
  });
});
