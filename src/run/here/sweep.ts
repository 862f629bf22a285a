import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../../base/diagnostic.ts';
import { systemCode } from '../../io/system-error.ts';
import { OwnGroup } from '../../measure/command-group.ts';
import { isAlive, readClaim, takeClaim } from '../shim.ts';
import type { WorkFolder } from '../work-folder.ts';
import { readAttemptRecord } from './attempt-record.ts';
import type { AttemptRecord } from './attempt-record-schema.ts';
import { removePlace } from './build-place.ts';
import { leftProcesses } from './diagnostics.ts';
import { AttemptProcesses } from './end-processes.ts';

/**
 * Removes what attempts of dead runs have left on the machine. What they have written into their folders stays, for who goes on
 * with them. Only the one run that holds the folder's lock may do so.
 */
export async function sweepWorkFolder(work: WorkFolder, report: Report): Promise<void> {
  const { attempts, ramDisks } = work;
  const alive = new Set<string>();
  for (const name of await namesIn(attempts)) {
    const folder = join(attempts, name);
    const record = await readAttemptRecord(work, folder);
    if (record === undefined) continue;
    if (await isRunning(folder)) alive.add(name);
    else await sweepAttempt(folder, record, report);
  }
  for (const name of await namesIn(ramDisks)) {
    if (!alive.has(name)) await removePlace({ kind: 'mount', path: join(ramDisks, name) }, report);
  }
}

/** An attempt that was written down, and has not begun, is kept from it: what it would build in is taken away. */
async function isRunning(folder: string): Promise<boolean> {
  if (await takeClaim(folder)) return false;
  const claim = await readClaim(folder);
  return claim !== undefined && (await isAlive(claim)) !== 'dead';
}

async function sweepAttempt(folder: string, record: AttemptRecord, report: Report): Promise<void> {
  const group = new OwnGroup(record.group);
  const isClean = await new AttemptProcesses(group, join(folder, 'out')).end();
  if (!isClean) report(leftProcesses(basename(folder)));
  await removePlace(record.place, report);
  await group.remove();
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
