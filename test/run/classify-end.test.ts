import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../../src/measure/measured.ts';
import { classifyEnd, type EndFacts } from '../../src/run/classify-end.ts';

const MIB = 2 ** 20;
const CHAIN = [
  'make[2]: *** [Makefile:10: foo.o] Error 1',
  "make[2]: Leaving directory '/build'",
  'make[1]: *** [debian/rules:8: override_dh_auto_build] Error 2',
  'dh_auto_build: error: make -j2 returned exit code 2',
  'make: *** [debian/rules:4: binary] Error 2',
  'dpkg-buildpackage: error: debian/rules binary subprocess returned exit status 2',
];

const fixture = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../fixtures/logs', name), 'utf8');

/** A RAM disk that held so much at most. */
function held(peakMiB: number): Measured {
  const place = { kind: 'ram', path: '/r' } as const;
  return {
    wallMs: 1000,
    samples: 9,
    longestGapMs: 50,
    place,
    peakBytes: peakMiB * MIB,
    capacityBytes: 100 * MIB,
  };
}

function judged(given: Partial<EndFacts>): ReturnType<typeof classifyEnd> {
  return classifyEnd({
    ...{ exitCode: 1, log: '', mode: 'ram', ramDiskBytes: 100 * MIB, measured: undefined },
    ...{ diskFreeBytes: 2 ** 34, oomKills: 0, stopped: undefined, transientPatterns: [] },
    ...given,
  });
}

const end = (outcome: string, reason: string, given = {}): unknown => ({
  ...{ outcome, reason, isTransient: false, isFatal: false },
  ...given,
});

describe('a full disk', () => {
  it.each([
    ['full-in-unpack.build', 1, 'while the chroot was unpacked'],
    ['full-in-install.build', 3, 'while build dependencies were installed'],
    ['full-in-build.build', 2, 'during the build'],
  ])('is recognised in %s, whatever sbuild calls it', (name, exitCode, when) => {
    const log = fixture(name);
    expect(judged({ log, exitCode })).toEqual(end('no-space', `the RAM disk of 100 MiB was full ${when}`));
    expect(judged({ log, exitCode, mode: 'disk', ramDiskBytes: 0 })).toEqual(
      end('disk-full', `the disk was full ${when}`),
    );
  });

  it('is recognised by what the RAM disk held, where the log says nothing', () => {
    expect(judged({ measured: held(99.5), log: 'cc: signal 7' })).toMatchObject({ outcome: 'no-space' });
    expect(judged({ measured: held(90), log: 'cc: signal 7' })).toMatchObject({ outcome: 'failed' });
  });

  it('is the disk of the work folder when that has no room and the RAM disk had', () => {
    const log = 'cp: error writing x.deb: No space left on device';
    const facts = { log, measured: held(50) };
    expect(judged({ ...facts, diskFreeBytes: 0 })).toEqual(
      end('disk-full', 'the disk of the work folder was full'),
    );
    expect(judged(facts)).toMatchObject({ outcome: 'no-space' });
    expect(judged({ log, measured: held(100), diskFreeBytes: 0 })).toMatchObject({ outcome: 'no-space' });
  });

  it('is recognised by the room there is, since a full disk takes no words', () => {
    const full = { diskFreeBytes: 2 ** 20, log: '' };
    const disk = end('disk-full', 'the disk was full');
    const work = end('disk-full', 'the disk of the work folder was full');
    expect(judged({ ...full, mode: 'disk', ramDiskBytes: 0 })).toEqual(disk);
    expect(judged(full)).toEqual(work);
    expect(judged({ ...full, exitCode: undefined })).toEqual(work);
    expect(judged({ ...full, exitCode: 0 })).toMatchObject({ outcome: 'built' });
    const stopped = { outcome: 'timed-out', reason: 'late' } as const;
    expect(judged({ ...full, stopped })).toMatchObject({ outcome: 'timed-out' });
  });

  it('is not what a test of /dev/full tells, nor what a package met long before it failed', () => {
    expect(judged({ log: 'echo: write error: /dev/full: No space left on device' })).toMatchObject({
      outcome: 'failed',
    });
    const long = ['No space left on device', ...Array.from({ length: 300 }, () => 'ok'), ...CHAIN].join('\n');
    expect(judged({ log: long })).toMatchObject({ outcome: 'failed' });
  });
});

