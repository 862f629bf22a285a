import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Attempt } from '../../src/run/attempt.ts';
import type { BuildUser } from '../../src/run/backends/backend.ts';
import { HereExecutor } from '../../src/run/here/here-executor.ts';
import type { HereOptions } from '../../src/run/here/here-options.ts';
import { describeMachine } from '../../src/run/here/machine.ts';
import { findUser, prepareHere } from '../../src/run/here/prepare-here.ts';
import { recordOfAttempt } from '../../src/run/record-of-attempt.ts';
import { shimCommand } from '../../src/run/shim.ts';
import { thisBoot } from '../../src/run/this-boot.ts';
import { CLINGS, madeOptions, runs } from '../run/here/made-options.ts';
import { madeAttempt } from '../run/made-attempt.ts';
import { SbuildRoom, whyNoSbuild } from './sbuild-room.ts';

const MIB = 2 ** 20;
const REPOSITORY = resolve(import.meta.dirname, '../..');
const CHROOT = join(resolve(process.env['DEBPLAN_SYSTEM_DIR'] ?? '/nonexistent'), 'chroot', 'bookworm.tar');
const machine = await describeMachine();
const whyNoRoom = machine.mounts === true ? undefined : machine.mounts;
const whyNoBuilds = whyNoRoom ?? whyNoSbuild();
if (whyNoRoom !== undefined)
  process.stderr.write(`test:system: tests of RAM disks are SKIPPED: ${whyNoRoom}\n`);
else if (whyNoBuilds !== undefined) {
  process.stderr.write(`test:system: sbuild on RAM disks is SKIPPED: ${whyNoBuilds}\n`);
}

let root = '';
let diagnostics: Diagnostic[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-here-'));
  chmodSync(root, 0o755);
  diagnostics = [];
});

afterEach(() => {
  expect(mountsBelow(root)).toEqual([]);
  expect(groupsOf()).toEqual(groupsBefore);
  rmSync(root, { recursive: true, force: true });
});

/** Below a folder, as the kernel tells. */
function mountsBelow(folder: string): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder));
}

