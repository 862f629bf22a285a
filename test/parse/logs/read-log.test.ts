import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/base/instant.ts';
import type { LoggedBuild, LogReading, SkipReason } from '../../../src/parse/logs/logged-build.ts';
import { readLog } from '../../../src/parse/logs/read-log.ts';

const FOLDER = fileURLToPath(new URL('../../../fixtures/logs/', import.meta.url));

function read(name: string): readonly LogReading[] {
  return readLog(readFileSync(`${FOLDER}${name}`, 'utf8'), name);
}

/** The one build of a log. */
function buildOf(name: string): LoggedBuild {
  const [reading, more] = read(name);
  if (reading?.kind !== 'build' || more !== undefined) throw new Error(`${name} is not the log of one build`);
  return reading.build;
}

describe('readLog', () => {
  it('reads a whole log of bookworm: times, sizes, df, apt, packages, options', () => {
    expect(buildOf('bookworm.build')).toEqual({
      ...{ tool: 'sbuild', toolVersion: '0.85.0', source: 'pear', version: '1.0-1', arch: 'amd64' },
      ...{ buildArch: 'amd64', kind: 'binary', suite: 'bookworm', profiles: ['nocheck'], builder: 'x86-1' },
      startedMs: parseInstant('2026-11-23T06:46:01Z'),
      endedMs: parseInstant('2026-11-23T06:47:21Z'),
      ...{ wallMs: 80_000, installMs: 10_000, buildMs: 60_000, makeJobs: 3, mode: 'ram' },
      ...{ baseBytes: 450_000 * 1024, chrootBytes: 650_000 * 1024, endBytes: 660_000 * 1024 },
      ...{ dependsBytes: 80_000_000, downloadBytes: 20_500_000, treeBytes: 5000 * 1024, packageBytes: 1200 },
      ...{ outcome: 'built', checks: ['lintian'] },
    });
  });

  it('reads a log of trixie: apt in its new words, profiles, independent binaries only', () => {
    expect(buildOf('trixie-all.build')).toMatchObject({
      ...{ toolVersion: '0.88.3', source: 'plum', version: '2:3.1-2', arch: 'all', buildArch: 'amd64' },
      ...{ kind: 'all', profiles: ['nodoc', 'noudeb'], downloadBytes: 12_500_000, dependsBytes: 45_000_000 },
    });
  });

  it("reads a build daemon's log: a rebuild counts for its source's version, -j4 for four make jobs", () => {
    expect(buildOf('buildd_1.2-3+b1_arm64-2017-05-04T03:02:01Z')).toMatchObject({
      ...{
        toolVersion: '0.71.0',
        version: '1.2-3',
        arch: 'arm64',
        buildArch: 'arm64',
        kind: 'any',
        makeJobs: 4,
      },
      ...{ builder: 'arm-conova-02.debian.org', wallMs: 3_600_000, treeBytes: 1_200_000 * 1024 },
    });
  });

  it('reads a log of jessie: boxes of lines, minutes without a zone, a disc', () => {
    expect(buildOf('jessie.build')).toMatchObject({
      ...{ toolVersion: '0.65.2', source: 'medlar', arch: 'arm64', buildArch: 'amd64', wallMs: 89_000 },
      startedMs: parseInstant('2015-07-28T03:07:00Z'),
      endedMs: parseInstant('2015-07-28T03:09:00Z'),
      downloadBytes: 20_500_000,
      outcome: 'built',
    });
  });

  it("reads Launchpad's logs of 2014, which have no summary", () => {
    expect(buildOf('launchpad-2014.log')).toMatchObject({
      ...{ source: 'damson', version: '0.1.1-0ubuntu1', arch: 'amd64', builder: 'gold', makeJobs: 2 },
      ...{ wallMs: 602_000, treeBytes: 7344 * 1024, outcome: 'built' },
      startedMs: parseInstant('2014-05-08T16:06:00Z'),
    });
  });

  it("reads Launchpad's logs of today, with talk around them", () => {
    expect(buildOf('launchpad.log')).toMatchObject({
      ...{
        source: 'sloe',
        builder: 'lcy02-amd64-011',
        outcome: 'failed',
        failStage: 'build',
        wallMs: 190_000,
      },
    });
  });

  it('reads every build of a console with times and colours in each line', () => {
    const builds = read('ci-console.log').map((reading) =>
      reading.kind === 'build' ? reading.build : reading,
    );
    const pear = buildOf('bookworm.build');
    expect(builds).toEqual([pear, { ...pear, source: 'gean', packageBytes: 1200 }]);
  });

  it.each([
    ['full-in-build.build', 'no-space', 'build'],
    ['full-in-install.build', 'no-space', 'explain-bd-uninstallable'],
    ['full-in-unpack.build', 'no-space', 'create-session'],
    ['tests-full.build', 'failed', 'build'],
    ['depends.build', 'given-back', 'install-deps'],
    ['killed.build', 'killed', 'build'],
  ])('tells how %s ended: %s', (name, outcome, failStage) => {
    expect(buildOf(name)).toMatchObject({ outcome, failStage });
  });

  it.each([
    ['cut-short.build', 'cut-short'],
    ['cut-in-summary.build', 'cut-short'],
    ['skipped.build', 'not-built'],
    ['pbuilder.log', 'pbuilder'],
    ['term.log', 'apt-log'],
    ['plain.log', 'dpkg-log'],
    ['source.changes', 'source-only'],
    ['stats/build-time', 'stats-dir'],
    ['stats/install-download-time', 'stats-dir'],
  ] satisfies readonly (readonly [string, SkipReason])[])('passes over %s: %s', (name, reason) => {
    expect(read(name)).toMatchObject([{ kind: 'skipped', reason }]);
  });

  it.each([
    ['', 'empty'],
    [' \n\n', 'empty'],
    ['\u0000\u0001', 'binary'],
    ['hello\n', 'unknown'],
    ['{"schema":"debplan/build@1"}\n', 'history'],
    ['Package: hello\nVersion: 1\n', 'unknown'],
    ['Source: hello\nBuild-Depends: x\n', 'unknown'],
  ] satisfies readonly (readonly [string, SkipReason])[])('passes over %j: %s', (text, reason) => {
    expect(readLog(text, 'file')).toEqual([{ kind: 'skipped', line: 1, reason }]);
  });

  it('leaves out values with units, and says so', () => {
    const [reading] = read('mixed-units.build');
    expect(reading).toMatchObject({
      problems: [
        "Build-Space: '4.9M' is no whole number of KiB",
        "Build-Time: '1m' is no whole number of seconds",
      ],
    });
    // Space and Package-Time are still good.
    expect(buildOf('mixed-units.build')).toMatchObject({ wallMs: 80_000, treeBytes: 5000 * 1024 });
    expect(buildOf('mixed-units.build').endBytes).toBeUndefined();
  });

  it('leaves out what df says of a disk that others use too', () => {
    const text = readFileSync(`${FOLDER}bookworm.build`, 'utf8');
    const onDisk = readLog(text.replaceAll(/^- {13}/gm, '/dev/sda1     '), 'x')[0];
    expect(onDisk).toMatchObject({ kind: 'build', problems: [] });
    expect(onDisk).not.toHaveProperty('build.endBytes');
    const shared = readLog(text.replace('4194304 660000   3534304', '4194304 3660000   534304'), 'x')[0];
    expect(shared).toMatchObject({
      problems: ['df: others use the same file system: its sizes are left out'],
    });
    expect(shared).not.toHaveProperty('build.endBytes');
  });

  it("reads a .buildinfo: the build's end, options, and how many packages were installed", () => {
    expect(buildOf('beside/pear_1.0-1_amd64.buildinfo')).toEqual({
      ...{ tool: 'buildinfo', source: 'pear', version: '1.0-1', arch: 'amd64', buildArch: 'amd64' },
      endedMs: parseInstant('2026-11-23T06:47:18Z'),
      ...{ profiles: ['nocheck'], makeJobs: 3, installedPackages: 3, packageBytes: 1200, outcome: 'built' },
    });
  });

  it('reads a .changes: its packages, not its date, which is that of the changelog', () => {
    expect(buildOf('beside/pear_1.0-1_amd64.changes')).toEqual({
      ...{ tool: 'changes', source: 'pear', version: '1.0-1', arch: 'amd64', suite: 'bookworm' },
      ...{ packageBytes: 1200, outcome: 'built' },
    });
  });

  it('reads every fixture with CRLF as it does without', () => {
    for (const entry of readdirSync(FOLDER, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8');
      expect(readLog(text.replaceAll('\n', '\r\n'), entry.name)).toEqual(readLog(text, entry.name));
    }
  });
});
