import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { findAptLists, parseIndexTargets } from '../../src/io/apt.ts';
import { readInputs } from '../../src/io/read-inputs.ts';
import { makeTree } from './temp-tree.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Puts a script in apt-get's place; without one there is no apt-get. */
function fakeApt(script: string | undefined, files: Readonly<Record<string, string>> = {}): string {
  const folder = makeTree({
    ...files,
    'bin/.keep': '',
    ...(script === undefined ? {} : { 'bin/apt-get': script }),
  });
  if (script !== undefined) chmodSync(join(folder, 'bin/apt-get'), 0o755);
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('LISTS', folder);
  return folder;
}

async function ask(request: {
  architectures: readonly string[];
  paths: readonly string[];
}): Promise<{ found: readonly unknown[]; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const found = await findAptLists(request, (diagnostic) => diagnostics.push(diagnostic));
  return { found, diagnostics };
}

const BOTH =
  '#!/bin/sh\nprintf \'Sources\\t$(ARCHITECTURE)\\t%s/S\\nPackages\\tamd64\\t%s/P\\n\' "$LISTS" "$LISTS"\n';

describe('findAptLists', () => {
  it('finds the Sources list and the Packages lists of the architectures of the plan', async () => {
    const folder = fakeApt(BOTH);
    expect(await ask({ architectures: ['amd64'], paths: [] })).toEqual({
      found: [
        { path: join(folder, 'S'), arch: undefined, mustBePackages: false, mayBeEmpty: true },
        { path: join(folder, 'P'), arch: 'amd64', mustBePackages: true, mayBeEmpty: true },
      ],
      diagnostics: [],
    });
  });

  it('says how to get the lists of a missing architecture', async () => {
    fakeApt(BOTH);
    const { found, diagnostics } = await ask({ architectures: ['arm64'], paths: [] });
    expect(found).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(['apt-without-packages']);
    expect(diagnostics[0]?.hint).toContain('dpkg --add-architecture arm64 && apt-get update');
  });

  it('wants deb-src only when nothing else says what to build', async () => {
    fakeApt("#!/bin/sh\nprintf 'Packages\\tamd64\\t/lists/P\\n'\n");
    expect((await ask({ architectures: ['amd64'], paths: ['tree'] })).diagnostics).toEqual([]);
    expect((await ask({ architectures: ['amd64'], paths: [] })).diagnostics).toMatchObject([
      { code: 'apt-without-sources', severity: 'error' },
    ]);
  });

  it('counts a list of arch:all packages for each architecture of the plan', async () => {
    fakeApt("#!/bin/sh\nprintf 'Packages\\tall\\t/l/A\\nPackages\\tamd64\\t/l/P\\nSources\\t\\t/l/S\\n'\n");
    const { found } = await ask({ architectures: ['amd64', 'arm64'], paths: [] });
    expect(found).toEqual([
      { path: '/l/S', arch: undefined, mustBePackages: false, mayBeEmpty: true },
      { path: '/l/A', arch: 'amd64', mustBePackages: true, mayBeEmpty: true },
      { path: '/l/P', arch: 'amd64', mustBePackages: true, mayBeEmpty: true },
      { path: '/l/A', arch: 'arm64', mustBePackages: true, mayBeEmpty: true },
    ]);
  });

  it('says that there is no apt-get, or what it died of', async () => {
    fakeApt(undefined);
    expect((await ask({ architectures: ['amd64'], paths: [] })).diagnostics).toMatchObject([
      { code: 'apt-missing', message: 'cannot run apt-get: no such file or folder' },
    ]);
    fakeApt('#!/bin/sh\necho "E: bad configuration" >&2\nexit 100\n');
    expect((await ask({ architectures: ['amd64'], paths: [] })).diagnostics).toMatchObject([
      { code: 'apt-failed', message: 'apt-get indextargets failed: E: bad configuration' },
    ]);
  });

  it('hands on what apt-get complains about', async () => {
    fakeApt(`${BOTH}echo 'W: Unable to read /nowhere' >&2\n`);
    expect((await ask({ architectures: ['amd64'], paths: [] })).diagnostics).toMatchObject([
      { code: 'apt-warned', severity: 'warning' },
    ]);
  });

  it('leads readInputs to the lists', async () => {
    fakeApt(BOTH, {
      S: 'Package: hello\nVersion: 1\nBinary: hello\nArchitecture: any\n',
      P: 'Package: hello\nVersion: 1\nArchitecture: amd64\n',
    });
    const inputs = await readInputs({
      paths: [],
      packages: [],
      apt: true,
      architectures: ['amd64'],
      suite: undefined,
    });
    expect(inputs.sources.map(({ name }) => name)).toEqual(['hello']);
    expect(inputs.binaries.map(({ indexArchitectures }) => indexArchitectures)).toEqual([['amd64']]);
    expect(inputs.diagnostics).toEqual([]);
  });
});

describe('parseIndexTargets', () => {
  it('passes over other targets and lines', () => {
    expect(parseIndexTargets('Translations\t\t/l/T\n\nPackages\tall\t/l/A\nSources\t\t\n')).toEqual([
      { kind: 'Packages', arch: 'all', path: '/l/A' },
    ]);
  });
});