/** Control groups of this process's builds. */
function groupsOf(): readonly string[] {
  const name = `debplan-${String(process.pid)}-*`;
  const { stdout } = spawnSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', name], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}
const groupsBefore = groupsOf();

function options(command: string, given: Partial<HereOptions> = {}): HereOptions {
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  return madeOptions(root, command, { machine, report, ...given });
}

function inRam(mebibytes: number, given: Partial<Attempt> = {}): Attempt {
  return madeAttempt(root, { mode: 'ram', ramDiskBytes: mebibytes * MIB, ...given });
}

const logOf = ({ folder }: Attempt): string => readFileSync(join(folder, 'log'), 'utf8');

describe.skipIf(whyNoRoom !== undefined)('a build on a RAM disk', () => {
  it('has one of the planned size that is its own, and gone when the build is', async () => {
    const attempt = inRam(32);
    const user: BuildUser = { name: 'nobody', uid: 65534, gid: 65534, home: '/nonexistent' };
    const command = [
      'stat -f -c "%T %b %S" "$DEBPLAN_WORK"; stat -c "%a %u %g" "$DEBPLAN_WORK" .; id -u; id -G; echo "$HOME"',
      'head -c 20M /dev/zero >"$DEBPLAN_WORK/x"; : >x.deb; sleep 0.2',
    ].join('\n');
    const end = await new HereExecutor(options(command, { user })).run(attempt);
    expect(end, logOf(attempt)).toMatchObject({ outcome: 'built', builtIn: 'ram' });
    expect(logOf(attempt).split('\n')).toEqual([
      ...['tmpfs 8192 4096', '755 65534 65534', '755 65534 65534', '65534', '65534', '/nonexistent', ''],
    ]);
    expect(end.measured).toMatchObject({ beginBytes: 0, peakBytes: 20 * MIB, capacityBytes: 32 * MIB });
    expect(existsSync(join(root, 'ram', `${attempt.slug}.1`))).toBe(false);
    expect(diagnostics).toEqual([]);
  });

  it('has outgrown it when it is full, also when it has tidied up by then', async () => {
    const fill = 'dd if=/dev/zero of="$DEBPLAN_WORK/x" bs=1M count=40';
    for (const command of [fill, `${fill} || {{ sleep 0.2; rm "$DEBPLAN_WORK/x"; exit 9; }}`]) {
      const end = await new HereExecutor(options(command)).run(inRam(32));
      expect(end).toMatchObject({
        outcome: 'no-space',
        reason: 'the RAM disk of 32 MiB was full',
        isTransient: false,
      });
      expect(end.measured?.peakBytes).toBe(32 * MIB);
      rmSync(join(root, 'attempts'), { recursive: true });
    }
  });

  it('leaves neither processes that hold it, nor what it has mounted there', async () => {
    const mounts = 'mkdir "$DEBPLAN_WORK/p" && mount --bind /proc "$DEBPLAN_WORK/p"';
    const attempt = inRam(32);
    const end = await new HereExecutor(options(`cd "$DEBPLAN_WORK"; ${mounts}; ${CLINGS}`)).run(attempt);
    expect(end, logOf(attempt)).toMatchObject({ outcome: 'built' });
    for (const name of ['session', 'twice']) {
      expect(runs(join(attempt.folder, 'out', name))).toBe(false);
    }
    expect(diagnostics).toEqual([]);
  });

  it('is ended by the kernel when its memory is too much, and that is told', async () => {
    const command = [
      "v1=$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup); v2=$(sed -n 's/^0:://p' /proc/self/cgroup)",
      'if [ -n "$v1" ]; then echo 40000000 >"/sys/fs/cgroup/memory$v1/memory.limit_in_bytes"',
      'else echo 40000000 >"/sys/fs/cgroup$v2/memory.max"; fi || exit 77',
      `perl -e '$x = "x" x 200_000_000; print length $x'; exit 5`,
    ].join('\n');
    const end = await new HereExecutor(options(command)).run(inRam(32));
    expect(end).toMatchObject({ outcome: 'killed', isTransient: true });
    expect(end.reason).toContain('for want of memory');
  });

  it('is refused before it begins when there can be no RAM disk', async () => {
    const run = new HereExecutor(options('touch "$DEBPLAN_OUT/began"')).run(inRam(-1));
    await expect(run).rejects.toThrow(/no RAM disk can be mounted/);
    expect(readdirSync(join(root, 'attempts', 'hello_1.0.amd64.1', 'out'))).toEqual([]);
  });

  it('is swept away with its mount when a run and its builds were killed', async () => {
    const attempt = inRam(32);
    const ram = join(root, 'ram', `${attempt.slug}.1`);
    for (const folder of [ram, join(attempt.folder, 'out')]) mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', 'debplan', ram]);
    const record = {
      startedMs: 1,
      ...(await thisBoot()),
      place: { kind: 'mount', path: ram },
      group: { rooms: [] },
    };
    const { bootId, host, ...others } = record;
    expect(host).not.toBe('');
    writeFileSync(join(attempt.folder, 'attempt.json'), JSON.stringify({ ...others, bootId }));
    const { file, args } = shimCommand(attempt.folder, { file: 'sh', args: ['-c', CLINGS] });
    const env = { PATH: process.env['PATH'], DEBPLAN_OUT: join(attempt.folder, 'out') };
    const shim = spawn(file, args, { cwd: ram, env, detached: true, stdio: 'ignore' });
    await once(shim, 'close');
    rmSync(join(attempt.folder, 'exit'));
    const here = new HereExecutor(options('true'));
    await here.sweep();
    expect(existsSync(ram)).toBe(false);
    expect(await here.adopt(attempt)).toMatchObject({ outcome: 'lost' });
    expect(diagnostics).toEqual([]);
  });
});

describe.skipIf(whyNoBuilds !== undefined)('sbuild on a RAM disk', () => {
  /** Builds an empty package. @param args more words for sbuild */
  async function build(mebibytes: number, args: readonly string[]) {
    const room = new SbuildRoom();
    try {
      const dsc = room.source({ name: 'debplan-here', build: ['true'] });
      const user = await findUser('builder');
      const offline = ['--no-apt-update', '--no-apt-upgrade', '--no-apt-distupgrade'];
      const sbuild = {
        mode: 'unshare',
        chroots: new Map([['amd64', CHROOT]]),
        args: [...offline, ...args],
      } as const;
      const made = options('true', { user, sourceOf: () => Promise.resolve(dsc), limits: SLOW });
      const settings = { ...made.settings, backend: 'sbuild', sbuild } as const;
      await prepareHere({ ...made, settings }, true, made.report);
      const task = { ...madeAttempt(root).task, source: 'debplan-here' };
      const attempt = inRam(mebibytes, { task });
      const end = await new HereExecutor({ ...made, settings }).run(attempt);
      return {
        attempt,
        end,
        record: recordOfAttempt(attempt, end, { holds: 'chroot', log: logOf(attempt) }),
      };
    } finally {
      room.close();
    }
  }
  const SLOW = { timeoutMs: 300_000, idleTimeoutMs: undefined, maxLogBytes: 2 ** 24 };

  it('has no room when its chroot is larger', async () => {
    const { end, record } = await build(100, []);
    expect(end).toMatchObject({
      ...{ outcome: 'no-space', reason: 'the RAM disk of 100 MiB was full while the chroot was unpacked' },
    });
    expect(record).toMatchObject({
      outcome: 'no-space',
      source: 'debplan-here',
      peakBytes: 100 * MIB,
      mode: 'ram',
    });
    expect(diagnostics).toEqual([]);
  });

  it('has no room when its build dependencies are too large, which sbuild takes for missing ones', async () => {
    const { attempt, end } = await build(1000, [
      '--chroot-setup-commands=dd if=/dev/zero of=/fill bs=64k; truncate -s -2M /fill',
    ]);
    expect(logOf(attempt)).toContain('Status: given-back');
    expect(end).toMatchObject({
      ...{
        outcome: 'no-space',
        reason: 'the RAM disk of 1000 MiB was full while build dependencies were installed',
      },
    });
    expect(diagnostics).toEqual([]);
  });

  it('is stopped with its chroot', async () => {
    const limits = { ...SLOW, timeoutMs: 4000 };
    const room = new SbuildRoom();
    try {
      const dsc = room.source({ name: 'debplan-here', build: ['sleep 1000'] });
      const user = await findUser('builder');
      const sbuild = { mode: 'unshare', chroots: new Map([['amd64', CHROOT]]), args: [] } as const;
      const made = options('true', { user, sourceOf: () => Promise.resolve(dsc), limits });
      const settings = { ...made.settings, backend: 'sbuild', sbuild } as const;
      const end = await new HereExecutor({ ...made, settings }).run(inRam(1500));
      expect(end).toMatchObject({ outcome: 'timed-out', exitCode: undefined });
      expect(diagnostics).toEqual([]);
    } finally {
      room.close();
    }
  });
});

describe.skipIf(whyNoBuilds !== undefined)('an ordinary user', () => {
  it('runs and stops builds too, without mounts and control groups', () => {
    const tests = ['test/run/here', 'test/run/shim.test.ts'];
    const vitest = [
      'vitest',
      'run',
      '--configLoader',
      'runner',
      '--config',
      'test/vitest.config.ts',
      ...tests,
    ];
    const ran = spawnSync('runuser', ['-u', 'builder', '--', 'npx', ...vitest], {
      ...{ cwd: REPOSITORY, encoding: 'utf8' },
      env: { PATH: process.env['PATH'], HOME: root, TMPDIR: '/tmp', NO_COLOR: '1', CI: '1' },
    });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/Tests {2}\d+ passed/);
  });
});
