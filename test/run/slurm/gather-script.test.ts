import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GATHER_SCRIPT } from '../../../src/run/slurm/job-script.ts';

const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;

describe.skipIf(!hasDpkg)('the script that gathers packages on a node', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = join(mkdtempSync(join(tmpdir(), 'debplan-gather-')), "a 'work' $x");
    folder = join(root, 'attempts', 'c.1');
    mkdirSync(folder, { recursive: true });
  });

  afterEach(() => {
    rmSync(join(root, '..'), { recursive: true });
  });

  /** What a task has built: still in its attempt, or among the results. */
  function built(where: string, ...names: readonly string[]): void {
    mkdirSync(join(root, where), { recursive: true });
    for (const name of names) {
      const [pkg = '', version = '', arch = ''] = name.replace(/\.deb$/, '').split('_');
      const tree = mkdtempSync(join(tmpdir(), 'debplan-deb-'));
      mkdirSync(join(tree, 'DEBIAN'));
      const control = `Package: ${pkg}\nVersion: ${version}\nArchitecture: ${arch}\nMaintainer: x <x@x>\nDescription: ${where}\n`;
      writeFileSync(join(tree, 'DEBIAN', 'control'), control);
      execFileSync('dpkg-deb', ['-Znone', '--build', tree, join(root, where, name)], { stdio: 'ignore' });
      rmSync(tree, { recursive: true });
    }
  }

  function gather(needs: string): { readonly status: number | null; readonly output: string } {
    writeFileSync(join(folder, 'needs'), needs);
    const script = join(root, 'gather');
    writeFileSync(script, GATHER_SCRIPT);
    const words = [script, root, folder, 'printf', '<%s>', 'a b', ''];
    const { status, stdout, stderr } = spawnSync('sh', words, { encoding: 'utf8' });
    return { status, output: `${stdout}${stderr}` };
  }

  it('takes what lies in attempts and in results, the last word last, and becomes the command', () => {
    built('results/a', 'lib_1_amd64.deb', 'doc_1_all.deb');
    built('attempts/b.2/out', 'lib_2_amd64.deb', 'lib-dbgsym_2_amd64.deb', 'lib_2_arm64.deb');
    writeFileSync(join(root, 'attempts', 'b.2', 'exit'), '0 1\n');
    symlinkSync('/etc/passwd', join(root, 'results', 'a', 'link_1_all.deb'));
    expect(gather('all amd64\na 1\nb 2\n')).toEqual({ status: 0, output: '<a b><>' });
    const packages = join(folder, 'packages');
    expect(readdirSync(packages).sort()).toEqual(['Packages', 'doc_1_all.deb', 'lib_2_amd64.deb']);
    const index = readFileSync(join(packages, 'Packages'), 'utf8').split('\n\n').slice(0, -1);
    expect(index).toHaveLength(2);
    expect(index[1]).toMatch(
      /^Package: lib\nVersion: 2\n[^]*\nFilename: lib_2_amd64\.deb\nSize: \d+\nSHA256: [0-9a-f]{64}$/,
    );
    expect(existsSync(join(folder, 'unmet'))).toBe(false);
  });

  it('leaves an empty index where nothing was built for this architecture', () => {
    built('results/a', 'lib_1_arm64.deb');
    expect(gather('all amd64\na 1\n').status).toBe(0);
    expect(readFileSync(join(folder, 'packages', 'Packages'), 'utf8')).toBe('');
  });
});
