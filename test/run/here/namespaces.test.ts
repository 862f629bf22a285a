import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnGroup } from '../../../src/measure/command-group.ts';
import { BACKENDS } from '../../../src/run/backends/backends.ts';
import { HereExecutor } from '../../../src/run/here/here-executor.ts';
import { describeMachine, placeDiagnostics, ramPlace } from '../../../src/run/here/machine.ts';
import { madeAttempt } from '../made-attempt.ts';
import { CLINGS, madeOptions } from './made-options.ts';

const MIB = 2 ** 20;
const { namespaces, isolates } = await describeMachine();
/** Without root's rights. */
const machine = { isRoot: false, mounts: 'only root may mount', namespaces, isolates };
if (namespaces !== true) process.stderr.write(`tests of user namespaces are SKIPPED: ${namespaces}\n`);

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debplan-namespace-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe.skipIf(namespaces !== true)('a build in a user namespace', () => {
  const attempt = madeAttemptInRam;

  it('has a RAM disk of its size, which is measured from outside and gone afterwards', async () => {
    const made = attempt();
    const command = [
      'stat -f -c "%T %b %S" "$DEBPLAN_WORK"; id -u',
      'head -c 8M /dev/zero >"$DEBPLAN_WORK/x"; : >"$DEBPLAN_OUT/ready"',
      'until [ -e "$DEBPLAN_OUT/seen" ]; do sleep 0.01; done',
    ].join('\n');
    const out = join(made.folder, 'out');
    let turns = 0;
    // time is asked for whenever the build is looked at: between two such looks the RAM disk is looked at several times
    const clock = (): number => {
      if (existsSync(join(out, 'ready')) && ++turns === 3) writeFileSync(join(out, 'seen'), '');
      return Date.now();
    };
    const end = await new HereExecutor(madeOptions(root, command, { machine, clock })).run(made);
    expect(end).toMatchObject({ outcome: 'built', builtIn: 'ram' });
    expect(readFileSync(join(made.folder, 'log'), 'utf8')).toBe('tmpfs 4096 4096\n0\n');
    expect(end.measured).toMatchObject({ peakBytes: 8 * MIB, capacityBytes: 16 * MIB });
    expect(readdirSync(join(root, 'ram'))).toEqual([]);
  });

  it('has outgrown it when its log says so, though nobody saw it full', async () => {
    const command = 'head -c 17M /dev/zero >"$DEBPLAN_WORK/x" || { rm "$DEBPLAN_WORK/x"; false; }'.replaceAll(
      /[{}]/g,
      '$&$&',
    );
    const end = await new HereExecutor(madeOptions(root, command, { machine })).run(attempt());
    expect(end).toMatchObject({ outcome: 'no-space', reason: 'the RAM disk of 16 MiB was full' });
  });

  it('leaves no process', async () => {
    const made = attempt();
    const end = await new HereExecutor(madeOptions(root, CLINGS, { machine })).run(made);
    expect(end).toMatchObject({ outcome: 'built' });
    const left = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(root));
    expect(left).toEqual([]);
  });
});

/** A process of another session, with another parent and nothing of its environment, that can be known by a word only. */
const daemon = (word: string): string =>
  `env -i setsid sh -c 'env -i setsid sh -c "sleep 1000; :" ${word} </dev/null >/dev/null 2>&1 & exit'`;

