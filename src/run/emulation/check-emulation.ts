import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { PlanBuilder } from '../../plan/plan.ts';
import { isNative } from '../choose-builders.ts';
import { isForArch, parseBinfmt, type BinfmtEntry } from './binfmt.ts';
import { nativeDurations, noEmulator, otherHost, type EmulatorProblem } from './diagnostics.ts';

const BINFMT = '/proc/sys/fs/binfmt_misc';

/**
 * Looks whether this machine runs the programs of those of the builders that it has to emulate, and whether the plan knows that it
 * emulates them.
 * @param builders that are run here
 * @param machineArch Debian's name of this machine's architecture
 * @param folder where the kernel shows what it does with foreign programs
 */
export async function checkEmulation(
  builders: readonly Pick<PlanBuilder, 'name' | 'arch' | 'host'>[],
  machineArch: string,
  folder = BINFMT,
): Promise<readonly Diagnostic[]> {
  const foreign = builders.filter(({ arch }) => !isNative(arch, machineArch));
  if (foreign.length === 0) return [];
  const entries = await readEntries(folder);
  return foreign.flatMap(({ name, arch, host }) => {
    const problem = problemOf(entries, arch);
    return [
      ...(problem === undefined ? [] : [noEmulator(name, arch, problem)]),
      ...(host === undefined ? [nativeDurations(name, arch, machineArch)] : []),
      ...(host === undefined || host === machineArch ? [] : [otherHost(name, host, machineArch)]),
    ];
  });
}

function problemOf(entries: readonly BinfmtEntry[] | undefined, arch: string): EmulatorProblem | undefined {
  if (entries === undefined) return 'unmounted';
  const own = entries.filter((entry) => isForArch(entry, arch));
  if (own.length === 0) return 'missing';
  const enabled = own.filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0) return 'disabled';
  return enabled.some(({ isFixed }) => isFixed) ? undefined : 'unfixed';
}

/** @returns undefined: the file system isn't mounted */
async function readEntries(folder: string): Promise<readonly BinfmtEntry[] | undefined> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  if (!names.includes('register')) return undefined;
  const entries = names.filter((name) => name !== 'register' && name !== 'status');
  return Promise.all(entries.map(async (name) => parseBinfmt(await readFile(join(folder, name), 'utf8'))));
}
