import { describe, expect, it } from 'vitest';
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
`;

function installSet(...args: readonly string[]): CliRun {
  const cwd = makeTree({ S: `${SOURCES}${MORE}`, P: PACKAGES });
  return runCli(['install-set', ...args, 'S', '--packages', 'P', '-q'], { cwd });
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
      target: { arch: 'amd64', kind: 'any', profiles: [] },
      base: 'apt',
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
      unmet: [],
      conflicting: [],
    });
  });

  it('exits with 1 and the reason when the source can not be built', () => {
    const { code, stdout } = installSet('broken', '--arch', 'amd64');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout:
        'broken_3/amd64: Build-Depends: libgreet-dev (>= 9): nothing provides libgreet-dev (>= 9) on amd64\n',
    });
  });

  it('exits with 1 when the architecture has nothing to build of it', () => {
    const { code, stdout } = installSet('elsewhere', '--arch', 'amd64');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'elsewhere: it has nothing to build on amd64\n' });
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
