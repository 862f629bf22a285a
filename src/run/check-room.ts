import { statfs } from 'node:fs/promises';
import { UserError } from '../base/diagnostic.ts';
import { fullWorkFolder, type Room } from './diagnostics.ts';
import type { WorkFolder } from './work-folder.ts';

/** With less than this no build is begun: its log, the journal and what it builds must find a place. */
const LEAST: Room = { bytes: 64 * 2 ** 20, files: 64 };

/** Looks whether a build could write into a work folder. @throws UserError when none could */
export async function checkRoom({ root }: Pick<WorkFolder, 'root'>): Promise<void> {
  const { bavail, bsize, files, ffree } = await statfs(root);
  const room = { bytes: bavail * bsize, files: files === 0 ? Infinity : ffree };
  if (room.bytes < LEAST.bytes || room.files < LEAST.files)
    throw new UserError([fullWorkFolder(root, room, LEAST)]);
}
