import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../src/resolve/check-schema.ts';
import { makeTree } from '../io/temp-tree.ts';
import { runCli, type CliRun } from './run-cli.ts';
import { SOURCES } from './sources.ts';

const PACKAGES = `Package: build-essential
Version: 12.9
Architecture: amd64

Package: libgreet-dev
Source: greet
Version: 2.1-1
Architecture: amd64
`;

function check(args: readonly string[], packages = PACKAGES): CliRun {
  const cwd = makeTree({ S: SOURCES, P: packages });
  return runCli(['check', 'S', '--packages', 'P', ...args], { cwd });
}

describe('debplan check', () => {
  it('exits with 0 when everything can be built', () => {
    const stdout = 'amd64: 2 buildable, 0 unbuildable, 0 not for this architecture\n';
    expect(check(['--arch', 'amd64'])).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('exits with 1 when something cannot, on whichever architecture', () => {
    const index = PACKAGES.replace('libgreet-dev', 'libgreet-doc');
    const { code, stdout, stderr } = check(['--arch', 'amd64'], index);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe(`amd64: 1 buildable, 1 unbuildable, 0 not for this architecture

  1 source: libgreet-dev is missing on amd64
    hello_1.0-1  Build-Depends: libgreet-dev  (S:5)
    nearest: source greet 2.1-1 builds it, but no index lists it  (S:14)
`);
    expect(check(['--arch', 'amd64', '--available', 'planned'], index).code).toBe(0);
    const both = `${PACKAGES}\nPackage: build-essential\nVersion: 12.9\nArchitecture: arm64\n`;
    expect(check(['--arch', 'amd64,arm64', '-q'], both).code).toBe(1);
    expect(check(['--arch', 'amd64', '-q'], both).code).toBe(0);
  });

  it('exits with 2 when an input cannot be read, and answers for the rest', () => {
    const { code, stdout, stderr } = check(['gone', '--arch', 'amd64']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^amd64: 2 buildable, /);
    expect(stderr).toMatch(/^error: cannot read 'gone'/);
  });

  it('prints what its schema says, and the same bytes in whatever order the inputs come', () => {
    const index = PACKAGES.replace('libgreet-dev', 'libgreet-doc');
    const stanzas = SOURCES.split('\n\n');
    const cwd = makeTree({ 'a/S': stanzas[0] ?? '', 'b/S': stanzas[1] ?? '', P: index });
    const run = (paths: readonly string[]): CliRun =>
      runCli(['check', ...paths, '--packages', 'P', '--arch', 'amd64,arm64', '--json', '-q'], { cwd });
    const first = run(['a/S', 'b/S']);
    expect(first.code).toBe(1);
    expect(run(['b/S', 'a/S'])).toEqual(first);
    const { targets } = checkSchema.parse(JSON.parse(first.stdout));
    expect(targets.map(({ arch, buildable }) => [arch, buildable])).toEqual([
      ['amd64', 1],
      ['arm64', 2],
    ]);
  });

  it('tells which architecture of a cross build lacks something', () => {
    const index = `${PACKAGES}\nPackage: libgreet-dev\nVersion: 1\nArchitecture: arm64\n`;
    const cross = ['--build-arch', 'amd64', '--host-arch', 'arm64', '-q'];
    const { code, stdout } = check(cross, index);
    expect(code).toBe(1);
    expect(stdout).toContain('\n  2 sources: crossbuild-essential-arm64 is missing on amd64\n');
    expect(check([...cross, '--implicit', 'none'], index).code).toBe(0);
    const host = check([...cross, '--implicit', 'none'], index.replaceAll('libgreet', 'other'));
    expect(host.stdout).toContain('\n  1 source: libgreet-dev is missing on arm64\n');
  });
});