describe('a build that could not begin', () => {
  it('is given back for good when a dependency is not there', () => {
    expect(judged({ log: fixture('depends.build'), exitCode: 3 })).toEqual(
      end('given-back', 'unmet dependency: nectarine: Depends: no-such-dev'),
    );
  });

  it('says what is unmet without the package that sbuild makes for it', () => {
    const log = [
      'The following packages have unmet dependencies:',
      ' sbuild-build-depends-main-dummy : Depends: libfoo-dev (>= 2) but it is not installable',
      'E: Unable to correct problems, you have held broken packages.',
    ].join('\n');
    expect(judged({ log, exitCode: 3 })).toEqual(
      end('given-back', 'unmet dependency: Depends: libfoo-dev (>= 2) but it is not installable'),
    );
  });

  it.each([
    'E: Failed to fetch http://deb/x.deb  Hash Sum mismatch',
    'W: Temporary failure resolving deb.example',
    'Err:4 http://deb bookworm/main amd64 x 503  Service Unavailable',
  ])('is given back for now when a mirror does not serve: %s', (line) => {
    expect(judged({ log: line, exitCode: 3 })).toEqual(
      end('given-back', line.replaceAll('  ', ' '), { isTransient: true }),
    );
    const log = fixture('depends.build').replace('The following', `${line}\nThe following`);
    expect(judged({ log, exitCode: 3 })).toMatchObject({ outcome: 'given-back', isTransient: true });
  });

  it.each([
    ['Chroot /c/base.tar does not exist', 1],
    ['E: Chroot for distribution sid, architecture amd64 not found', 1],
    ['No entry for root in /etc/subuidinvalid idmap', 1],
    ['sh: 1: sbuild: not found', 127],
    ['setpriv: failed to execute sbuild: Permission denied', 126],
  ])('stops all others when they would end like it: %s', (line, exitCode) => {
    expect(judged({ log: `${line}\n`, exitCode })).toMatchObject({ outcome: 'failed', isFatal: true });
    expect(judged({ log: `${line}\n`, exitCode }).reason).toContain(line);
  });

  it('stops no others when a program is missing in the middle of a build', () => {
    const log = [...Array.from({ length: 20 }, () => 'cc x.c'), 'sh: 1: gtkdocize: not found'].join('\n');
    expect(judged({ log, exitCode: 127 })).toEqual(end('failed', 'sh: 1: gtkdocize: not found'));
  });
});

describe('a build that was ended', () => {
  it('was killed by the kernel when its group has lost processes for want of memory', () => {
    const reason = 'the kernel ended one of its processes for want of memory';
    expect(judged({ oomKills: 1, exitCode: 2, log: CHAIN.join('\n') })).toEqual(
      end('killed', reason, { isTransient: true }),
    );
    expect(judged({ oomKills: 1, exitCode: 0 })).toMatchObject({ outcome: 'built' });
  });

  it.each([
    [137, 'SIGKILL'],
    [143, 'SIGTERM'],
  ])('tells by exit code %i that a signal did it', (exitCode, signal) => {
    expect(judged({ exitCode })).toEqual(
      end('killed', `it was ended from outside by ${signal}`, { isTransient: true }),
    );
  });

  it('was stopped by debplan for the reason that debplan has, unless it was done by then', () => {
    const stopped = { outcome: 'timed-out', reason: 'too long' } as const;
    expect(judged({ stopped, exitCode: undefined })).toEqual(end('timed-out', 'too long'));
    expect(judged({ stopped, exitCode: 137 })).toEqual(end('timed-out', 'too long'));
    expect(judged({ stopped, exitCode: 0 })).toMatchObject({ outcome: 'built', reason: undefined });
  });

  it('timed out when sbuild ended it for its silence', () => {
    const line = 'E: Build killed with signal TERM after 150 minutes of inactivity';
    expect(judged({ log: line, exitCode: 2 })).toEqual(end('timed-out', line));
  });

  it('is lost without an exit code', () => {
    expect(judged({ exitCode: undefined })).toMatchObject({ outcome: 'lost', isTransient: true });
  });
});

describe('a build that failed', () => {
  it.each([
    [['foo.c:3:5: error: expected ;', '    3 | x', ...CHAIN], 'foo.c:3:5: error: expected ;'],
    [['gcc -c foo.c', ...CHAIN], 'make[2]: *** [Makefile:10: foo.o] Error 1'],
    [['dpkg-buildpackage: error: fakeroot not found'], 'dpkg-buildpackage: error: fakeroot not found'],
    [['FAILED tests/test_x.py::test_y - KeyError', ...CHAIN], 'FAILED tests/test_x.py::test_y - KeyError'],
    [['E: Package foo has no installation candidate'], 'E: Package foo has no installation candidate'],
    [['something went wrong', '----'], 'something went wrong'],
    [[], 'the builder command ended with 1'],
  ])('says why: %j', (lines, reason) => {
    expect(judged({ log: lines.join('\n') })).toEqual(end('failed', reason));
  });

  it('shows nothing of a log that a terminal would obey, and no more than a line', () => {
    const { reason = '' } = judged({ log: `E: \u001b[31mred\u001b[0m\u0007\u202e ${'x'.repeat(1000)}` });
    expect(reason.startsWith('E: red xxx')).toBe(true);
    expect(reason.length).toBe(201);
  });

  it("may pass when one of the user's patterns says so", () => {
    const transientPatterns = [/flaky/];
    expect(judged({ log: 'a flaky test\nE: no', transientPatterns })).toMatchObject({
      outcome: 'failed',
      isTransient: true,
    });
    expect(judged({ log: 'a test\nE: no', transientPatterns })).toMatchObject({ isTransient: false });
  });
});
