import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, readClaim, readExit, shimCommand, takeClaim } from '../../src/run/shim.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "debplan shim's $HOME "));
  mkdirSync(join(folder, 'out'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], ram?: string) {
  const [file = '', ...rest] = args;
  const command = shimCommand(folder, { file, args: rest }, ram);
  const child = spawn(command.file, [...command.args], { stdio: 'ignore', detached: true });
  return { child, ended: once(child, 'close').then(([status]) => Number(status)) };
}

/** A builder that tells that it has begun, and goes on until it is told to. */
const WAITS = [
  'sh',
  '-c',
  'mkfifo "$1/go"; echo began >>"$1/began"; mkfifo "$1/on"; : >"$1/on"; read -r line <"$1/go"; exit 3',
  'x',
];

async function untilBegun(): Promise<void> {
  for (;;) {
    try {
      readFileSync(join(folder, 'on'));
      return;
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const began = (): string => readFileSync(join(folder, 'began'), 'utf8');
const ADDS = ['sh', '-c', 'echo began >>"$1/began"', 'x'];

describe('shimCommand', () => {
  it('writes down status, log and end, and lets nothing else behind', async () => {
    const { ended } = start(['sh', '-c', 'echo out; echo err >&2; cat; exit 7']);
    expect(await ended).toBe(7);
    expect(readdirSync(folder).sort()).toEqual(['claim', 'exit', 'log', 'out']);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('out\nerr\n');
    const exit = await readExit(folder);
    expect(exit?.status).toBe(7);
    expect(Math.abs(Date.now() - (exit?.endedMs ?? 0))).toBeLessThan(60_000);
  });

  it('hands on every word as it is', async () => {
    const words = ['a b', '$(touch x)', "'", '"', '\\', '*', '', '--ram', 'é\n'];
    await start(['sh', '-c', String.raw`printf '%s\0' "$@"`, 'x', ...words]).ended;
    expect(readFileSync(join(folder, 'log'), 'utf8').split('\0').slice(0, -1)).toEqual(words);
  });

  it('tells a signal as 128 + its number, and a command that is missing as 127', async () => {
    await start(['sh', '-c', 'kill -9 $$']).ended;
    expect((await readExit(folder))?.status).toBe(137);
    rmSync(join(folder, 'claim'));
    await start([join(folder, 'no-such')]).ended;
    expect((await readExit(folder))?.status).toBe(127);
  });

  it('builds once, however many shims are started on one folder', async () => {
    const all = Array.from({ length: 8 }, () => start([...ADDS, folder]).ended);
    const statuses = await Promise.all(all);
    expect(statuses.sort((a, b) => a - b)).toEqual([0, 75, 75, 75, 75, 75, 75, 75]);
    expect(began()).toBe('began\n');
    expect(readdirSync(folder).filter((name) => name.startsWith('claim'))).toEqual(['claim']);
  });

  it('does not build where the folder is gone', async () => {
    const { file, args } = shimCommand(join(folder, 'gone'), {
      file: 'touch',
      args: [join(folder, 'began')],
    });
    const child = spawn(file, [...args], { stdio: 'ignore' });
    expect(await once(child, 'close')).toEqual([75, null]);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('makes a folder on the RAM disk for the build and removes it', async () => {
    const ram = join(folder, 'ram');
    mkdirSync(ram);
    await start(['sh', '-c', 'cd "$DEBPLAN_WORK" && stat -c %a . && touch x && pwd'], ram).ended;
    const [mode, place = ''] = readFileSync(join(folder, 'log'), 'utf8').split('\n');
    expect([mode, place.startsWith(`${ram}/debplan.`)]).toEqual(['755', true]);
    expect(readdirSync(ram)).toEqual([]);
  });

  it('removes what a killed shim left on the RAM disk, and nothing of a live one or of others', async () => {
    const ram = join(folder, 'ram');
    mkdirSync(join(ram, 'debplan.1.5.abcdef'), { recursive: true });
    mkdirSync(join(ram, 'debplan.other'));
    writeFileSync(join(ram, 'debplan.1.5.abcdef', 'x'), 'x');
    const [, ticks = ''] =
      /^\d+ \(.*\) (?:\S+ ){19}(\d+)/s.exec(readFileSync('/proc/self/stat', 'utf8')) ?? [];
    const live = `debplan.${String(process.pid)}.${ticks}.abcdef`;
    mkdirSync(join(ram, live));
    await start(['true'], ram).ended;
    expect(readdirSync(ram).sort()).toEqual([live, 'debplan.other'].sort());
  });

  it('does not build where no folder can be made on the RAM disk, and says so', async () => {
    expect(await start([...ADDS, folder], join(folder, 'no-ram')).ended).toBe(74);
    expect(readdirSync(folder).sort()).toEqual(['claim', 'exit', 'log', 'out']);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toContain('no-ram');
  });
});

describe('takeClaim', () => {
  it('keeps a later shim from building', async () => {
    expect([await takeClaim(folder), await takeClaim(folder)]).toEqual([true, true]);
    expect(await start([...ADDS, folder]).ended).toBe(75);
    expect(readdirSync(folder).sort()).toEqual(['claim', 'out']);
    expect((await readClaim(folder))?.by).toBe('runner');
  });

  it('fails where a shim was first, which is alive until it is killed', async () => {
    const { child, ended } = start([...WAITS, folder]);
    await untilBegun();
    expect(await takeClaim(folder)).toBe(false);
    const claim = await readClaim(folder);
    expect(claim?.pid).toBe(child.pid);
    if (claim === undefined) return;
    expect(await isAlive(claim)).toBe('alive');
    process.kill(-claim.pid, 'SIGKILL');
    await ended;
    expect(await isAlive(claim)).toBe('dead');
    expect(await readExit(folder)).toBeUndefined();
    expect(await takeClaim(folder)).toBe(false);
  });

  it('exactly one of shim and runner wins a race', async () => {
    for (let round = 0; round < 10; round++) {
      const shim = start([...ADDS, folder]).ended;
      for (let turn = 0; turn < round * 40; turn++) await new Promise((resolve) => setImmediate(resolve));
      const isTaken = await takeClaim(folder);
      await shim;
      expect(readdirSync(folder).includes('began'), `round ${String(round)}`).toBe(!isTaken);
      for (const name of ['claim', 'began', 'exit', 'log']) rmSync(join(folder, name), { force: true });
    }
  });
});

describe('readExit', () => {
  it.each(['', '0', '0 17', '0 17x\n', '0 1\n0 1\n'])('takes %j for none', async (text) => {
    writeFileSync(join(folder, 'exit'), text);
    expect(await readExit(folder)).toBeUndefined();
  });

  it('does not read what is not yet in its place', async () => {
    writeFileSync(join(folder, 'exit.new'), '0 17\n');
    expect(await readExit(folder)).toBeUndefined();
  });
});

describe('isAlive', () => {
  const gone = { pid: 1, startTicks: 1, bootId: 'before', host: 'there', by: 'shim' } as const;

  it('asks no machine but this one', async () => {
    expect(await isAlive(gone)).toBe('elsewhere');
    const host = readFileSync('/proc/sys/kernel/hostname', 'utf8').trim();
    expect(await isAlive({ ...gone, host })).toBe('dead');
  });

  it('takes an unreadable claim for a dead one', async () => {
    writeFileSync(join(folder, 'claim'), 'torn');
    const claim = await readClaim(folder);
    expect(claim && (await isAlive(claim))).toBe('dead');
  });

  it('does not take another process of the same number for the claimant', async () => {
    const [bootId, host] = ['random/boot_id', 'hostname'].map((name) =>
      readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim(),
    );
    expect(await isAlive({ ...gone, pid: process.pid, bootId: bootId ?? '', host: host ?? '' })).toBe('dead');
  });
});
