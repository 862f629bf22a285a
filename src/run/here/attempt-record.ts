import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../io/system-error.ts';
import { writeFileAtomically } from '../../io/write-output.ts';
import { thisBoot } from '../this-boot.ts';
import type { WorkFolder } from '../work-folder.ts';
import { placeFolder } from './build-place.ts';
import { parseAttemptRecord, type AttemptRecord } from './attempt-record-schema.ts';

const NAME = 'attempt.json';

/** Resolves when it is on the disk. @throws UserError when it can't be written */
export function writeAttemptRecord(folder: string, record: AttemptRecord): Promise<void> {
  return writeFileAtomically(join(folder, NAME), `${JSON.stringify(record)}\n`);
}

/**
 * What is on the disk holds only as far as it is about this place and time: a work folder may have been copied, the machine started
 * again, and other groups have got the same names.
 * @returns undefined: nothing was begun there
 */
export async function readAttemptRecord(
  work: WorkFolder,
  folder: string,
): Promise<AttemptRecord | undefined> {
  const record = await parsedRecord(folder);
  if (record === undefined) return undefined;
  const { bootId } = await thisBoot();
  const { kind, path } = record.place;
  return {
    ...record,
    place: { kind, path: kind === 'shared' ? path : placeFolder(work, folder, kind) },
    group: record.bootId === bootId ? record.group : { rooms: [] },
  };
}

/** Its record is of no more use: what is still in its place stays. */
export function forgetAttemptRecord(folder: string): Promise<void> {
  return rm(join(folder, NAME), { force: true });
}

async function parsedRecord(folder: string): Promise<AttemptRecord | undefined> {
  try {
    return parseAttemptRecord(await readFile(join(folder, NAME), 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
