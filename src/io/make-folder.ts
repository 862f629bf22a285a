import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemCode } from './system-error.ts';

/**
 * Makes a folder, and those above it that are missing. Node's own recursion never ends below `/proc`, where the kernel says
 * of a new folder that it isn't there.
 * @param made gets those that were made, outer ones first, also where a further one can't be
 */
export async function makeFolder(path: string, made: string[] = []): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await isThere(folder)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) {
    try {
      await mkdir(folder);
      made.push(folder);
    } catch (error) {
      // another program was faster
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
