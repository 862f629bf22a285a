import { spawnSync } from 'node:child_process';

/** Whether dpkg's Perl modules are here: elsewhere the differential tests are skipped, and vitest says so. */
export const hasDpkgPerl = perlWorks();

/**
 * Runs a Perl program with the lines as its standard input.
 * @returns the lines of its output
 */
export function runPerl(
  program: string,
  lines: readonly string[],
  modules: readonly string[],
): readonly string[] {
  const uses = modules.map((module) => `-M${module}`);
  const { status, stdout, stderr } = spawnSync('perl', [...uses, '-e', program], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`perl: ${stderr}`);
  return stdout.split('\n').slice(0, -1);
}

function perlWorks(): boolean {
  return spawnSync('perl', ['-MDpkg::Version', '-MDpkg::Arch', '-MDpkg::Deps', '-e', '1']).status === 0;
}
