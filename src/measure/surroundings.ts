import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { ramDiskUsage } from './world.ts';

/** What this machine calls itself. */
export function hostName(): string {
  return hostname();
}

/** A text file; undefined when it can't be read. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // what it would tell is a convenience: a .dsc by its address, a folder without debian/control
  }
}

/** What is to be measured: on a RAM disk, elsewhere, or not there. */
export function lookAtPlace(path: string): 'ram' | 'disk' | 'no folder' {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return 'no folder';
  return ramDiskUsage(path) === undefined ? 'disk' : 'ram';
}

/** Whether the working directory lies in a folder. */
export function isWorkingBelow(path: string): boolean {
  const way = relative(realpathSync(path), process.cwd());
  return way !== '..' && !way.startsWith('../');
}

/** Logs of builds in a folder: names that end in `.build`, links to them left out. */
export function buildLogsIn(folder: string): readonly string[] {
  const isFile = (name: string): boolean =>
    lstatSync(join(folder, name), { throwIfNoEntry: false })?.isFile() === true;
  return readdirSync(folder).filter((name) => name.endsWith('.build') && isFile(name));
}
