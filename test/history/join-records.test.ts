import { describe, expect, it } from 'vitest';
import { joinRecords } from '../../src/history/join-records.ts';
import type { BuildRecord } from '../../src/history/record.ts';
import { buildRecord } from './records.ts';

const log = buildRecord({ treeBytes: 5000, endedAt: '2026-11-23T06:45:33Z' });
const measured = buildRecord({
  ...{ builder: 'ram-1', startedAt: '2026-11-23T06:43:55Z', wallMs: 140_000, cpuMs: 60_000 },
  ...{ holds: 'chroot', endBytes: 700, peakBytes: 900, from: { tool: 'measure' } },
});
const buildinfo = buildRecord({
  ...{ builder: undefined, startedAt: undefined, endedAt: '2026-11-23T06:45:32Z', wallMs: undefined },
  ...{ packageBytes: 77, from: { tool: 'buildinfo', file: 'hello.buildinfo' } },
});
const changes = buildRecord({
  ...{ builder: undefined, startedAt: undefined, wallMs: undefined, packageBytes: 77 },
  ...{ from: { tool: 'changes', file: 'hello.changes' } },
});

/** Every order of a few records. */
function orders(records: readonly BuildRecord[]): readonly (readonly BuildRecord[])[] {
  if (records.length < 2) return [records];
  return records.flatMap((record, index) =>
    orders(records.filter((_, other) => other !== index)).map((rest) => [record, ...rest]),
  );
}

describe('joinRecords', () => {
  it('joins what measure, a log, its .buildinfo and its .changes tell of one build, in any order', () => {
    const expected = { ...log, ...measured, packageBytes: 77 };
    for (const records of orders([log, measured, buildinfo, changes, log])) {
      expect(joinRecords(records)).toEqual([expected]);
    }
  });

  it.each([
    ['another version', { version: '2.10-4' }],
    ['another architecture', { arch: 'arm64' }],
    ['another start by the same tool', { startedAt: '2026-11-23T06:43:58Z' }],
    ['another builder by the same tool', { builder: 'x86-2' }],
    ['another outcome', { outcome: 'failed' }],
    ['another kind', { kind: 'all' }],
    ['another duration at the same second', { wallMs: 96_001 }],
    ['another suite at the same second', { suite: 'trixie' }],
  ] satisfies readonly (readonly [string, Partial<BuildRecord>])[])(
    'keeps apart builds of %s',
    (_, fields) => {
      expect(
        joinRecords([
          { ...log, kind: 'any', suite: 'bookworm' },
          { ...log, kind: 'any', suite: 'bookworm', ...fields },
        ]),
      ).toHaveLength(2);
    },
  );

  it.each([
    ['lasted longer than the command', { wallMs: 600_000, endedAt: undefined }],
    ['was for another suite', { suite: 'trixie' }],
    ['took a small part of the time on a machine of another name', { wallMs: 9000, endedAt: undefined }],
  ] satisfies readonly (readonly [string, Partial<BuildRecord>])[])(
    'keeps apart a measured build and a log that began at once but %s',
    (_, fields) => {
      const records = [
        { ...measured, suite: 'bookworm' },
        { ...log, ...fields },
      ];
      for (const order of orders(records)) expect(joinRecords(order)).toHaveLength(2);
    },
  );

  it('takes a suite of a changelog for no other suite', () => {
    const records = [
      { ...log, suite: 'bookworm' },
      { ...changes, suite: 'UNRELEASED' },
    ];
    expect(joinRecords(records)).toMatchObject([{ suite: 'bookworm', packageBytes: 77 }]);
  });

  it('takes no value from the poorer record that contradicts the better one', () => {
    const [joined] = joinRecords([
      { ...measured, wallMs: 100_000, chrootBytes: 600, endBytes: undefined },
      { ...log, builder: 'ram-1', wallMs: undefined, installMs: 60_000, buildMs: 90_000, baseBytes: 800 },
    ]);
    expect(joined).toMatchObject({ wallMs: 100_000, chrootBytes: 600, treeBytes: 5000 });
    expect(joined?.installMs ?? joined?.buildMs ?? joined?.baseBytes).toBeUndefined();
  });

  it('keeps apart a .buildinfo that was made long after the log ended', () => {
    expect(joinRecords([log, { ...buildinfo, endedAt: '2026-11-23T07:45:32Z' }])).toHaveLength(2);
  });

  it('does not mix sizes of a chroot with those of a build folder', () => {
    const [joined] = joinRecords([
      { ...measured, endBytes: undefined },
      { ...log, holds: 'build', endBytes: 5 },
    ]);
    expect(joined).toMatchObject({ holds: 'chroot', peakBytes: 900 });
    expect(joined?.endBytes).toBeUndefined();
  });

  it('raises a peak that was sampled below the end that the log tells', () => {
    const [joined] = joinRecords([
      { ...measured, endBytes: undefined },
      { ...log, holds: 'chroot', endBytes: 950 },
    ]);
    expect(joined).toMatchObject({ endBytes: 950, peakBytes: 950 });
  });

  it('sorts by source, architecture and start', () => {
    const records = [
      buildRecord({ source: 'jq', startedAt: '2026-01-01T00:00:00Z' }),
      buildRecord({ startedAt: '2026-01-03T00:00:00Z', version: '2.9' }),
      buildRecord({ startedAt: '2026-01-02T00:00:00Z' }),
      buildRecord({ arch: 'arm64', startedAt: '2025-01-02T00:00:00Z' }),
    ];
    const expected = [records[2], records[1], records[3], records[0]];
    for (const order of orders(records)) expect(joinRecords(order)).toEqual(expected);
  });
});
