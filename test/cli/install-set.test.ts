import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const PACKAGES = `Package: build-essential
Version: 12.9
Architecture: amd64
Installed-Size: 20
Size: 7704

Package: libgreet-dev
Source: greet
Version: 2.1-1
Architecture: amd64
Depends: libgreet2 (= 2.1-1)
Installed-Size: 100
Size: 20480

Package: libgreet2
Source: greet
Version: 2.1-1
Architecture: amd64
Installed-Size: 1024
Size: 102400

Package: dash
Version: 0.5
Architecture: amd64
Essential: yes
Installed-Size: 200
Size: 102400

Package: quiet
Version: 1
Architecture: amd64
Conflicts: libgreet2

Package: crossbuild-essential-arm64
Version: 12.9
Architecture: all
`;

const PACKAGES_ARM64 = `Package: libgreet-dev
Source: greet
Version: 2.1-1
Architecture: arm64

Package: build-essential
Version: 12.9
Architecture: arm64
`;

const MORE = `
Package: broken
Binary: broken
Version: 3
Architecture: any
Build-Depends: libgreet-dev (>= 9)

Package: elsewhere
Binary: elsewhere
Version: 1
Architecture: arm64

Package: torn
Binary: torn
Version: 1
Architecture: any
Build-Depends: libgreet-dev, quiet

Package: wary
Binary: wary
Version: 1
Architecture: any
Build-Depends: libgreet2 | dash, quiet

Package: wide
Binary: wide
Version: 1
Architecture: any all
Build-Depends-Indep: dash
`;

const Answer = z.object({
  packages: z.array(z.object({ package: z.string(), architecture: z.string().optional() })),
});

function installSet(...args: readonly string[]): CliRun {
  const cwd = makeTree({ S: `${SOURCES}${MORE}`, P: PACKAGES, A: PACKAGES_ARM64 });
  const packages = args.some((text) => text.includes('arm64')) ? ['--packages', 'arm64=A'] : [];
  return runCli(['install-set', ...args, 'S', '--packages', 'amd64=P', ...packages, '-q'], { cwd });
}

