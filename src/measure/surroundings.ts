import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
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
