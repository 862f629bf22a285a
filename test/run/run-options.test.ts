import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/diagnostic.ts';
import { resolveRunOptions, type RawRunOptions, type RunOptions } from '../../src/options/run-options.ts';

const PLAIN: RawRunOptions = { resume: false, retryFailed: false, ramDisk: true, emulate: false };

function resolve(
  raw: Partial<RawRunOptions>,
  { env = {}, isRoot = false }: { env?: Record<string, string>; isRoot?: boolean } = {},
): RunOptions {
  return resolveRunOptions({ ...PLAIN, ...raw }, env, isRoot);
}

function messageOf(raw: Partial<RawRunOptions>, isRoot = false): string {
  try {
    resolve(raw, { isRoot });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'nothing is wrong';
}

describe('the options of run', () => {
  it('are filled in', () => {
    expect(resolve({})).toMatchObject({
      ...{ work: 'debplan-run', isResumed: false, builders: undefined, suite: 'unstable', retries: 1 },
      ...{ timeoutMs: undefined, maxLogBytes: 2 ** 30, keep: 'none', place: 'here', user: undefined },
      backend: { name: 'sbuild', chrootMode: 'unshare', chroots: new Map() },
    });
  });

  it('build with the command where one is given, else with sbuild', () => {
    expect(resolve({ builderCommand: 'make {dsc}' }).backend.name).toBe('command');
    expect(resolve({ with: 'command' }).backend.name).toBe('command');
    expect(resolve({}).backend.name).toBe('sbuild');
  });

  it('read what people write', () => {
    const options = resolve({
      ...{ timeout: '6h', idleTimeout: '90m', maxLog: '10MiB', retries: '3', builders: ['a,b', 'b'] },
      ...{ buildOptions: ['nocheck,nodoc'], chroot: ['arm64=a.tar', 'b.tar'], transient: ['Timeout was'] },
    });
    expect(options).toMatchObject({
      ...{ timeoutMs: 21_600_000, idleTimeoutMs: 5_400_000, maxLogBytes: 10 * 2 ** 20, retries: 3 },
      ...{ builders: ['a', 'b'], buildOptions: ['nocheck', 'nodoc'], transient: [/Timeout was/u] },
    });
    expect(options.backend).toMatchObject({
      chroots: new Map([
        ['arm64', 'a.tar'],
        ['', 'b.tar'],
      ]),
    });
  });

  it('build for root as who called sudo, and refuse to guess', () => {
    expect(resolve({}, { env: { SUDO_USER: 'ann' }, isRoot: true }).user).toBe('ann');
    expect(resolve({ user: 'builder' }, { env: { SUDO_USER: 'ann' }, isRoot: true }).user).toBe('builder');
    expect(
      resolve({ builderCommand: 'x' }, { env: { SUDO_USER: 'ann' }, isRoot: true }).user,
    ).toBeUndefined();
    expect(messageOf({}, true)).toBe('nothing says for whom sbuild builds: it does not build for root');
  });

  it.each<readonly [string, Partial<RawRunOptions>, string]>([
    ['a time without its unit', { timeout: '6' }, '--timeout 6 has no unit'],
    ['a size without its unit', { maxLog: '10' }, '--max-log 10 has no unit'],
    ['too many retries', { retries: '101' }, '--retries 101 is no whole number from 0 to 100'],
    ['a pattern that is none', { transient: ['('] }, '--transient: '],
    ['an unknown architecture', { arch: ['amd46'] }, '--arch amd46: Debian knows no such architecture'],
    ['an empty name', { builders: ['a,,b'] }, '--builders a,,b: a name is empty'],
    ['two backends', { with: 'sbuild', builderCommand: 'x' }, '--builder-command is for --with command'],
    ['a chroot for a command', { builderCommand: 'x', chroot: ['y'] }, '--chroot and --chroot-mode are for'],
    ['RAM disks and none', { ramDir: '/r', ramDisk: false }, '--ram-dir /r and --no-ram-disk contradict'],
    ['make jobs of their own', { buildOptions: ['parallel=9'] }, '--build-options parallel=9: the plan says'],
    ['what DEB_BUILD_OPTIONS can not hold', { buildOptions: ['a b'] }, "--build-options: 'a b' is no word"],
    ['another user without root', { user: 'x' }, '--user x: only root builds as somebody else'],
    ['Slurm elsewhere', { slurmPartition: ['x'] }, '--slurm-partition is for --on slurm'],
    ['two chroots for one', { chroot: ['a', 'b'] }, '--chroot: two values for all architectures'],
  ])('refuse %s', (_, raw, message) => {
    expect(messageOf(raw)).toContain(message);
  });

  it('take no word for a name of a user that a program would take for an option', () => {
    expect(messageOf({ user: '--root' }, true)).toBe('--user --root is no name of a user');
  });
});
