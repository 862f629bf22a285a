import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHistory } from '../../src/history/parse-history.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { logIn, runDebplan, SbuildRoom, whyNoSbuild, type Ran } from './sbuild-room.ts';

const MIB = 2 ** 20;
/** What the build writes and keeps, and what it writes and removes before it ends. */
const KEPT_MIB = 60;
const PASSING_MIB = 150;
/** The kernel counts whole pages, `df` was asked a moment later. */
const TOLERANCE = 0.02;

const reason = whyNoSbuild();
if (reason !== undefined) process.stderr.write(`test:system: sbuild's tests are SKIPPED: ${reason}\n`);

describe.skipIf(reason !== undefined)('builds of sbuild on a RAM disk', () => {
  let room: SbuildRoom;
  let history: string;

  beforeAll(() => {
    room = new SbuildRoom();
    history = join(room.folder, 'history.jsonl');
  });
  afterAll(() => {
    room.close();
  });

  it('are measured at their peak, which the log does not tell, and recorded once though learned twice', () => {
    const dsc = room.source({
      name: 'debplan-peak',
      build: [
        `head -c ${KEPT_MIB}M /dev/urandom >kept`,
        `head -c ${PASSING_MIB}M /dev/zero >passing`,
        `echo "held: $$(stat -f -c '%b %f %S' .)"`,
        'sleep 0.3',
        'rm passing',
      ],
    });
    const output = join(room.folder, 'peak');
    const ran = room.measureBuild(dsc, { ram: room.ramDisk('ram-peak', 3000), output, history });
    expect(ran, ran.stdout.slice(-2000)).toMatchObject({ code: 0 });
    const [measured, ...others] = read(history);
    expect(others).toEqual([]);
    const log = logIn(output);
    const held = heldBytes(log.text);
    const { peakBytes = 0, endBytes = 0, memoryBytes = 0, cpuMs = 0, wallMs = 0 } = measured ?? {};
    expect(measured).toMatchObject({ source: 'debplan-peak', version: '1.0', outcome: 'built', mode: 'ram' });
    expect(Math.abs(peakBytes / held - 1)).toBeLessThan(TOLERANCE);
    expect(peakBytes).toBeGreaterThanOrEqual(endBytes + (PASSING_MIB - KEPT_MIB) * MIB);
    expect(endBytes).toBeGreaterThan((KEPT_MIB + 300) * MIB);
    expect(memoryBytes).toBeGreaterThan(10 * MIB);
    expect(memoryBytes).toBeLessThan(peakBytes);
    expect(cpuMs).toBeGreaterThan(1000);
    expect(wallMs).toBeGreaterThan(1000);

    for (const time of ['once', 'twice']) expect(learn(log.path).code, time).toBe(0);
    const [joined, ...more] = read(history);
    expect(more).toEqual([]);
    expect(joined).toMatchObject({ peakBytes, wallMs, outcome: 'built' });
    const learned = learnAlone(log.path, room.folder);
    const { endBytes: dfBytes = 0, treeBytes = 0 } = learned;
    expect(learned).toMatchObject({
      source: 'debplan-peak',
      version: '1.0',
      arch: 'amd64',
      outcome: 'built',
    });
    expect(treeBytes).toBeGreaterThanOrEqual(KEPT_MIB * MIB);
    expect(Math.abs(endBytes / dfBytes - 1)).toBeLessThan(0.1);
    report(
      `peak ${mib(peakBytes)} / end ${mib(endBytes)} by the sampler, ${mib(dfBytes)} by df: ${ran.stderr.trim()}`,
    );
  });

  it('teach their footprint, not their time, when they fail', () => {
    const dsc = room.source({
      name: 'debplan-fails',
      build: [`head -c ${KEPT_MIB}M /dev/urandom >kept`, 'sleep 0.3', 'false'],
    });
    const output = join(room.folder, 'fails');
    const own = join(room.folder, 'fails.jsonl');
    const ran = room.measureBuild(dsc, { ram: room.ramDisk('ram-fails', 3000), output, history: own });
    expect(ran.code).toBe(2);
    expect(read(own)).toMatchObject([{ source: 'debplan-fails', outcome: 'failed' }]);
    expect(learnAlone(logIn(output).path, room.folder)).toMatchObject({
      outcome: 'failed',
      failStage: 'build',
    });
  });

  it('are told from other failures when the RAM disk was full', () => {
    const dsc = room.source({ name: 'debplan-full', build: ['head -c 2000M /dev/zero >huge'] });
    const output = join(room.folder, 'full');
    const own = join(room.folder, 'full.jsonl');
    const ran = room.measureBuild(dsc, { ram: room.ramDisk('ram-full', 900), output, history: own });
    expect(ran.code).not.toBe(0);
    expect(read(own)).toMatchObject([{ source: 'debplan-full', outcome: 'no-space', peakBytes: 900 * MIB }]);
    expect(learnAlone(logIn(output).path, room.folder)).toMatchObject({ outcome: 'no-space' });
  });

  it('teach nothing when their log is cut short', () => {
    const { path, text } = logIn(join(room.folder, 'peak'));
    const cut = join(room.folder, 'cut.build');
    writeFileSync(cut, text.slice(0, text.length * 0.7));
    const before = readFileSync(history, 'utf8');
    const { stderr } = learn(cut);
    expect(stderr).toContain('cut.build');
    expect(readFileSync(history, 'utf8')).toBe(before);
    expect(path).not.toBe(cut);
  });

  function learn(log: string): Ran {
    return runDebplan(['learn', log, '--history', history], room.folder);
  }
});

/** What the log alone teaches. */
function learnAlone(log: string, folder: string): BuildRecord {
  const history = join(folder, 'alone.jsonl');
  writeFileSync(history, '');
  runDebplan(['learn', log, '--history', history], folder);
  const [record, ...others] = read(history);
  expect(others).toEqual([]);
  if (record === undefined) throw new Error(`nothing was learned from ${log}`);
  return record;
}

function read(history: string): readonly BuildRecord[] {
  return parseHistory(readFileSync(history, 'utf8'), 'history.jsonl', (diagnostic) => {
    throw new Error(diagnostic.message);
  });
}

/** What the RAM disk held at the fullest moment of the build, as the build itself has printed it. */
function heldBytes(log: string): number {
  const [blocks = 0, free = 0, size = 0] = (/^held: (\d+) (\d+) (\d+)$/m.exec(log) ?? [])
    .slice(1)
    .map(Number);
  return (blocks - free) * size;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