describe('debplan install-set', () => {
  it('prints what gets installed, with sizes and reasons', () => {
    expect(installSet('hello', '--arch', 'amd64')).toEqual({
      code: 0,
      stdout: [
        'package          version  architecture  installed  download  asked for by',
        'build-essential  12.9     amd64            20 KiB   7.5 KiB  every build',
        'libgreet-dev     2.1-1    amd64           100 KiB    20 KiB  Build-Depends: libgreet-dev',
        'libgreet2        2.1-1    amd64             1 MiB   100 KiB  libgreet-dev depends on libgreet2 (= 2.1-1)',
        '',
        'hello_1.0-1/amd64: 3 packages, 1.1 MiB installed, 0.1 MiB to download',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('counts the Essential packages when asked', () => {
    const { code, stdout } = installSet('hello=1.0-1', '--arch', 'amd64', '--essential');
    expect(code).toBe(0);
    expect(stdout).toContain('dash');
    expect(stdout).toContain('4 packages, 1.3 MiB installed');
  });

  it('prints JSON', () => {
    const { code, stdout } = installSet('greet', '--arch', 'amd64', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'debplan/install-set@1',
      kind: 'install-set',
      unit: 'greet_2.1-1/amd64',
      source: 'greet',
      version: '2.1-1',
      target: { arch: 'amd64', kind: 'binary', profiles: [] },
      base: 'apt',
      choice: 'apt',
      packages: [
        {
          package: 'build-essential',
          version: '12.9',
          architecture: 'amd64',
          installedBytes: 20 * 1024,
          downloadBytes: 7704,
          askedBy: { field: 'Build-Essential', relation: 'build-essential' },
        },
      ],
      installedBytes: 20 * 1024,
      downloadBytes: 7704,
      unknownSizes: 0,
    });
  });

  it('exits with 1 and the reason when the source can not be built', () => {
    const { code, stdout } = installSet('broken', '--arch', 'amd64');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout:
        'broken_3/amd64: Build-Depends: libgreet-dev (>= 9): nothing provides libgreet-dev (>= 9) on amd64; nearest: libgreet-dev 2.1-1\n',
    });
  });

  it('exits with 1 when the architecture has nothing to build of it', () => {
    const { code, stdout } = installSet('elsewhere', '--arch', 'amd64');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'elsewhere: it has nothing to build on amd64\n' });
  });

  it('exits with 1 and both ways to a conflict when what is needed can not be installed together', () => {
    const { code, stdout } = installSet('torn', '--arch', 'amd64');
    expect({ code, lines: stdout.split('\n') }).toEqual({
      code: 1,
      lines: [
        "torn_1/amd64: libgreet2 2.1-1 and quiet 1 can't be installed together",
        '  Build-Depends: libgreet-dev → libgreet-dev 2.1-1 → libgreet2 2.1-1',
        '  Build-Depends: quiet → quiet 1',
        '  quiet 1 has Conflicts: libgreet2',
        '',
      ],
    });
  });

  it("looks for another set where apt's first choice holds a conflict, and says so", () => {
    const { code, stdout } = installSet('wary', '--arch', 'amd64');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      'build-essential  12.9     amd64            20 KiB   7.5 KiB  every build',
      'dash             0.5      amd64           200 KiB   100 KiB  Build-Depends: libgreet2 | dash',
      'quiet            1        amd64                 ?         ?  Build-Depends: quiet',
      '',
      'wary_1/amd64: 3 packages, 0.2 MiB installed, 0.1 MiB to download; 1 of unknown size are not counted',
      "apt's first choice holds a conflict (libgreet2 and quiet); this set is free of it",
      '',
    ]);
  });

  it('takes binaries that are only planned where asked', () => {
    const planned = ['--arch', 'arm64', '--implicit', 'none'];
    expect(installSet('hello', ...planned, '--available', 'planned').stdout).toContain('libgreet-dev');
    expect(installSet('hello', '--arch', 'amd64', '--available', 'existing').code).toBe(0);
  });

  it('reads the build dependencies of one kind of binaries where asked', () => {
    const set = (...args: readonly string[]): CliRun => installSet('wide', '--arch', 'amd64', ...args);
    expect(set().stdout).toContain('Build-Depends-Indep: dash');
    expect(set('--kind', 'any').stdout).toContain('wide_1/amd64: 1 package,');
  });

  it('takes the tools of a cross build for both architectures', () => {
    const { code, stdout } = installSet('hello', '--host-arch', 'arm64', '--build-arch', 'amd64', '--json');
    const { packages } = Answer.parse(JSON.parse(stdout));
    expect({ code, packages: packages.map((own) => `${own.package}:${own.architecture ?? '?'}`) }).toEqual({
      code: 0,
      packages: ['build-essential:amd64', 'crossbuild-essential-arm64:all', 'libgreet-dev:arm64'],
    });
  });

  it('tells what comes of one unit by its key', () => {
    expect(installSet('hello_1.0-1/amd64', '--arch', 'amd64').code).toBe(0);
  });

  const wrong: Readonly<Record<string, { readonly args: readonly string[]; readonly stderr: string }>> = {
    'a misspelt source': {
      args: ['hllo', '--arch', 'amd64'],
      stderr:
        'error: there is no source package hllo in the inputs [no-such-source]\nhint: did you mean hello?\n',
    },
    'a version that is not there': {
      args: ['hello=9', '--arch', 'amd64'],
      stderr:
        'error: there is no source package hello=9 in the inputs [no-such-source]\nhint: it is here in version 1.0-1\n',
    },
    'a unit of another architecture': {
      args: ['hello_1.0-1/arm64', '--arch', 'amd64'],
      stderr:
        'error: there is no unit hello_1.0-1/arm64 with these options [no-such-unit]\nhint: there is hello_1.0-1/amd64\n',
    },
    'two architectures': {
      args: ['hello', '--arch', 'amd64,arm64'],
      stderr: 'error: one architecture at a time, not amd64 and arm64\nhint: --arch amd64\n',
    },
  };
  it.each(Object.entries(wrong))('refuses %s', (_, { args, stderr }) => {
    expect(installSet(...args)).toEqual({ code: 2, stdout: '', stderr });
  });

  it('asks for a source', () => {
    expect(runCli(['install-set'], { cwd: makeTree() })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: a source is needed\nhint: debplan install-set --help\n',
    });
  });
});
