import { link, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../io/system-error.ts';
import type { BuildCommand } from './backends/build-command.ts';
import { openPlainFile } from './open-plain-file.ts';
import { SHIM } from './shim-script.ts';
import { ticksOf, thisBoot } from './this-boot.ts';

/** Who runs an attempt, or has made sure that nobody ever will. */
export interface Claim {
  readonly pid: number;
  /** When the process began, in clock ticks since the machine did: tells it from a later one with the same number. */
  readonly startTicks: number;
  /** The kernel's id of the time since the machine was last started. */
  readonly bootId: string;
  readonly host: string;
  /** `runner`: nothing was begun, and nothing will be. */
  readonly by: 'shim' | 'runner';
}

/** How the builder command of an attempt ended. */
export interface ShimExit {
  /** As the shell tells it: 128 + n for signal n. */
  readonly status: number;
  /** ms since 1970. */
  readonly endedMs: number;
}

/**
 * The command under the shim.
 * @param folder the attempt's: absolute, with `out` in it
 * @param ramDirectory a node's RAM disk, in which the shim makes a folder for the build; undefined: DEBPLAN_WORK is made already
 * @returns without environment and folder, which stay the command's
 */
export function shimCommand(
  folder: string,
  command: Pick<BuildCommand, 'file' | 'args'>,
  ramDirectory?: string,
): Pick<BuildCommand, 'file' | 'args'> {
  const ram = ramDirectory === undefined ? [] : ['--ram', ramDirectory];
  return { file: '/bin/sh', args: ['-c', SHIM, 'debplan', ...ram, folder, command.file, ...command.args] };
}

/** @returns undefined: nobody has claimed the attempt yet. What can't be read is the claim of a process that is gone */
export async function readClaim(folder: string): Promise<Claim | undefined> {
  const text = await textOf(join(folder, 'claim'));
  if (text === undefined) return undefined;
  const [, pid, startTicks, bootId, host, by] = /^(\d+) (\d*) (\S*) (\S*) (shim|runner)\n$/.exec(text) ?? [];
  return {
    pid: Number(pid ?? 0),
    startTicks: Number(startTicks ?? 0),
    bootId: bootId ?? '',
    host: host ?? '',
    by: by === 'runner' ? 'runner' : 'shim',
  };
}

/** @returns `elsewhere`: it was made on another machine, and only that one can tell */
export async function isAlive({
  pid,
  startTicks,
  bootId,
  host,
}: Claim): Promise<'alive' | 'dead' | 'elsewhere'> {
  const here = await thisBoot();
  if (bootId !== here.bootId) return host === here.host || pid === 0 ? 'dead' : 'elsewhere';
  return startTicks === (await ticksOf(pid)) ? 'alive' : 'dead';
}

/** @returns undefined: the command has not ended, or was killed together with its shim */
export async function readExit(folder: string): Promise<ShimExit | undefined> {
  const text = await textOf(join(folder, 'exit'));
  const [, status, endedMs] = /^(\d{1,3}) (\d+)\n$/.exec(text ?? '') ?? [];
  return status === undefined ? undefined : { status: Number(status), endedMs: Number(endedMs) };
}

/**
 * Makes sure that no shim builds this attempt from now on.
 * @returns false: one has begun before. True again where it was true before
 */
export async function takeClaim(folder: string): Promise<boolean> {
  const here = await thisBoot();
  const own = join(folder, `claim.runner-${String(process.pid)}`);
  const file = await open(own, 'w');
  try {
    const ticks = await ticksOf(process.pid);
    await file.writeFile(`${String(process.pid)} ${String(ticks ?? 0)} ${here.bootId} ${here.host} runner\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(own, join(folder, 'claim'));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(own);
  }
  return (await readClaim(folder))?.by === 'runner';
}

async function textOf(path: string): Promise<string | undefined> {
  const file = await openPlainFile(path);
  try {
    return await file?.readFile('utf8');
  } finally {
    await file?.close();
  }
}