describe.skipIf(!isolates)('a build without a control group', () => {
  const makeGroup = (): OwnGroup => new OwnGroup({ rooms: [] });

  it.each([
    ['on disk', { isRoot: false, namespaces }, {}],
    ['on disk, as root', { isRoot: process.getuid?.() === 0, namespaces }, {}],
    ['in a RAM disk of its own', { isRoot: false, namespaces }, { mode: 'ram', ramDiskBytes: 16 * MIB }],
  ] as const)('leaves no daemon: %s', async (_, given, placed) => {
    const made = madeAttempt(root, placed);
    const command = [
      daemon(root),
      'for i in 1 2 3 4 5 6 7 8 9; do :; done',
      'head -c 3M /dev/zero >"$DEBPLAN_WORK/x"',
      'sh -c "kill -TERM \\$\\$"; [ $? = 143 ] || exit 9',
      ': >"$DEBPLAN_OUT/ready"; exit 7',
    ].join('\n');
    const here = new HereExecutor(
      madeOptions(root, command, { machine: { ...machine, ...given }, makeGroup }),
    );
    expect(await here.run(made)).toMatchObject({ outcome: 'failed', exitCode: 7 });
    expect(existsSync(join(made.folder, 'out', 'ready'))).toBe(true);
    expect(knownBy(root)).toEqual([]);
  });

  it('is measured, and leaves no daemon when it is stopped', async () => {
    const made = madeAttempt(root);
    const command = `${daemon(root)}\n: >"$DEBPLAN_OUT/ready"\nsleep 1000`;
    const clock = (): number => {
      if (existsSync(join(made.folder, 'out', 'ready')))
        here.stop(made, { outcome: 'interrupted', reason: 'stopped' });
      return Date.now();
    };
    const here = new HereExecutor(madeOptions(root, command, { machine, makeGroup, clock }));
    const end = await here.run(made);
    expect(end).toMatchObject({ outcome: 'interrupted', measured: { cpuBy: 'processes' } });
    expect(knownBy(root)).toEqual([]);
  });

  it('is not put among other users where it comes as one', () => {
    const lives = (command: string): boolean =>
      BACKENDS.command.livesInNamespace(madeOptions(root, command).settings);
    expect(
      ['make', './build', 'sudo make', 'cd x && sbuild {dsc}', '/usr/bin/podman run'].map(lives),
    ).toEqual([...[true, true, false, false, false]]);
  });
});

/** Processes that have a word among theirs. */
function knownBy(word: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(word);
    } catch {
      return false; // it has ended
    }
  });
}

describe('where builds are made', () => {
  const settings = (backend: 'command' | 'sbuild', mode: 'unshare' | 'schroot' = 'unshare') => ({
    ...madeOptions(root, 'true').settings,
    ...{ backend, sbuild: { mode, chroots: new Map<string, string>(), args: [] } },
  });
  const root0 = { isRoot: true, mounts: true, namespaces: true, isolates: true } as const;
  const user = { isRoot: false, mounts: 'only root may mount', namespaces: true, isolates: true } as const;
  const nobody = {
    isRoot: false,
    mounts: 'only root may mount',
    namespaces: 'no user namespaces here',
    isolates: false,
  } as const;

  it.each([
    ['mount', root0, settings('sbuild'), undefined],
    ['shared', root0, settings('sbuild'), '/dev/shm'],
    ['shared', nobody, settings('command'), '/dev/shm'],
    ['namespace', user, settings('command'), undefined],
    ['disk', user, settings('sbuild'), undefined],
    ['disk', nobody, settings('command'), undefined],
    ['disk', root0, settings('sbuild', 'schroot'), undefined],
    ['disk', root0, settings('sbuild', 'schroot'), '/dev/shm'],
  ] as const)('is %s', (place, asked, how, ramDirectory) => {
    expect(ramPlace(asked, how, ramDirectory)).toBe(place);
  });

  it('is told once, with all ways to have RAM disks', () => {
    const messages = placeDiagnostics(user, settings('sbuild'), undefined).map(({ message }) => message);
    expect(messages).toEqual([
      "builds are made on disk, not on RAM disks as planned: only root may mount; sbuild can't work inside another user namespace",
    ]);
    expect(placeDiagnostics(root0, settings('sbuild'), undefined)).toEqual([]);
    expect(placeDiagnostics(root0, settings('sbuild'), '/proc')).toMatchObject([{ code: 'not-a-ram-disk' }]);
  });
});

function madeAttemptInRam(): ReturnType<typeof madeAttempt> {
  return madeAttempt(root, { mode: 'ram', ramDiskBytes: 16 * MIB });
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return ''; // ended, or another user's
  }
}
