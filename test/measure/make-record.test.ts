import { describe, expect, it } from 'vitest';
import { checkRecord } from '../../src/history/check-record.ts';
import { joinRecords } from '../../src/history/join-records.ts';
import { BUILD_SCHEMA, type BuildRecord } from '../../src/history/record.ts';
import {
  foreignBytes,
  makeBuildRecord,
  outcomeOf,
  type BuildFacts,
  type CommandEnd,
} from '../../src/measure/make-record.ts';
import type { Measured } from '../../src/measure/measured.ts';

const MIB = 2 ** 20;
const FACTS: BuildFacts = {
  source: 'hello',
  version: '2.10-3',
  arch: 'amd64',
  builder: 'x86-1',
  profiles: ['nocheck'],
  makeJobs: 4,
  mode: 'ram',
  holds: 'chroot',
};
const MEASURED: Measured = {
  wallMs: 56_000,
  cpuMs: 40_000,
  cpuBy: 'cgroup',
  beginBytes: 0,
  endBytes: 640 * MIB,
  peakBytes: 768 * MIB,
  capacityBytes: 1024 * MIB,
  memoryBytes: 115 * MIB,
  memoryBy: 'cgroup-v1',
  samples: 1000,
  longestGapMs: 60,
};
const BUILT: CommandEnd = {
  tool: 'sbuild',
  exitCode: 0,
  signal: undefined,
  passedOn: undefined,
  startedMs: Date.UTC(2026, 10, 23, 6, 43, 56),
};

describe('how a build ended', () => {
  const full = { ...MEASURED, peakBytes: 1020 * MIB };
  it.each([
    ['built', BUILT, MEASURED],
    ['built', BUILT, full],
    ['failed', { ...BUILT, exitCode: 2 }, MEASURED],
    ['failed', { ...BUILT, tool: 'make', exitCode: 3 }, MEASURED],
    ['given-back', { ...BUILT, exitCode: 3 }, MEASURED],
    ['no-space', { ...BUILT, exitCode: 3 }, full],
    ['failed', { ...BUILT, exitCode: 2 }, { ...full, capacityBytes: 0 }],
    ['killed', { ...BUILT, exitCode: 137, signal: 'SIGKILL' }, full],
    ['killed', { ...BUILT, passedOn: 'SIGTERM' }, MEASURED],
    ['killed', { ...BUILT, tool: 'make', exitCode: 137 }, MEASURED],
    ['killed', { ...BUILT, tool: 'make', exitCode: 143 }, MEASURED],
    ['no-space', { ...BUILT, exitCode: 137 }, full],
    ['failed', { ...BUILT, exitCode: 139 }, MEASURED],
  ] as const)('is %s', (outcome, end, measured) => {
    expect(outcomeOf(end, measured)).toBe(outcome);
  });
});

describe('the record of a measured build', () => {
  it('holds what was seen, and nothing that contradicts itself', () => {
    const record = makeBuildRecord(FACTS, BUILT, MEASURED);
    expect(record).toEqual({
      schema: BUILD_SCHEMA,
      ...FACTS,
      startedAt: '2026-11-23T06:43:56Z',
      endedAt: '2026-11-23T06:44:52Z',
      wallMs: 56_000,
      cpuMs: 40_000,
      endBytes: 640 * MIB,
      peakBytes: 768 * MIB,
      memoryBytes: 115 * MIB,
      outcome: 'built',
      from: { tool: 'measure', file: undefined },
    });
    expect(checkRecord(record).problems).toEqual([]);
  });

  it('has no sizes where no place was looked at', () => {
    const { wallMs, samples, longestGapMs } = MEASURED;
    const record = makeBuildRecord({ ...FACTS, mode: undefined }, BUILT, { wallMs, samples, longestGapMs });
    expect([record.holds, record.endBytes, record.peakBytes]).toEqual([undefined, undefined, undefined]);
  });

  it('leaves out what lay on the RAM disk before, unless it may be the source, or a chroot', () => {
    const place = { kind: 'ram', path: '/RAM' } as const;
    const used = { ...MEASURED, place, beginBytes: 50 * MIB };
    const build = { ...FACTS, holds: 'build' } as const;
    const foreign = foreignBytes(build, used, false);
    expect(makeBuildRecord(build, BUILT, used, undefined, foreign)).toMatchObject({
      endBytes: 590 * MIB,
      peakBytes: 718 * MIB,
    });
    expect(foreignBytes(build, used, true)).toBe(0);
    expect(foreignBytes(FACTS, used, false)).toBe(0);
    expect(foreignBytes(build, { ...used, place: { kind: 'folder', path: '/RAM' } }, false)).toBe(0);
  });

  it('is joined with the log of the same build, which begins a second later', () => {
    const log: BuildRecord = {
      schema: BUILD_SCHEMA,
      source: 'hello',
      version: '2.10-3',
      arch: 'amd64',
      startedAt: '2026-11-23T06:43:57Z',
      installMs: 13_000,
      treeBytes: 8 * MIB,
      outcome: 'built',
      from: { tool: 'sbuild', toolVersion: '0.85.0', file: 'hello.build' },
    };
    const [joined, ...others] = joinRecords([log, makeBuildRecord(FACTS, BUILT, MEASURED)]);
    expect(others).toEqual([]);
    expect(joined).toMatchObject({ peakBytes: 768 * MIB, installMs: 13_000, treeBytes: 8 * MIB });
  });

  it('takes the finer outcome, and the size before the clean-up, from the log that the build left', () => {
    const log: BuildRecord = {
      ...makeBuildRecord(FACTS, BUILT, MEASURED),
      outcome: 'given-back',
      failStage: 'install-deps',
      endBytes: 600 * MIB,
      peakBytes: undefined,
      from: { tool: 'sbuild', file: 'hello.build' },
    };
    expect(makeBuildRecord(FACTS, { ...BUILT, exitCode: 137 }, MEASURED, log).outcome).toBe('given-back');
    expect(makeBuildRecord(FACTS, { ...BUILT, exitCode: 1 }, MEASURED, log)).toMatchObject({
      outcome: 'given-back',
      failStage: 'install-deps',
      endBytes: 600 * MIB,
      peakBytes: 768 * MIB,
      from: { tool: 'measure', file: 'hello.build' },
    });
  });
});
